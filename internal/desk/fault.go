package desk

import (
	"fmt"
	"strings"

	"parlor/internal/parlor"
)

// Faults is everything that is wrong with a request, each with the field it is about.
type Faults []parlor.FieldError

// Error lists the faults.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.Error()
	}
	return strings.Join(lines, "; ")
}

// orNil keeps an empty list from becoming an error that is not nil.
func (f Faults) orNil() error {
	if len(f) == 0 {
		return nil
	}
	return f
}

func (f *Faults) check(ok bool, field string, value any, message string) {
	if !ok {
		*f = append(*f, parlor.FieldError{Field: field, Message: message, Value: value})
	}
}

// LockedError says that the administrator holds a setting.
type LockedError struct {
	Field  string // JSON path: "guard.overlap"
	Reason string // in the administrator's words
}

// Error names the setting and the reason.
func (e *LockedError) Error() string { return fmt.Sprintf("%s is locked: %s", e.Field, e.Reason) }
