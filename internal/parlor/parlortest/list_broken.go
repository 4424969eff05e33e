package parlortest

import (
	"errors"
	"testing"

	"parlor/internal/parlor"
)

var breakCases = []calendarCase{
	{"partial list: the first page fails", breaks(1, World.failAt)},
	{"partial list: a later page fails", breaks(2, World.failAt)},
	{"partial list: the first page is cut off", breaks(1, World.cutAt)},
	{"partial list: a later page is cut off", breaks(2, World.cutAt)},
}

func (w World) failAt(page int) { w.Break(page) }
func (w World) cutAt(page int)  { w.Cut(page) }

// breaks: a list that ends early is an error without a cursor, in the full and in the incremental list, and the next
// one is whole again.
func breaks(page int, how func(World, int)) func(*testing.T, hands) {
	return func(t *testing.T, w hands) {
		_, empty := w.list(t, "")
		want := w.fill(t, 2*w.PageSize+1)
		for _, since := range []parlor.Cursor{"", empty} {
			how(w.World, page)
			if err := w.refused(t, since); errors.Is(err, parlor.ErrNotFound) || errors.Is(err, parlor.ErrCursorGone) {
				t.Errorf("a broken list says %v", err)
			}
			got, _ := w.list(t, since)
			check(t, "number of events afterwards", len(got), len(want))
		}
	}
}
