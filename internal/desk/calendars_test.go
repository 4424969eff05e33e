package desk

import (
	"errors"
	"testing"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// shelve stores calendars of the person; the first one is primary and on.
func (p *person) shelve(t *testing.T, ids ...parlor.CalendarID) error {
	t.Helper()
	states := make([]store.CalendarState, len(ids))
	for i, id := range ids {
		states[i] = store.CalendarState{
			Info:    parlor.CalendarInfo{ID: id, Name: string(id), Primary: i == 0, Writable: true},
			Service: parlor.KindGoogle, On: i == 0,
		}
	}
	return p.st.SaveCalendars(t.Context(), p.acct, states)
}

func TestCalendarsAndTheirStates(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		must(t, p.shelve(t, "ada@example.com", "team"))
		same(t, p.states(t), map[parlor.CalendarID]CalendarState{"ada@example.com": CalendarSyncing, "team": CalendarOff})

		must(t, p.SwitchCalendar(t.Context(), p.acct, "team", true))
		must(t, p.SwitchCalendar(t.Context(), p.acct, "ada@example.com", false))
		same(t, p.states(t), map[parlor.CalendarID]CalendarState{"ada@example.com": CalendarOff, "team": CalendarSyncing})
		same(t, p.asked, []string{"nudge team", "unwatch ada@example.com"})

		must(t, p.st.SetConnectionState(t.Context(), p.acct, parlor.KindGoogle, parlor.ReconnectNeeded))
		same(t, p.states(t), map[parlor.CalendarID]CalendarState{"ada@example.com": CalendarOff, "team": CalendarReconnect})

		err := p.SwitchCalendar(t.Context(), p.acct, "nobody's", true)
		same(t, errors.Is(err, parlor.ErrNotFound), true)
	})
}

func (p *person) states(t *testing.T) map[parlor.CalendarID]CalendarState {
	t.Helper()
	views, err := p.Calendars(t.Context(), p.acct)
	must(t, err)
	states := map[parlor.CalendarID]CalendarState{}
	for _, v := range views {
		states[v.ID] = v.State
	}
	return states
}

func TestSomebodyElsesCalendarStaysOff(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		shared := store.CalendarState{Info: parlor.CalendarInfo{ID: "boss", Name: "The boss"}, Service: parlor.KindGoogle}
		must(t, p.st.SaveCalendars(t.Context(), p.acct, []store.CalendarState{shared}))
		var faults Faults
		if err := p.SwitchCalendar(t.Context(), p.acct, "boss", true); !errors.As(err, &faults) || faults[0].Field != "calendars" {
			t.Errorf("switching on a calendar we may not write to: %v, want a fault of calendars", err)
		}
		same(t, p.states(t), map[parlor.CalendarID]CalendarState{"boss": CalendarOff})
	})
}

func TestNothingIsScheduledIntoACalendarThatIsOff(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		must(t, p.shelve(t, "ada@example.com", "team"))
		_, _, err := p.target(t.Context(), p.acct, "team")
		var faults Faults
		if !errors.As(err, &faults) || faults[0].Field != "calendar" {
			t.Errorf("got %v, want a fault of calendar", err)
		}
	})
}
