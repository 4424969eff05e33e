package desk

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"time"

	"parlor/internal/parlor"
)

// mark is the last meeting of a page: the next one begins after it.
type mark struct {
	start  time.Time
	number string
}

func (m mark) String() string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d %s", m.start.UnixNano(), m.number))
}

func readMark(cursor string) (mark, error) {
	if cursor == "" {
		return mark{}, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return mark{}, badCursor(cursor)
	}
	var m mark
	var nanos int64
	if n, err := fmt.Sscanf(string(raw), "%d %s", &nanos, &m.number); n != 2 || err != nil {
		return mark{}, badCursor(cursor)
	}
	m.start = time.Unix(0, nanos)
	return m, nil
}

func badCursor(cursor string) error {
	return Faults{parlor.FieldError{Field: "cursor", Message: "must be the next of an earlier page", Value: cursor}}
}

// soonest is the order of what is coming, newest that of what was.
func soonest(a, b MeetingView) int {
	return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.Number, b.Number))
}

func newest(a, b MeetingView) int { return soonest(b, a) }

// cut takes the page that follows the mark out of sorted views.
func cut(views []MeetingView, after mark, order func(a, b MeetingView) int) (page []MeetingView, next string) {
	if after.number != "" {
		views = beyond(views, after, order)
	}
	if len(views) <= MeetingsPage {
		return views, ""
	}
	last := views[MeetingsPage-1]
	return views[:MeetingsPage], mark{last.Start, last.Number}.String()
}

func beyond(views []MeetingView, after mark, order func(a, b MeetingView) int) []MeetingView {
	last := MeetingView{Start: after.start, Number: after.number}
	for i, v := range views {
		if order(v, last) > 0 {
			return views[i:]
		}
	}
	return nil
}
