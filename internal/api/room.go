package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parlor/internal/desk"
)

type roomOutput struct{ Body desk.RoomView }

func (s *server) registerRoom(api huma.API) {
	huma.Register(api, operation("get-room", http.MethodGet, "/v1/room", "Read your personal room", ""), s.getRoom)
}

func (s *server) getRoom(ctx context.Context, _ *struct{}) (*roomOutput, error) {
	room, err := s.desk.Room(ctx, me(ctx))
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	return &roomOutput{Body: room}, nil
}
