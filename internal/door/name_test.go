package door

import (
	"strings"
	"testing"
)

func TestNamesAreFitToBeShown(t *testing.T) {
	for typed, want := range map[string]string{
		"  Grace \n\t Hopper ":            "Grace Hopper",
		"Zoë <b>":                         "Zoë <b>",
		"محمد":                            "محمد",
		"👩‍🚀 Ada":                         "👩‍🚀 Ada",
		"\u202eadA\u202c":                 "adA",
		"a\u0301\u0301\u0301\u0301\u0301": "a\u0301\u0301\u0301",
		"\x00\x1b[31mred":                 "[31mred",
		"\u0301\u0301":                    "",
		"\u200b \u200e":                   "",
		"\u200d\u200c":                    "",
		"\xff\xfe":                        "",
		strings.Repeat("x", 100):          strings.Repeat("x", maxName),
		strings.Repeat("é ", 100):         strings.TrimSpace(strings.Repeat("é ", maxName/2)),
	} {
		if got := cleanName(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
		if again := cleanName(want); again != want {
			t.Errorf("%q changes again to %q", want, again)
		}
	}
}
