package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parlor/internal/parlor"
)

type activityInput struct {
	Cursor string `query:"cursor" pattern:"^[0-9]{1,19}-[0-9]{1,19}$" doc:"The next of the page before"`
}

type activityOutput struct {
	Body struct {
		Activity []parlor.Entry `json:"activity" nullable:"false"`
		Next     string         `json:"next" doc:"Empty with the last page"`
	} `nameHint:"ActivityPage"`
}

func (s *server) registerActivity(api huma.API) {
	huma.Register(api, operation("list-activity", http.MethodGet, "/v1/activity", "List what was done to your events and why",
		"Newest first."), s.getActivity)
}

func (s *server) getActivity(ctx context.Context, in *activityInput) (*activityOutput, error) {
	entries, next, err := s.desk.Activity(ctx, me(ctx), in.Cursor)
	if err != nil {
		return nil, s.refuse(ctx, "query", err)
	}
	out := &activityOutput{}
	out.Body.Activity, out.Body.Next = append([]parlor.Entry{}, entries...), next
	return out, nil
}
