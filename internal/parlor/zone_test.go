package parlor

import (
	"testing"
	"time"
)

func TestZone(t *testing.T) {
	for name, want := range map[string]string{
		"Pacific Standard Time":          "America/Los_Angeles",
		"W. Europe Standard Time":        "Europe/Berlin",
		"Greenwich Standard Time":        "Atlantic/Reykjavik",
		"GMT Standard Time":              "Europe/London",
		" Tokyo Standard Time ":          "Asia/Tokyo",
		"UTC":                            "UTC",
		"utc":                            "UTC",
		"tzone://Microsoft/Utc":          "UTC",
		"Etc/UTC":                        "UTC",
		"Africa/Nairobi":                 "Africa/Nairobi",
		"America/Argentina/Buenos_Aires": "America/Argentina/Buenos_Aires",
		"UTC+12":                         "Etc/GMT-12",
		"tzone://Microsoft/Custom":       "",
		"Customized Time Zone":           "",
		"Pacific Standard Tim":           "",
		"":                               "",
		"Local":                          "",
		"localtime":                      "",
		"../etc/passwd":                  "",
		"Europe/../Europe/Paris":         "",
	} {
		if got, ok := Zone(name); got != want || ok != (want != "") {
			t.Errorf("%q is %q, %t, want %q", name, got, ok, want)
		}
	}
}

func TestEveryWindowsZoneIsKnownHere(t *testing.T) {
	if len(windowsZones) < 130 {
		t.Fatalf("only %d zones", len(windowsZones))
	}
	for name, iana := range windowsZones {
		if _, err := time.LoadLocation(iana); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
