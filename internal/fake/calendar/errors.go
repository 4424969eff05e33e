package calendar

import (
	"errors"
	"fmt"
)

// What a write or a read may fail with; the fakes turn them into their services' own errors.
var (
	ErrNotFound     = errors.New("no such calendar or event")
	ErrDeleted      = errors.New("event was deleted")
	ErrDuplicate    = errors.New("event id is taken")
	ErrStale        = errors.New("event changed since it was read")
	ErrNotOrganizer = errors.New("shared fields belong to the organiser")
	ErrEmptyRange   = errors.New("event ends before it starts")
)

// InvalidError is a field that no calendar would accept.
type InvalidError struct {
	Field string // such as "start.timeZone"
	Why   string // in the service's words
}

// Error names the field and the reason.
func (e *InvalidError) Error() string { return fmt.Sprintf("field %s: %s", e.Field, e.Why) }
