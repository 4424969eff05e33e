package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

type calendarsOutput struct {
	Body struct {
		Calendars   []desk.CalendarView `json:"calendars" nullable:"false"`
		Connections []connectionView    `json:"connections" nullable:"false" doc:"The services that the calendars come from, also one of which none could be read"`
	} `nameHint:"Calendars"`
}

// connectionView says whether a service's calendars can be read at all.
type connectionView struct {
	Service parlor.Kind            `json:"service"`
	Email   string                 `json:"email"`
	State   parlor.ConnectionState `json:"state" enum:"ok,reconnect,scope,unsupported"`
	Error   string                 `json:"error" doc:"In words, empty when all is well"`
}

var connectionErrors = map[parlor.ConnectionState]error{
	parlor.ReconnectNeeded: parlor.ErrRevoked, parlor.ScopeMissing: parlor.ErrScope, parlor.NoMailbox: parlor.ErrNoMailbox,
}

func connections(account parlor.Account) []connectionView {
	out := []connectionView{}
	for _, c := range account.Connections {
		view := connectionView{Service: c.Kind, Email: c.Email, State: c.State}
		if err := connectionErrors[c.State]; err != nil {
			view.Error = lookUp(err).detail
		}
		out = append(out, view)
	}
	return out
}

// calendarSwitch is a calendar as a client sends it back: id and on count, the rest is read-only and ignored.
type calendarSwitch struct {
	ID parlor.CalendarID `json:"id"`
	On bool              `json:"on"`
	_  struct{}          `additionalProperties:"true"`
}

type calendarsInput struct {
	Body struct {
		Calendars   []calendarSwitch `json:"calendars" nullable:"false" maxItems:"500"`
		Connections []any            `json:"connections,omitempty" nullable:"false" doc:"Ignored, so that what was read may be sent back"`
	} `nameHint:"CalendarsChange"`
}

func (s *server) registerCalendars(api huma.API) {
	huma.Register(api, operation("list-calendars", http.MethodGet, "/v1/calendars", "List your calendars and their sync", ""),
		s.getCalendars)
	huma.Register(api, operation("put-calendars", http.MethodPut, "/v1/calendars", "Switch calendars on or off",
		"Those left out stay as they are; of each only id and on are read."), s.putCalendars)
}

func (s *server) getCalendars(ctx context.Context, _ *struct{}) (*calendarsOutput, error) {
	views, err := s.desk.Calendars(ctx, me(ctx))
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	account, err := s.desk.Account(ctx, me(ctx))
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	out := &calendarsOutput{}
	out.Body.Connections = connections(account)
	out.Body.Calendars = append([]desk.CalendarView{}, views...)
	return out, nil
}

func (s *server) putCalendars(ctx context.Context, in *calendarsInput) (*calendarsOutput, error) {
	have, err := s.desk.Calendars(ctx, me(ctx))
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	wishes, err := switches(have, in.Body.Calendars)
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	for _, w := range wishes {
		if err := s.desk.SwitchCalendar(ctx, me(ctx), w.ID, w.On); err != nil {
			return nil, s.refuse(ctx, "body", err)
		}
	}
	return s.getCalendars(ctx, nil)
}

// switches picks the wishes that change something; one that cannot be granted spoils them all.
func switches(have []desk.CalendarView, wishes []calendarSwitch) ([]calendarSwitch, error) {
	views := map[parlor.CalendarID]desk.CalendarView{}
	for _, c := range have {
		views[c.ID] = c
	}
	var changed []calendarSwitch
	var faults desk.Faults
	for i, w := range wishes {
		view, known := views[w.ID]
		field := fmt.Sprintf("calendars[%d].id", i)
		switch {
		case !known:
			faults = append(faults, parlor.FieldError{Field: field, Message: "is none of your calendars", Value: w.ID})
		case w.On && !view.Writable:
			faults = append(faults, parlor.FieldError{Field: field, Message: "belongs to somebody else; Parlor writes only to your own", Value: w.ID})
		case view.On != w.On:
			changed = append(changed, w)
		}
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return changed, nil
}
