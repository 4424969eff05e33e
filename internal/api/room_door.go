package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parlor/internal/desk"
)

func (s *server) registerRoomDoor(api huma.API) {
	huma.Register(api, operation("lock-room", http.MethodPost, "/v1/room/lock", "Lock or unlock your personal room",
		"While it is locked nobody new comes in by its number. Whoever waits can still be admitted at the door; whoever is in stays."), s.lockRoom)
	huma.Register(api, operation("list-waiting", http.MethodGet, "/v1/room/waiting", "List who waits at your door",
		"The longest waiting first, 100 at most. They are admitted in the browser, at the door itself."), s.listWaiting)
}

type lockInput struct {
	Body struct {
		Locked bool `json:"locked"`
	} `nameHint:"LockBody"`
}

func (s *server) lockRoom(ctx context.Context, in *lockInput) (*roomOutput, error) {
	room, err := s.desk.LockRoom(ctx, me(ctx), in.Body.Locked)
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	return newRoomOutput(room), nil
}

type waitingOutput struct {
	Body struct {
		Waiting []desk.WaitingView `json:"waiting" nullable:"false"`
		Total   int                `json:"total" doc:"How many wait, those who are not listed too"`
	} `nameHint:"WaitingBody"`
}

func (s *server) listWaiting(ctx context.Context, _ *struct{}) (*waitingOutput, error) {
	list, total, err := s.desk.Waiting(ctx, me(ctx))
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	out := &waitingOutput{}
	out.Body.Waiting, out.Body.Total = list, total
	return out, nil
}
