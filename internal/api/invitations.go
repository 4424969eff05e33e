package api

import (
	"context"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

type invitationInput struct {
	Body struct {
		EventBody
		Format parlor.Format `json:"format,omitempty" enum:"html,text" default:"text" doc:"How the body is written"`
	} `nameHint:"InvitationBody"`
}

type invitationOutput struct{ Body desk.Invitation }

func (s *server) postInvitation(ctx context.Context, in *invitationInput) (*invitationOutput, error) {
	made, err := s.desk.Invite(ctx, me(ctx), in.Body.request(), in.Body.Format)
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	return &invitationOutput{Body: made}, nil
}
