package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

// EventBody is a meeting to be scheduled.
type EventBody struct {
	Title          string    `json:"title" doc:"At most 1024 characters, one line"`
	Start          time.Time `json:"start"`
	End            time.Time `json:"end,omitempty" doc:"The usual length of your settings after the start when left out"`
	TimeZone       string    `json:"time_zone,omitempty" doc:"IANA name; yours when left out" example:"Europe/London"`
	Attendees      []string  `json:"attendees,omitempty" nullable:"false" doc:"E-mail addresses, at most 200"`
	Recurrence     []string  `json:"recurrence,omitempty" nullable:"false" doc:"RRULE, RDATE and EXDATE lines of RFC 5545"`
	Calendar       string    `json:"calendar,omitempty" doc:"Id of one of your calendars; the primary one when left out"`
	UsePMI         *bool     `json:"use_pmi,omitempty" doc:"In your personal room or not; as in your settings when left out"`
	IdempotencyKey string    `json:"idempotency_key,omitempty" maxLength:"200" doc:"The same key never makes a second event"`
}

type eventInput struct{ Body EventBody }

type eventOutput struct{ Body desk.Scheduled }

func (s *server) registerEvents(api huma.API) {
	create := operation("create-event", http.MethodPost, "/v1/events", "Schedule a meeting",
		"409 when the calendar must be connected again, 502 when it does not answer.")
	create.DefaultStatus = http.StatusCreated
	huma.Register(api, create, s.postEvent)
}

func (s *server) postEvent(ctx context.Context, in *eventInput) (*eventOutput, error) {
	made, err := s.desk.Schedule(ctx, me(ctx), in.Body.request())
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	return &eventOutput{Body: made}, nil
}

func (b EventBody) request() desk.Request {
	req := desk.Request{
		Title: b.Title, Start: parlor.Moment{Time: b.Start, Zone: b.TimeZone}, End: parlor.Moment{Time: b.End, Zone: b.TimeZone},
		Recurrence: b.Recurrence, Calendar: parlor.CalendarID(b.Calendar), UsePMI: b.UsePMI, IdempotencyKey: b.IdempotencyKey,
	}
	for _, address := range b.Attendees {
		req.Attendees = append(req.Attendees, parlor.Person{Email: address})
	}
	return req
}
