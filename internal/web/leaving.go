package web

import (
	"errors"
	"net/http"
	"strings"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

// dataPath is the page about what Parlor knows of the person.
const dataPath = "/settings/data"

// deleteWord is what a person types who really wants their account deleted.
const deleteWord = "delete"

func (s *site) leavingRoutes() routes {
	return routes{
		"GET /calendars/{service}/disconnect":  s.askDisconnect,
		"POST /calendars/{service}/disconnect": s.disconnect,
		"POST /calendars/{service}/stay":       s.stay,
		"GET " + dataPath:                      s.data,
		"GET " + dataPath + "/parlor.json":     s.export,
		"POST " + dataPath + "/delete":         s.deleteAccount,
		"POST " + dataPath + "/stay":           s.stayAll,
	}
}

// disconnectPage is what disconnect.html shows.
type disconnectPage struct {
	desk.Holding
	Email string
	Serves,
	Signs bool // it is a way to sign in, too
	Video bool // it is behind the door and keeps no calendar
}

func (s *site) askDisconnect(v *visit) error {
	kind := parlor.Kind(v.r.PathValue("service"))
	conn, connected := v.account.Connection(kind)
	if !connected {
		return parlor.ErrNotFound
	}
	page := disconnectPage{Holding: desk.Holding{Service: kind, Name: s.connect.Name(kind)}, Email: conn.Email, Serves: v.account.Serves(kind)}
	signs, more := s.connect.SignsIn(kind)
	page.Signs, page.Serves, page.Video = signs, page.Serves && more, kind == s.connect.Video().Kind
	held, err := s.desk.Holdings(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	for _, h := range held {
		if h.Service == kind {
			page.Holding = h
		}
	}
	return s.show(v, http.StatusOK, "disconnect", "Disconnect "+page.Name+"?", page)
}

func (s *site) disconnect(v *visit) error {
	kind := parlor.Kind(v.r.PathValue("service"))
	err := s.desk.Disconnect(v.ctx(), v.account.ID, kind, v.r.PostForm.Get("take_out") == "on")
	if _, refused := errors.AsType[desk.Faults](err); refused {
		return s.askDisconnect(v)
	}
	if err != nil {
		return err
	}
	return v.leave("/calendars")
}

func (s *site) stay(v *visit) error {
	if err := s.desk.Stay(v.ctx(), v.account.ID, parlor.Kind(v.r.PathValue("service"))); err != nil {
		return err
	}
	return v.leave("/calendars?done=stay")
}

// dataPage is what data.html shows.
type dataPage struct {
	Email    string
	Held     []desk.Holding
	Links    int // of all of them
	Shut     []desk.Holding
	Progress *progress // of a deletion under way
	Fault    string
}

func (s *site) data(v *visit) error { return s.showData(v, http.StatusOK, "") }

func (s *site) showData(v *visit, status int, fault string) error {
	held, err := s.desk.Holdings(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	page := dataPage{Email: v.account.Email, Fault: fault}
	for _, h := range held {
		page.Links += h.Links
		switch {
		case h.Links == 0:
		case h.Reachable:
			page.Held = append(page.Held, h)
		default:
			page.Shut = append(page.Shut, h)
		}
	}
	under, err := s.underWay(v)
	if err != nil {
		return err
	}
	for _, p := range under {
		if p.Service == "" {
			page.Progress = &p
		}
	}
	return s.show(v, status, "data", "Your data", page)
}

func (s *site) deleteAccount(v *visit) error {
	form := v.r.PostForm
	if !strings.EqualFold(strings.TrimSpace(form.Get("word")), deleteWord) && form.Get("sure") != deleteWord {
		return s.showData(v, http.StatusUnprocessableEntity, "Type “"+deleteWord+"”, so that nobody does this by a slip. Nothing was deleted.")
	}
	if err := s.desk.DeleteAccount(v.ctx(), v.account.ID, form.Get("take_out") == "on"); err != nil {
		return err
	}
	return v.leave(dataPath + "?leaving=1")
}

func (s *site) stayAll(v *visit) error {
	if err := s.desk.Stay(v.ctx(), v.account.ID, ""); err != nil {
		return err
	}
	return v.leave(dataPath + "?done=stay")
}
