package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

// HowToChange is what every change of the room can say besides. huma sees only what is exported.
type HowToChange struct {
	GraceDays *int `json:"grace_days,omitempty" minimum:"0" maximum:"365" doc:"How many days links from before the change still lead to the room; 14 when left out. A former passcode opens coming meetings only, never the bare room"`
	Quietly   bool `json:"quietly,omitempty" doc:"Leave events alone until the grace ends where rewriting them would mail their guests"`
}

// RoomWish is what a room is to be reached by.
type RoomWish struct {
	PMI          *string `json:"pmi,omitempty" maxLength:"40" doc:"10 digits; spaces and hyphens between them do not count"`
	PersonalLink *string `json:"personal_link,omitempty" maxLength:"80" doc:"The name in /my/{name}; empty to give it up"`
	Passcode     *string `json:"passcode,omitempty" maxLength:"40" doc:"4 to 10 letters, digits or @ _ * -"`
	HowToChange
}

func (w RoomWish) change() desk.RoomChange {
	return desk.RoomChange{
		PMI: w.PMI, PersonalLink: w.PersonalLink, Passcode: w.Passcode, GraceDays: w.GraceDays, Quietly: w.Quietly,
	}
}

type changeRoomInput struct {
	IfMatch string   `header:"If-Match" doc:"The ETag of the room that you read; when it is left out, the room is changed whatever it is"`
	Body    RoomWish `nameHint:"RoomChange"`
}

type rotateInput struct {
	IfMatch string       `header:"If-Match" doc:"As for PATCH /v1/room"`
	Body    *HowToChange `nameHint:"RotateBody"`
}

type previewRoomInput struct {
	Body struct {
		RoomWish
		Rotate bool `json:"rotate,omitempty" doc:"As if a new passcode were drawn"`
	} `nameHint:"RoomPreviewBody"`
}

type previewRoomOutput struct {
	Body struct {
		desk.RoomPreview
		Faults []roomFault `json:"faults" nullable:"false" doc:"What is wrong with the change; empty when it can be made"`
	} `nameHint:"RoomPreview"`
}

type roomFault struct {
	Field   string `json:"field" enum:"pmi,personal_link,passcode,grace_days"`
	Message string `json:"message"`
}

func (s *server) registerRoomChange(api huma.API) {
	huma.Register(api, operation("change-room", http.MethodPatch, "/v1/room", "Change what your room is reached by",
		"Every coming event is rewritten then, see GET /v1/room/rewrite. 409 when the PMI or the name is somebody else's, with what is free; 412 when If-Match is stale."), s.patchRoom)
	huma.Register(api, operation("rotate-passcode", http.MethodPost, "/v1/room/passcode", "Draw a new passcode",
		"Links to the bare room stop opening it at once; links to coming meetings when the grace ends."), s.postPasscode)
	huma.Register(api, operation("preview-room", http.MethodPost, "/v1/room/preview", "Say what a change of your room would do",
		"Nothing is stored. 429 when asked too often."), s.postRoomPreview)
}

func (s *server) patchRoom(ctx context.Context, in *changeRoomInput) (*roomOutput, error) {
	return s.changeRoom(ctx, in.IfMatch, in.Body.change())
}

func (s *server) postPasscode(ctx context.Context, in *rotateInput) (*roomOutput, error) {
	change := desk.RoomChange{Rotate: true}
	if in.Body != nil {
		change.GraceDays, change.Quietly = in.Body.GraceDays, in.Body.Quietly
	}
	return s.changeRoom(ctx, in.IfMatch, change)
}

func (s *server) changeRoom(ctx context.Context, ifMatch string, change desk.RoomChange) (*roomOutput, error) {
	if ifMatch != "" {
		room, err := s.desk.Room(ctx, me(ctx))
		if err != nil {
			return nil, s.refuse(ctx, "body", err)
		}
		if !matches(ifMatch, room.ETag) {
			return nil, s.refuse(ctx, "body", parlor.ErrStale)
		}
		change.Of = room.ETag
	}
	room, err := s.desk.ChangeRoom(ctx, me(ctx), change)
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	return newRoomOutput(room), nil
}

func (s *server) postRoomPreview(ctx context.Context, in *previewRoomInput) (*previewRoomOutput, error) {
	change := in.Body.change()
	change.Rotate = in.Body.Rotate
	preview, err := s.desk.PreviewRoom(ctx, me(ctx), change)
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	out := &previewRoomOutput{}
	out.Body.RoomPreview, out.Body.Faults = preview, []roomFault{}
	for _, f := range preview.Faults {
		out.Body.Faults = append(out.Body.Faults, roomFault{Field: f.Field, Message: f.Message})
	}
	return out, nil
}
