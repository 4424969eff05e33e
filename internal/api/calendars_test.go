package api

import (
	"testing"

	"github.com/redis/go-redis/v9"

	"parlor/internal/desk"
	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

func newMini(t *testing.T) redis.UniversalClient {
	t.Helper()
	rdb, _ := storetest.Mini(t)
	return rdb
}

func TestCalendarsAreSentBackAsTheyCame(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		var states []store.CalendarState
		for _, id := range []parlor.CalendarID{"ada@example.com", "team"} {
			info := parlor.CalendarInfo{ID: id, Name: string(id), Primary: id != "team", Writable: true}
			states = append(states, store.CalendarState{Info: info, Service: parlor.KindGoogle, On: id != "team"})
		}
		if err := h.st.SaveCalendars(t.Context(), h.acct, states); err != nil {
			t.Fatal(err)
		}
		type list struct{ Calendars []desk.CalendarView }
		got := h.call("GET", "/v1/calendars", "", h.as())
		before := decode[list](t, got, 200)
		same(t, h.call("PUT", "/v1/calendars", got.Body.String(), h.as()).Code, 200)
		same(t, len(h.nudged), 0)

		after := decode[list](t, h.call("PUT", "/v1/calendars", `{"calendars":[{"id":"team","on":true}]}`, h.as()), 200)
		before.Calendars[1].On, before.Calendars[1].State = true, after.Calendars[1].State
		same(t, after, before)
		same(t, h.nudged, []parlor.CalendarID{"team"})

		p := aProblem(t, h.call("PUT", "/v1/calendars", `{"calendars":[{"id":"team","on":false},{"id":"x","on":true}]}`, h.as()), 422)
		same(t, p.Errors[0].Location, "body.calendars[1].id")
		p = aProblem(t, h.call("PUT", "/v1/calendars", `{"calendars":[{"id":"team"}]}`, h.as()), 422)
		same(t, p.Errors[0].Location, "body.calendars[0]")
		same(t, decode[list](t, h.call("GET", "/v1/calendars", "", h.as()), 200), after)
	})
}
