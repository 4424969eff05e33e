package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parlor/internal/desk"
)

type rewriteOutput struct {
	Body struct {
		Active bool `json:"active" doc:"There is a change that is under way, can be undone, or still has its grace"`
		desk.Rewrite
	} `nameHint:"Rewrite"`
}

type suggestionsInput struct {
	PMI  string `query:"pmi" maxLength:"40" doc:"Digits that the PMIs shall be near to"`
	Name string `query:"name" maxLength:"80" doc:"What the personal links shall be made of; your own name when left out"`
}

type suggestionsOutput struct {
	Body struct {
		PMIs  []string `json:"pmis" nullable:"false"`
		Links []string `json:"personal_links" nullable:"false"`
	} `nameHint:"RoomSuggestions"`
}

type applyInput struct {
	Body *struct {
		Quietly bool `json:"quietly,omitempty" doc:"Leave events alone for a fortnight where rewriting them would mail their guests; the links in them lead to the meetings all the same"`
	} `nameHint:"ApplyBody"`
}

type applyOutput struct{ Body desk.ApplyPreview }

func (s *server) registerRoomFollow(api huma.API) {
	huma.Register(api, operation("get-rewrite", http.MethodGet, "/v1/room/rewrite", "See how far the latest change of your room has come", ""), s.getRewrite)
	huma.Register(api, operation("undo-room", http.MethodPost, "/v1/room/undo", "Take the latest change of your room back",
		"404 when there is none that can be. What is undone leads to the room for the rest of the grace."), s.undoRoom)
	huma.Register(api, operation("end-grace", http.MethodDelete, "/v1/room/grace", "Make links from before a change lead nowhere, at once",
		"The change cannot be undone after that."), s.deleteGrace)
	huma.Register(api, operation("suggest-room", http.MethodGet, "/v1/room/suggestions", "List PMIs and personal links that are free", ""), s.getSuggestions)
	huma.Register(api, operation("preview-apply", http.MethodGet, "/v1/room/apply", "Say which coming meetings would follow use_pmi_for_scheduled", ""), s.getApply)
	huma.Register(api, operation("apply", http.MethodPost, "/v1/room/apply", "Make coming meetings follow use_pmi_for_scheduled",
		"Into the room where the guard agrees, or out of it. What was chosen for one meeting stays. POST /v1/room/undo takes it back."), s.postApply)
}

func (s *server) getRewrite(ctx context.Context, _ *struct{}) (*rewriteOutput, error) {
	rewrite, active, err := s.desk.Rewriting(ctx, me(ctx))
	if err != nil {
		return nil, s.refuse(ctx, "path", err)
	}
	out := &rewriteOutput{}
	out.Body.Active, out.Body.Rewrite = active, rewrite
	return out, nil
}

func (s *server) undoRoom(ctx context.Context, _ *struct{}) (*roomOutput, error) {
	if err := s.desk.UndoRoom(ctx, me(ctx)); err != nil {
		return nil, s.refuse(ctx, "path", err)
	}
	return s.getRoom(ctx, nil)
}

func (s *server) deleteGrace(ctx context.Context, _ *struct{}) (*struct{}, error) {
	if err := s.desk.EndGrace(ctx, me(ctx)); err != nil {
		return nil, s.refuse(ctx, "path", err)
	}
	return nil, nil
}

func (s *server) getSuggestions(ctx context.Context, in *suggestionsInput) (*suggestionsOutput, error) {
	out := &suggestionsOutput{}
	var err error
	if out.Body.PMIs, err = s.desk.SuggestPMIs(ctx, me(ctx), in.PMI); err != nil {
		return nil, s.refuse(ctx, "query", err)
	}
	if out.Body.Links, err = s.desk.SuggestLinks(ctx, me(ctx), in.Name); err != nil {
		return nil, s.refuse(ctx, "query", err)
	}
	return out, nil
}

func (s *server) getApply(ctx context.Context, _ *struct{}) (*applyOutput, error) {
	preview, err := s.desk.PreviewApply(ctx, me(ctx))
	if err != nil {
		return nil, s.refuse(ctx, "path", err)
	}
	return &applyOutput{Body: preview}, nil
}

func (s *server) postApply(ctx context.Context, in *applyInput) (*struct{}, error) {
	if err := s.desk.Apply(ctx, me(ctx), in.Body != nil && in.Body.Quietly); err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	return nil, nil
}
