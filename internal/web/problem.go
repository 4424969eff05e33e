package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"parlor/internal/desk"
	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/web/look"
)

// problem is a page that says what happened, what is safe and what to do next.
type problem struct {
	status           int
	What, Safe, Next string
	Href, Link       string
}

var notHere = problem{
	http.StatusNotFound, "There is no such page", "It may have been removed, or the address has a slip in it.",
	"Everything you can do here is a click away from your meetings.", "/", "Go to Parlor",
}

var notReadable = problem{
	http.StatusBadRequest, "That form could not be read", "Nothing was changed.",
	"Please go back, reload the page and try again.", "/", "Go to Parlor",
}

var noAccess = problem{
	http.StatusServiceUnavailable, "Parlor cannot reach your calendar", "Nothing was changed.",
	"Your calendar page says what is missing and has a button for it.", "/calendars", "Go to Calendars",
}

var switchedOff = problem{
	http.StatusForbidden, "Your account is switched off", "An administrator did that. Nothing of yours was deleted, and your events are as they were.",
	"Ask whoever runs this Parlor to switch it on again.", "/", "Go to Parlor",
}

var busy = problem{
	http.StatusServiceUnavailable, "Please try again in a moment", "Nothing is lost; Parlor or your calendar is busy.",
	"Wait a minute, then reload this page.", "/", "Go to Parlor",
}

var tooOften = problem{
	http.StatusTooManyRequests, "That was tried very often", "Nothing was changed, and nothing is lost.",
	"Wait ten minutes, then go on.", "/profile", "Go to your Profile",
}

var broken = problem{
	http.StatusInternalServerError, "Something went wrong here", "Your events and settings are safe.",
	"It was written down for whoever runs this Parlor. Try again in a minute.", "/", "Go to Parlor",
}

// problemOf is the table from errors to pages.
func problemOf(err error) problem {
	var (
		throttled *parlor.ThrottledError
		late      *desk.TooOftenError
		faults    desk.Faults
	)
	switch {
	case errors.Is(err, parlor.ErrNotFound):
		return notHere
	case errors.As(err, &late):
		return tooOften
	case errors.Is(err, errForm), errors.As(err, &faults):
		return notReadable
	case errors.Is(err, parlor.ErrDisabled):
		return switchedOff
	case errors.Is(err, parlor.ErrRevoked), errors.Is(err, parlor.ErrScope), errors.Is(err, parlor.ErrForbidden):
		return noAccess
	case errors.Is(err, store.ErrUnavailable), errors.Is(err, parlor.ErrBusy), errors.As(err, &throttled):
		return busy
	}
	return broken
}

func (s *site) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	p := problemOf(err)
	if p.status >= http.StatusInternalServerError {
		s.cfg.Log.ErrorContext(r.Context(), "page failed", slog.String("route", r.Pattern), slog.Any("error", err))
	}
	s.tell(w, r, p)
}

func (s *site) lost(w http.ResponseWriter, r *http.Request) { s.tell(w, r, notHere) }

// tell asks nobody anything, so that it works when nothing else does.
func (s *site) tell(w http.ResponseWriter, r *http.Request, p problem) {
	look.Protect(w.Header(), look.Policy(""))
	if p.status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "60")
	}
	if err := s.pages.Write(w, p.status, "problem", look.Frame{Title: p.What, Body: p}); err != nil {
		s.cfg.Log.ErrorContext(r.Context(), "page failed", slog.Any("error", err))
	}
}
