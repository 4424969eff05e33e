package caldav_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"parlor/internal/fake/davtest"
	"parlor/internal/parlor"
	"parlor/internal/parlor/parlortest"
)

func TestCalendarPort(t *testing.T) {
	for _, kind := range davtest.Kinds {
		t.Run(string(kind), func(t *testing.T) {
			srv := davtest.Start(t, kind)
			h := parlortest.Harness{World: func(t *testing.T) parlortest.World { return world(t, srv) }}
			if kind == davtest.Xandikos {
				h.Canonical = backslashed
			}
			parlortest.RunCalendar(t, h)
		})
	}
}

// backslashed is what Debian's Xandikos makes of a text: its library reads a backslash before an n as a new line.
func backslashed(body string, _ parlor.Format) string { return strings.ReplaceAll(body, `\n`, "\n") }

const pageSize = 3

// world is a server on which Ada has one empty calendar.
func world(t *testing.T, srv *davtest.Server) parlortest.World {
	srv.Clear(t)
	h := hand{srv, srv.Calendar(t, "Calendar", zone)}
	port := connected(t, srv.URL, config())
	return parlortest.World{
		Port: port, Calendar: parlor.CalendarID(h.path), Guest: bob, PageSize: pageSize,
		Add: h.add, AddInvited: h.addInvited, Edit: h.edit, EditOccurrence: h.editOccurrence,
		Delete: h.remove, DeleteOccurrence: h.removeOccurrence, Read: h.read,
		ExpireCursors: srv.ExpireTokens,
		Throttle: func(after time.Duration) {
			srv.Misbehave(davtest.Fault{Status: http.StatusTooManyRequests, Wait: after})
		},
		Break: func(page int) {
			srv.Misbehave(davtest.Fault{Body: "multiget", After: page - 1, Status: http.StatusServiceUnavailable})
		},
		Cut:    func(page int) { srv.Misbehave(davtest.Fault{Body: "multiget", After: page - 1}) },
		Outage: func() { srv.Misbehave(davtest.Fault{Status: http.StatusInternalServerError}) },
		Revoke: srv.Revoke,
	}
}
