package parlor

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"testing"
	"testing/iotest"
)

func TestDrawsAreValidAndDiffer(t *testing.T) {
	draws := []struct {
		name  string
		draw  func(io.Reader) (string, error)
		valid func(string) bool
	}{
		{"PMI", DrawPMI, func(s string) bool { return ValidatePMI(s) == nil }},
		{"number", DrawNumber, func(s string) bool { return len(s) == 11 && onlyDigits(s) && s[0] != '0' }},
		{"passcode", DrawPasscode, func(s string) bool { return len(s) == 8 && ValidatePasscode(s) == nil }},
	}
	for _, d := range draws {
		seen := map[string]bool{}
		for range 2000 {
			got, err := d.draw(rand.Reader)
			if err != nil || !d.valid(got) || seen[got] {
				t.Fatalf("%s: drew %q, %v (seen before: %t)", d.name, got, err, seen[got])
			}
			seen[got] = true
		}
	}
}

func TestDrawReportsABrokenSource(t *testing.T) {
	broken := iotest.ErrReader(io.ErrUnexpectedEOF)
	for _, draw := range []func(io.Reader) (string, error){DrawPMI, DrawNumber, DrawPasscode} {
		if got, err := draw(broken); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("drew %q, %v of a broken source", got, err)
		}
	}
	if got, err := DrawPMI(bytes.NewReader(make([]byte, 1<<20))); err == nil {
		t.Errorf("drew %q of nothing but zeros, which gives only 2000000000", got)
	}
}

func TestDrawPMIThrowsInvalidOnesAway(t *testing.T) {
	source := io.MultiReader(bytes.NewReader(make([]byte, 50)), rand.Reader) // ten times 2000000000
	got, err := DrawPMI(source)
	if err != nil || ValidatePMI(got) != nil {
		t.Errorf("drew %q, %v", got, err)
	}
}
