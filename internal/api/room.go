package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parlor/internal/desk"
)

type roomOutput struct {
	ETag string `header:"ETag"`
	Body desk.RoomView
}

func newRoomOutput(room desk.RoomView) *roomOutput {
	return &roomOutput{ETag: `"` + room.ETag + `"`, Body: room}
}

func (s *server) registerRoom(api huma.API) {
	huma.Register(api, operation("get-room", http.MethodGet, "/v1/room", "Read your personal room", ""), s.getRoom)
	huma.Register(api, operation("start-meeting", http.MethodPost, "/v1/room/start", "Start a meeting now",
		"In the personal room, by its own link, or under a one-time number of the usual length."), s.startMeeting)
	s.registerRoomChange(api)
	s.registerRoomFollow(api)
	s.registerRoomDoor(api)
}

type startInput struct {
	Body struct {
		UsePMI *bool `json:"use_pmi,omitempty" doc:"In your personal room or not. Always there while use_pmi_for_instant is on"`
	} `nameHint:"StartBody"`
}

type startOutput struct{ Body desk.Started }

func (s *server) startMeeting(ctx context.Context, in *startInput) (*startOutput, error) {
	started, err := s.desk.Start(ctx, me(ctx), in.Body.UsePMI)
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	return &startOutput{Body: started}, nil
}

func (s *server) getRoom(ctx context.Context, _ *struct{}) (*roomOutput, error) {
	room, err := s.desk.Room(ctx, me(ctx))
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	return newRoomOutput(room), nil
}
