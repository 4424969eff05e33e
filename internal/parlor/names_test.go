package parlor

import (
	"errors"
	"strings"
	"testing"
)

func TestValidatePasscode(t *testing.T) {
	tests := map[string]bool{
		"abcz": true, "aB3@_*-xyz": true, "481516": true, "1357924": true,
		"": false, "abc": false, "abcdefghijk": false, "ab cd": false, "abc!": false, "äbcd": false, "abcz\n": false,
		"4815": false, "00000000": false, "aaaa": false, "abab": false, "123456": false, "fedc": false, "7654321": false,
		"password": false, "Passw0rd": false, "QWERTY": false, "123123": false, "passwords": true,
	}
	for passcode, want := range tests {
		err := ValidatePasscode(passcode)
		if (err == nil) != want {
			t.Errorf("ValidatePasscode(%q) = %v, want accepted: %t", passcode, err, want)
		}
		var fault FieldError
		if errors.As(err, &fault) && fault.Value != nil {
			t.Errorf("the error of %q carries the passcode", passcode)
		}
	}
}

func TestValidatePersonalLink(t *testing.T) {
	tests := map[string]bool{
		"lovelace": true, "ada.l": true, "ada-l": true, "ada.lovelace-1815": true, strings.Repeat("a", 40): true,
		"": false, "ada4": false, strings.Repeat("a", 41): false, "1adal": false, ".adal": false, "adal.": false, "ada..l": false,
		"Ada.Lovelace": false, "ada_l": false, "ada l": false, "ädaaa": false, "аdalo": false, "adalo\n": false,
		"admin": false, "adm1n": false, "ad-min": false, "adrnin": false, "supp0rt": false, "meetings": false, "parlor": false,
	}
	for name, want := range tests {
		if err := ValidatePersonalLink(name); (err == nil) != want {
			t.Errorf("ValidatePersonalLink(%q) = %v, want accepted: %t", name, err, want)
		}
	}
}

func TestLikeness(t *testing.T) {
	for _, alike := range [][2]string{
		{"ada.lovelace", "ada-lovelace"},
		{"adalovelace", "ada.Lovelace"},
		{"morris", "rnorris"},
		{"willow", "vvillow"},
		{"bo0le", "boole"},
		{"pau1a", "paula"},
		{"paula", "pauia"},
	} {
		if Likeness(alike[0]) != Likeness(alike[1]) {
			t.Errorf("%q and %q can be mistaken for one another", alike[0], alike[1])
		}
	}
	if Likeness("ada.lovelace") == Likeness("ada.byron") {
		t.Error("everybody is alike")
	}
}
