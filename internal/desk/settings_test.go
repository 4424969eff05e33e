package desk

import (
	"context"
	"errors"
	"testing"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

func TestSaveSettingsAsksForAPassOnlyWhenEventsChange(t *testing.T) {
	cases := []struct {
		name   string
		before func(*parlor.Settings)
		change func(*parlor.Settings)
		asked  bool
	}{
		{"nothing", nil, func(*parlor.Settings) {}, false},
		{"PMI on", nil, func(s *parlor.Settings) { s.UsePMIForScheduled = true }, false},
		{"wider", nil, func(s *parlor.Settings) { s.AutoAdd = parlor.AddAlways }, true},
		{"to never", nil, func(s *parlor.Settings) { s.AutoAdd = parlor.AddNever }, false},
		{"keyword", nil, func(s *parlor.Settings) { s.Keyword = "#room" }, true},
		{"language", nil, func(s *parlor.Settings) { s.Language = "de" }, true},
		{"embed", nil, func(s *parlor.Settings) { s.EmbedPasscode = false }, true},
		{"location", nil, func(s *parlor.Settings) { s.PutLinkInLocation = false }, true},
		{"waiting room", nil, func(s *parlor.Settings) { s.WaitingRoom = false }, false},
		{"unfamiliar guests", nil, func(s *parlor.Settings) { s.Guard.Unfamiliar = parlor.GuardAllow }, true},
		{"pause", nil, func(s *parlor.Settings) { s.Paused, s.Language = true, "de" }, false},
		{"go on", func(s *parlor.Settings) { s.Paused = true }, func(s *parlor.Settings) { s.Paused = false }, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, p *person) {
				if c.before != nil {
					p.set(t, c.before)
				}
				p.asked = nil
				p.set(t, c.change)
				same(t, len(p.asked) > 0, c.asked)
			})
		})
	}
}

func TestSaveSettingsStaleAndInvalid(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		_, old, err := p.Settings(t.Context(), p.acct)
		must(t, err)
		p.set(t, func(s *parlor.Settings) { s.Language = "de" })
		_, _, err = p.SaveSettings(t.Context(), p.acct, old, func(*parlor.Settings) error { return nil })
		same(t, errors.Is(err, parlor.ErrStale), true)

		_, etag, err := p.Settings(t.Context(), p.acct)
		must(t, err)
		_, _, err = p.SaveSettings(t.Context(), p.acct, etag, func(s *parlor.Settings) error {
			s.Keyword, s.Guard.BufferMinutes = "", -1
			return nil
		})
		faults, _ := errors.AsType[Faults](err)
		var fields []string
		for _, f := range faults {
			fields = append(fields, f.Field)
		}
		same(t, fields, []string{"keyword", "guard.buffer_minutes"})
	})
}

func TestLockedChange(t *testing.T) {
	before := parlor.DefaultSettings()
	before.Locked = map[string]string{"guard.overlap": "policy", "paused": "never pause"}
	free := before
	free.Guard.BufferMinutes, free.Language = 9, "de"
	same(t, lockedChange(before, free), error(nil))
	for field, change := range map[string]func(*parlor.Settings){
		"guard.overlap": func(s *parlor.Settings) { s.Guard.Overlap = parlor.GuardAllow },
		"paused":        func(s *parlor.Settings) { s.Paused = true },
	} {
		after := before
		change(&after)
		locked, ok := errors.AsType[*LockedError](lockedChange(before, after))
		if !ok || locked.Field != field || locked.Reason != before.Locked[field] {
			t.Errorf("%s: %+v", field, locked)
		}
	}
}

func TestAFullPassIsOwedEvenIfWeDieAfterSaving(t *testing.T) {
	p := newPerson(t, storetest.Redis(t))
	list := []store.CalendarState{{Info: parlor.CalendarInfo{ID: primary}, Service: parlor.KindGoogle, On: true}}
	must(t, p.st.SaveCalendars(t.Context(), p.acct, list))
	p.Desk.sync.Resync = func(context.Context, parlor.AccountID) error { return store.ErrUnavailable }
	_, etag, err := p.Settings(t.Context(), p.acct)
	must(t, err)
	_, _, err = p.SaveSettings(t.Context(), p.acct, etag, func(s *parlor.Settings) error {
		s.Language = "de"
		return nil
	})
	if !errors.Is(err, store.ErrUnavailable) {
		t.Fatalf("saved with %v", err)
	}
	if c, err := p.st.Calendar(t.Context(), p.acct, primary); err != nil || c.Resync == c.Resynced {
		t.Errorf("the settings are saved and no full pass is owed (%d of %d), %v", c.Resynced, c.Resync, err)
	}
}
