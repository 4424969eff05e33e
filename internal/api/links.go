package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

type linkInput struct {
	Body struct {
		Calendar parlor.CalendarID `json:"calendar" minLength:"1" maxLength:"1024" doc:"The calendar's id"`
		EventID  string            `json:"event_id" minLength:"1" maxLength:"1024" doc:"The event's id at its service"`
		UsePMI   *bool             `json:"use_pmi,omitempty" doc:"The room or a one-time number, for this event; as in the settings when left out"`
	} `nameHint:"LinkBody"`
}

type linkQuery struct {
	Calendar string `query:"calendar" required:"true" minLength:"1" maxLength:"1024" doc:"The calendar's id"`
	EventID  string `query:"event_id" required:"true" minLength:"1" maxLength:"1024" doc:"The event's id at its service"`
}

type linkOutput struct{ Body desk.Link }

func (s *server) registerLinks(api huma.API) {
	huma.Register(api, operation("add-link", http.MethodPost, "/v1/links", "Put a link into a saved event",
		"Whatever the settings say of other events. An event that has its link keeps its number; use_pmi changes its kind. 409 when the event cannot have one, with the reason."),
		s.postLink)
	huma.Register(api, operation("get-link", http.MethodGet, "/v1/links", "Read the link of a saved event", "404 when it has none."), s.getLink)
}

func (s *server) postLink(ctx context.Context, in *linkInput) (*linkOutput, error) {
	link, err := s.desk.AddLink(ctx, me(ctx), parlor.EventRef{Calendar: in.Body.Calendar, ID: in.Body.EventID}, in.Body.UsePMI)
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	return &linkOutput{Body: link}, nil
}

func (s *server) getLink(ctx context.Context, in *linkQuery) (*linkOutput, error) {
	link, err := s.desk.LinkOf(ctx, me(ctx), parlor.EventRef{Calendar: parlor.CalendarID(in.Calendar), ID: in.EventID})
	if err != nil {
		return nil, s.refuse(ctx, "query", err)
	}
	return &linkOutput{Body: link}, nil
}
