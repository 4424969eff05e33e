package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

// How far a list of meetings reaches.
const (
	defaultAhead = 30 * 24 * time.Hour
	longestRange = 366 * 24 * time.Hour
)

type meetingsInput struct {
	From   time.Time `query:"from" doc:"Now when left out"`
	To     time.Time `query:"to" doc:"30 days after from when left out, 366 at most"`
	Cursor string    `query:"cursor" doc:"The next of the page before"`
}

type meetingsOutput struct {
	Body struct {
		Meetings []desk.MeetingView `json:"meetings" nullable:"false"`
		Next     string             `json:"next" doc:"Empty with the last page"`
	} `nameHint:"MeetingsPage"`
}

func (s *server) registerMeetings(api huma.API) {
	huma.Register(api, operation("list-meetings", http.MethodGet, "/v1/meetings", "List your coming meetings",
		"By start; a series stands once, with its next occurrence."), s.getMeetings)
	huma.Register(api, operation("remove-meeting", http.MethodDelete, "/v1/meetings/{number}",
		"Take the link out of a meeting's event",
		"The event stays, and no link is put back by itself."), s.deleteMeeting)
}

func (s *server) getMeetings(ctx context.Context, in *meetingsInput) (*meetingsOutput, error) {
	from, to, err := in.bounds(s.cfg.Now())
	if err != nil {
		return nil, s.refuse(ctx, "query", err)
	}
	page, next, err := s.desk.Meetings(ctx, me(ctx), from, to, in.Cursor)
	if err != nil {
		return nil, s.refuse(ctx, "query", err)
	}
	out := &meetingsOutput{}
	out.Body.Meetings, out.Body.Next = append([]desk.MeetingView{}, page...), next
	return out, nil
}

func (in *meetingsInput) bounds(now time.Time) (from, to time.Time, err error) {
	from, to = in.From, in.To
	if from.IsZero() {
		from = now
	}
	if to.IsZero() {
		to = from.Add(defaultAhead)
	}
	if !to.After(from) || to.Sub(from) > longestRange {
		return from, to, desk.Faults{parlor.FieldError{Field: "to", Message: "must be after from, by at most 366 days", Value: to}}
	}
	return from, to, nil
}

type meetingInput struct {
	Number string `path:"number" doc:"The meeting number, 11 digits"`
}

func (s *server) deleteMeeting(ctx context.Context, in *meetingInput) (*struct{}, error) {
	if err := s.desk.RemoveMeeting(ctx, me(ctx), in.Number); err != nil {
		return nil, s.refuse(ctx, "path", err)
	}
	return nil, nil
}
