package web

import (
	"errors"
	"net/http"
	"net/url"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

func (s *site) saveSettings(v *visit) error {
	posted := v.r.PostForm
	_, _, err := s.desk.SaveSettings(v.ctx(), v.account.ID, posted.Get("etag"), func(now *parlor.Settings) error {
		apply(posted, now)
		return nil
	})
	var (
		faults desk.Faults
		locked *desk.LockedError
	)
	switch {
	case err == nil:
		return v.leave("/settings?done=saved")
	case errors.Is(err, parlor.ErrStale):
		return s.staleSettings(v, posted)
	case errors.As(err, &faults):
		return s.faultySettings(v, posted, http.StatusUnprocessableEntity, faults)
	case errors.As(err, &locked):
		fault := parlor.FieldError{Field: locked.Field, Message: locked.Reason}
		return s.faultySettings(v, posted, http.StatusForbidden, []parlor.FieldError{fault})
	}
	return err
}

func (s *site) faultySettings(v *visit, posted url.Values, status int, faults []parlor.FieldError) error {
	current, _, err := s.desk.Settings(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	page := newSettingsPage(current, posted.Get("etag"), posted, faults)
	return s.showSettings(v, status, "Settings not saved", page)
}

// staleSettings shows both versions. The form goes on with the new ETag, so that saving again is a choice made knowingly.
func (s *site) staleSettings(v *visit, posted url.Values) error {
	current, etag, err := s.desk.Settings(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	page := newSettingsPage(current, etag, posted, nil)
	both := differences(current, posted)
	page.Stale = &both
	return s.showSettings(v, http.StatusPreconditionFailed, "Settings not saved", page)
}
