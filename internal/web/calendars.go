package web

import (
	"net/http"

	"parlor/internal/parlor"
)

func (s *site) calendars(v *visit) error {
	views, err := s.desk.Calendars(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	twins, err := s.desk.Twins(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	under, err := s.underWay(v)
	if err != nil {
		return err
	}
	page := newCalendarsPage(views, v.account, s.connect.Services(), v.zone)
	page.SignIns = newSignIns(s.connect, v.account, twins)
	settings, _, err := s.desk.Settings(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	page.Leaving, page.Paused = under, settings.Paused
	return s.show(v, http.StatusOK, "calendars", "Calendars", page)
}

func (s *site) switchCalendar(v *visit) error {
	on := v.r.PostForm.Get("on") == "true"
	id := parlor.CalendarID(v.r.PostForm.Get("id"))
	if err := s.desk.SwitchCalendar(v.ctx(), v.account.ID, id, on); err != nil {
		return err
	}
	if on {
		return v.leave("/calendars?done=on")
	}
	return v.leave("/calendars?done=off")
}

func (s *site) syncCalendar(v *visit) error {
	id := parlor.CalendarID(v.r.PostForm.Get("id"))
	if err := s.desk.SyncNow(v.ctx(), v.account.ID, id); err != nil {
		return err
	}
	return v.leave("/calendars?done=sync")
}
