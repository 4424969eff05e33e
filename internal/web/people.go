package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"parlor/internal/desk"
	"parlor/internal/parlor"
	"parlor/internal/web/look"
)

// peoplePage is what people.html shows.
type peoplePage struct {
	People  []knownPerson
	Total   int
	Search  string
	Paged   bool   // not the first page
	More    string // address of the next page, "" on the last
	Own     string // domain whose people need not be listed, "" for none
	Removed string // whom the last click took off the list, "" for nobody

	Address, Fault string // as typed, when it was not taken
}

// Searchable says whether the list is longer than people look through.
func (p peoplePage) Searchable() bool { return p.Search != "" || p.Total > 12 }

type knownPerson struct {
	Address string
	Domain  bool // everybody there
	Learned bool
	Met     *look.When
}

func (s *site) people(v *visit) error {
	return s.showPeople(v, http.StatusOK, "People you know", peoplePage{Removed: v.r.URL.Query().Get("removed")})
}

// showPeople completes a page with the list, as the query of the request asks for it.
func (s *site) showPeople(v *visit, status int, title string, page peoplePage) error {
	q := v.r.URL.Query()
	page.Search, page.Own = q.Get("search"), parlor.OwnDomain(v.account.Email)
	list, err := s.desk.People(v.ctx(), v.account.ID, page.Search, q.Get("cursor"))
	if err != nil {
		return err
	}
	page.Total, page.Paged = list.Total, q.Get("cursor") != ""
	for _, p := range list.People {
		page.People = append(page.People, newKnownPerson(p, v.zone))
	}
	if list.Next != "" {
		page.More = peopleAt(url.Values{"search": {page.Search}, "cursor": {list.Next}})
	}
	return s.show(v, status, "people", title, page)
}

func newKnownPerson(p desk.KnownPerson, zone *time.Location) knownPerson {
	known := knownPerson{Address: p.Address, Domain: strings.HasPrefix(p.Address, "@"), Learned: p.Learned}
	if p.Met != nil {
		met := look.At(*p.Met, "date", zone)
		known.Met = &met
	}
	return known
}

func (s *site) addPerson(v *visit) error {
	address := v.r.PostForm.Get("address")
	_, err := s.desk.AddPerson(v.ctx(), v.account.ID, address)
	if faults, ok := errors.AsType[desk.Faults](err); ok {
		page := peoplePage{Address: address, Fault: sentence(faults[0].Message)}
		return s.showPeople(v, http.StatusUnprocessableEntity, "Nobody added", page)
	}
	if err != nil {
		return err
	}
	return v.leave(peopleAt(url.Values{"done": {"person"}}))
}

func (s *site) removePerson(v *visit) error {
	address := v.r.PostForm.Get("address")
	if err := s.desk.RemovePerson(v.ctx(), v.account.ID, address); err != nil {
		return err
	}
	return v.leave(peopleAt(url.Values{"removed": {address}, "search": {v.r.PostForm.Get("search")}}))
}

func (s *site) restorePerson(v *visit) error {
	if err := s.desk.RestorePerson(v.ctx(), v.account.ID, v.r.PostForm.Get("address")); err != nil {
		return err
	}
	return v.leave(peopleAt(url.Values{"done": {"restored"}, "search": {v.r.PostForm.Get("search")}}))
}

// peopleAt is the address of the page with those parts of a query that say something.
func peopleAt(q url.Values) string {
	for name := range q {
		if q.Get(name) == "" {
			q.Del(name)
		}
	}
	if len(q) == 0 {
		return "/settings/people"
	}
	return "/settings/people?" + q.Encode()
}
