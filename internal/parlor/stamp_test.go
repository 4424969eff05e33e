package parlor

import "testing"

func TestStampComesBack(t *testing.T) {
	want := Stamp{Number: "23456789012", Kind: InRoom, Trigger: ByGuests, Hash: "0a1b2c3d4e5f"}
	if got := want.String(); got != "v1 n=23456789012 k=pmi t=with_guests h=0a1b2c3d4e5f" {
		t.Errorf("written as %q", got)
	}
	if got, ok := ParseStamp(want.String()); !ok || got != want {
		t.Errorf("read back %+v, %t", got, ok)
	}
}

func TestParseStamp(t *testing.T) {
	tests := map[string]Stamp{
		"v1 n=23456789012":                          {Number: "23456789012"},
		"  v1  x=1 n=23456789012 k=one_time new ":   {Number: "23456789012", Kind: OneTime},
		"v2 h=ab=cd t=asked z= n=23456789012 k=pmi": {Number: "23456789012", Kind: InRoom, Trigger: ByPerson, Hash: "ab=cd"},
		"":                   {},
		"v1":                 {},
		"v1 k=pmi":           {},
		"n=23456789012":      {},
		"hello n=2345678901": {},
	}
	for raw, want := range tests {
		got, ok := ParseStamp(raw)
		if ok != (want.Number != "") || (ok && got != want) {
			t.Errorf("ParseStamp(%q) = %+v, %t, want %+v", raw, got, ok, want)
		}
	}
}
