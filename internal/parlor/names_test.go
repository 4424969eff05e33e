package parlor

import (
	"errors"
	"strings"
	"testing"
)

func TestValidatePasscode(t *testing.T) {
	tests := map[string]bool{
		"abcd": true, "aB3@_*-xyz": true, "0000": true,
		"": false, "abc": false, "abcdefghijk": false, "ab cd": false, "abc!": false, "äbcd": false, "abcd\n": false,
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
		"lovelace": true, "ada.l": true, "Ada.Lovelace1815": true, strings.Repeat("a", 40): true,
		"": false, "ada4": false, strings.Repeat("a", 41): false, "1adal": false, ".adal": false, "ada-l": false,
		"ada l": false, "ädaaa": false, "adalo\n": false,
	}
	for name, want := range tests {
		if err := ValidatePersonalLink(name); (err == nil) != want {
			t.Errorf("ValidatePersonalLink(%q) = %v, want accepted: %t", name, err, want)
		}
	}
}
