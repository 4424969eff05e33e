package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parlor/internal/desk"
)

type sessionOutput struct{ Body desk.SessionView }

func (s *server) registerSession(api huma.API) {
	huma.Register(api, operation("get-session", http.MethodGet, "/v1/session", "Read who is signed in and what is connected", ""),
		s.getSession)
}

func (s *server) getSession(ctx context.Context, _ *struct{}) (*sessionOutput, error) {
	view, err := s.desk.Session(ctx, me(ctx))
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	view.Mail = s.cfg.Mails
	return &sessionOutput{Body: view}, nil
}
