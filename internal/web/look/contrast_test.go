package look

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var property = regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{3,6});`)

// TestContrast holds the colours to WCAG 2.2, success criteria 1.4.3 (text, 4.5 to 1) and 1.4.11 (controls, 3 to 1).
func TestContrast(t *testing.T) {
	sheet, err := files.ReadFile("style/base.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, _ := strings.Cut(string(sheet), "prefers-color-scheme: dark")
	for scheme, text := range map[string]string{"light": light, "dark": dark} {
		colour := map[string]string{}
		for _, m := range property.FindAllStringSubmatch(text, -1) {
			colour[m[1]] = m[2]
		}
		for _, pair := range []struct {
			front, back string
			least       float64
		}{
			{"ink", "paper", 4.5},
			{"ink", "card", 4.5},
			{"ink", "tint", 4.5},
			{"ink", "warn-tint", 4.5},
			{"ink", "bad-tint", 4.5},
			{"quiet", "paper", 4.5},
			{"quiet", "card", 4.5},
			{"accent", "paper", 4.5},
			{"accent", "card", 4.5},
			{"accent", "tint", 4.5},
			{"accent", "warn-tint", 4.5},
			{"accent", "bad-tint", 4.5},
			{"on-accent", "accent", 4.5},
			{"on-accent", "accent-deep", 4.5},
			{"warn", "warn-tint", 4.5},
			{"bad", "paper", 4.5},
			{"bad", "card", 4.5},
			{"edge", "paper", 3},
			{"edge", "card", 3},
		} {
			if got := contrast(t, colour[pair.front], colour[pair.back]); got < pair.least {
				t.Errorf("%s: %s on %s is %.2f, at least %.1f", scheme, pair.front, pair.back, got, pair.least)
			}
		}
	}
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	if len(hex) == 3 {
		hex = hex[:1] + hex[:1] + hex[1:2] + hex[1:2] + hex[2:] + hex[2:]
	}
	rgb, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	linear := func(shift uint) float64 {
		v := float64(rgb>>shift&0xff) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(16) + 0.7152*linear(8) + 0.0722*linear(0)
}
