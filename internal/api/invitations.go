package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

// InvitationBody is a meeting whose event the client itself saves.
type InvitationBody struct {
	EventBody
	Format          parlor.Format `json:"format,omitempty" enum:"html,text" default:"text" doc:"How current_body is written, and what is returned"`
	MeetingNumber   string        `json:"meeting_number,omitempty" pattern:"^[0-9]{11}$" doc:"The number that this event got before: it keeps it, and its kind too unless use_pmi is sent and differs"`
	OnBehalfOf      string        `json:"on_behalf_of,omitempty" maxLength:"320" doc:"E-mail address of the person whose calendar it is; they must have allowed it"`
	CurrentBody     *string       `json:"current_body,omitempty" maxLength:"1000000" doc:"What is in the event now. A number found in it counts as meeting_number if it is this event's"`
	CurrentLocation *string       `json:"current_location,omitempty" maxLength:"10000" doc:"What is in the event's location now"`
	Preview         bool          `json:"preview,omitempty" doc:"Only say what would be: nothing is claimed or stored"`
}

// RemovalBody is an event that shall have no link any more.
type RemovalBody struct {
	Format          parlor.Format `json:"format,omitempty" enum:"html,text" default:"text" doc:"How current_body is written"`
	CurrentBody     string        `json:"current_body" maxLength:"1000000" doc:"What is in the event now"`
	CurrentLocation string        `json:"current_location,omitempty" maxLength:"10000" doc:"What is in the event's location now"`
	MeetingNumber   string        `json:"meeting_number,omitempty" pattern:"^[0-9]{11}$" doc:"The number that this event got, when known; else the one found in the texts counts"`
	OnBehalfOf      string        `json:"on_behalf_of,omitempty" maxLength:"320" doc:"E-mail address of the person whose calendar it is"`
}

type invitationInput struct{ Body InvitationBody }

type invitationOutput struct{ Body desk.Invitation }

type removalInput struct{ Body RemovalBody }

type removalOutput struct{ Body desk.Removal }

func (s *server) registerInvitations(api huma.API) {
	create := operation("create-invitation", http.MethodPost, "/v1/invitations",
		"Get an invitation for an event that you save yourself",
		"It expires after a day if it is never saved. Asked again for the same event it keeps its number. "+
			"Takes 8 MiB. 403 urn:parlor:delegate when the person named in on_behalf_of has not allowed it.")
	create.MaxBodyBytes = maxText
	huma.Register(api, create, s.postInvitation)
	remove := operation("remove-invitation", http.MethodPost, "/v1/invitations/removal",
		"Take the invitation out of an event that you save yourself",
		"No pass puts it back. Takes 8 MiB. 403 urn:parlor:delegate as for an invitation.")
	remove.MaxBodyBytes = maxText
	huma.Register(api, remove, s.postRemoval)
}

func (s *server) postInvitation(ctx context.Context, in *invitationInput) (*invitationOutput, error) {
	made, err := s.desk.Invite(ctx, me(ctx), in.Body.inviting())
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	return &invitationOutput{Body: made}, nil
}

func (b InvitationBody) inviting() desk.Inviting {
	return desk.Inviting{
		Request: b.request(), OnBehalfOf: b.OnBehalfOf, Number: b.MeetingNumber, Format: b.Format,
		Body: b.CurrentBody, Location: b.CurrentLocation, Preview: b.Preview,
	}
}

func (s *server) postRemoval(ctx context.Context, in *removalInput) (*removalOutput, error) {
	b := in.Body
	left, err := s.desk.Uninvite(ctx, me(ctx), desk.Removing{
		OnBehalfOf: b.OnBehalfOf, Number: b.MeetingNumber, Format: b.Format, Body: b.CurrentBody, Location: b.CurrentLocation,
	})
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	return &removalOutput{Body: left}, nil
}
