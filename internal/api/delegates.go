package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parlor/internal/desk"
)

// delegate is a person as a client sends them back: the address counts, the rest is read-only and ignored.
type delegate struct {
	Email string   `json:"email" maxLength:"320"`
	_     struct{} `additionalProperties:"true"`
}

type delegatesInput struct {
	Body struct {
		Delegates []delegate `json:"delegates" nullable:"false" maxItems:"50" doc:"Everybody who may; those left out may not any more"`
	} `nameHint:"DelegatesChange"`
}

type delegatesOutput struct {
	Body struct {
		Delegates []desk.PersonView `json:"delegates" nullable:"false"`
	} `nameHint:"Delegates"`
}

func (s *server) registerDelegates(api huma.API) {
	huma.Register(api, operation("get-delegates", http.MethodGet, "/v1/delegates",
		"List who may schedule in your room for you", ""), s.getDelegates)
	huma.Register(api, operation("put-delegates", http.MethodPut, "/v1/delegates",
		"Choose who may schedule in your room for you",
		"They name you in on_behalf_of. Everybody in the list must have signed in to Parlor once; 422 names who has not."), s.putDelegates)
}

func (s *server) getDelegates(ctx context.Context, _ *struct{}) (*delegatesOutput, error) {
	list, err := s.desk.Delegates(ctx, me(ctx))
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	return newDelegatesOutput(list), nil
}

func (s *server) putDelegates(ctx context.Context, in *delegatesInput) (*delegatesOutput, error) {
	emails := make([]string, len(in.Body.Delegates))
	for i, d := range in.Body.Delegates {
		emails[i] = d.Email
	}
	list, err := s.desk.SaveDelegates(ctx, me(ctx), emails)
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	return newDelegatesOutput(list), nil
}

func newDelegatesOutput(list []desk.PersonView) *delegatesOutput {
	out := &delegatesOutput{}
	out.Body.Delegates = append([]desk.PersonView{}, list...)
	return out
}
