package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parlor/internal/desk"
)

type peopleInput struct {
	Search string `query:"search" maxLength:"320" doc:"A part of an address"`
	Cursor string `query:"cursor" maxLength:"1000" doc:"The next of the page before"`
}

type peopleOutput struct{ Body desk.PeopleView }

type personInput struct {
	Body struct {
		Address string `json:"address" maxLength:"320" doc:"eve@example.org, or @example.org for everybody there"`
	} `nameHint:"PersonBody"`
}

type personOutput struct {
	Body struct {
		Address string `json:"address" doc:"As it is listed"`
	} `nameHint:"Person"`
}

type personPath struct {
	Address string `path:"address" maxLength:"320" doc:"As it is listed"`
}

func (s *server) registerPeople(api huma.API) {
	huma.Register(api, operation("list-people", http.MethodGet, "/v1/people", "List the people you know",
		"Those you put on the list, and those you met within a year; by address. guard.unfamiliar is about everybody else outside your own domain."), s.getPeople)
	huma.Register(api, operation("add-person", http.MethodPost, "/v1/people", "Put somebody on the list of people you know",
		"An address or a whole domain. Meetings that are already in your calendars are looked at again."), s.postPerson)
	remove := operation("remove-person", http.MethodDelete, "/v1/people/{address}", "Take somebody off the list",
		"Whoever was met counts as a stranger, too, until put on the list again.")
	huma.Register(api, remove, s.deletePerson)
	huma.Register(api, operation("restore-person", http.MethodPost, "/v1/people/restore", "Take back that somebody was taken off the list",
		"They are known as they were before."), s.restorePerson)
}

func (s *server) getPeople(ctx context.Context, in *peopleInput) (*peopleOutput, error) {
	page, err := s.desk.People(ctx, me(ctx), in.Search, in.Cursor)
	if err != nil {
		return nil, s.refuse(ctx, "query", err)
	}
	return &peopleOutput{Body: page}, nil
}

func (s *server) postPerson(ctx context.Context, in *personInput) (*personOutput, error) {
	address, err := s.desk.AddPerson(ctx, me(ctx), in.Body.Address)
	if err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	out := &personOutput{}
	out.Body.Address = address
	return out, nil
}

func (s *server) deletePerson(ctx context.Context, in *personPath) (*struct{}, error) {
	if err := s.desk.RemovePerson(ctx, me(ctx), in.Address); err != nil {
		return nil, s.refuse(ctx, "path", err)
	}
	return nil, nil
}

func (s *server) restorePerson(ctx context.Context, in *personInput) (*struct{}, error) {
	if err := s.desk.RestorePerson(ctx, me(ctx), in.Body.Address); err != nil {
		return nil, s.refuse(ctx, "body", err)
	}
	return nil, nil
}
