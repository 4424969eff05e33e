package parlor

import (
	"errors"
	"testing"
)

func TestValidatePMI(t *testing.T) {
	tests := []struct {
		rule   int // index in pmiRules, -1: accepted
		digits []string
	}{
		{-1, []string{"2345678901", "9182736450", "2474748124", "2222122120", "2222333345", "8012345670", "2011113222"}},
		{0, []string{"", "234567890", "23456789012", "23456789a1", " 234567890", "２３４５６７８９０１"}},
		{1, []string{"0345678902", "1345678902"}},
		{2, []string{"8003456781", "4003456781", "5083456781", "7003456781", "8503456781"}},
		{3, []string{"2472472471", "9247247247", "2222222221"}},
		{4, []string{"2224447771", "9222444777", "3331119996"}},
		{5, []string{"2223222242", "2292222222"}},
		{6, []string{"2333334567", "9876111112"}},
		{7, []string{"2123456789", "9876543210", "9876543218", "2012345678", "4987654321"}},
	}
	for _, tt := range tests {
		for _, digits := range tt.digits {
			var fault FieldError
			err := ValidatePMI(digits)
			switch {
			case tt.rule < 0 && err != nil:
				t.Errorf("ValidatePMI(%q) = %v, want it accepted", digits, err)
			case tt.rule >= 0 && (!errors.As(err, &fault) || fault.Message != pmiRules[tt.rule].name):
				t.Errorf("ValidatePMI(%q) = %v, want %q", digits, err, pmiRules[tt.rule].name)
			}
		}
	}
}

func TestEveryTollFreePrefixIsRefused(t *testing.T) {
	for _, prefix := range tollFree {
		if ValidatePMI(prefix+"4938271") == nil {
			t.Errorf("a PMI may start with %s", prefix)
		}
	}
	if len(tollFree) != 21 {
		t.Errorf("%d prefixes, the documentation names 21", len(tollFree))
	}
}
