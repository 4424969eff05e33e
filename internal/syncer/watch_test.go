package syncer_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/syncer"
)

func (r *rig) watch() (calls []string, missed bool) {
	r.t.Helper()
	r.book.calls = nil
	missed, err := r.Watch(r.t.Context(), r.acct, work)
	r.must(err)
	return r.book.calls, missed
}

func TestAnEndingChannelIsReplaced(t *testing.T) {
	r := newRig(t)
	if calls, missed := r.watch(); !slices.Equal(calls, []string{"watch"}) || !missed {
		t.Fatalf("the first: %v, %t", calls, missed)
	}
	if calls, missed := r.watch(); calls != nil || missed {
		t.Errorf("while it lives: %v, %t", calls, missed)
	}
	first := r.state().Watch.ID
	r.must(r.st.EndWatch(t.Context(), r.acct, work, first))
	if !syncer.WatchDue(r.state(), r.clock.Now()) {
		t.Error("not due after the service ended it")
	}
	if calls, missed := r.watch(); !slices.Equal(calls, []string{"watch", "unwatch " + first}) || !missed {
		t.Errorf("ended: %v, %t; want the new one before the old one is stopped, and a pass", calls, missed)
	}
	if second := r.state().Watch.ID; second == first || syncer.WatchDue(r.state(), r.clock.Now()) {
		t.Errorf("still due, with %s", second)
	}
	r.must(r.st.EndWatch(t.Context(), r.acct, work, first)) // a late word about the old one
	if calls, _ := r.watch(); calls != nil {
		t.Errorf("the new one was replaced for the old one's end: %v", calls)
	}
	r.clock.Pass(8 * 24 * time.Hour)
	if _, missed := r.watch(); !missed {
		t.Error("what changed after a channel ran out brought no push, and no pass is asked for")
	}
}

func TestALongPauseIsKept(t *testing.T) {
	r := newRig(t)
	r.book.fail = &parlor.ThrottledError{After: 45 * time.Minute, Reason: "MailboxConcurrency"}
	_, err := r.Run(t.Context(), r.acct, work)
	if throttled, ok := errors.AsType[*parlor.ThrottledError](err); !ok || throttled.After != 45*time.Minute {
		t.Fatalf("%v", err)
	}
	if got := r.state().NextTry; !got.Equal(monday.Add(45 * time.Minute)) {
		t.Errorf("next try at %s", got)
	}
	r.book.fail = nil
	r.clock.Pass(44 * time.Minute)
	_, err = r.Run(t.Context(), r.acct, work)
	if throttled, ok := errors.AsType[*parlor.ThrottledError](err); !ok || throttled.After != time.Minute {
		t.Errorf("a minute before: %v", err)
	}
	r.clock.Pass(time.Minute)
	r.pass()
}
