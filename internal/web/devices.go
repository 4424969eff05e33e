package web

import (
	"net/http"
	"time"

	"parlor/internal/store"
	"parlor/internal/web/look"
)

// devicesPage is what devices.html shows.
type devicesPage struct {
	Email    string
	Sessions []device
	Others   bool // somewhere else too
}

type device struct {
	ID, Device, Address string
	This                bool
	Since, Seen         look.When
}

func (s *site) devices(v *visit) error {
	sessions, err := s.desk.Sessions(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	page := newDevicesPage(sessions, v.session.ID, v.zone)
	page.Email = v.account.Email
	return s.show(v, http.StatusOK, "devices", "Devices", page)
}

func newDevicesPage(sessions []store.SessionRecord, current string, zone *time.Location) devicesPage {
	page := devicesPage{Others: len(sessions) > 1}
	for _, one := range sessions {
		page.Sessions = append(page.Sessions, device{
			ID: one.ID, Device: deviceName(one.UserAgent), Address: one.Address, This: one.ID == current,
			Since: look.At(one.Created, "moment", zone), Seen: look.At(one.LastSeen, "moment", zone),
		})
	}
	return page
}

func (s *site) endDevice(v *visit) error {
	if err := s.desk.EndSession(v.ctx(), v.account.ID, v.r.PostForm.Get("id")); err != nil {
		return err
	}
	return v.leave("/devices?done=ended")
}

func (s *site) endOtherDevices(v *visit) error {
	sessions, err := s.desk.Sessions(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	for _, one := range sessions {
		if one.ID == v.session.ID {
			continue
		}
		if err := s.desk.EndSession(v.ctx(), v.account.ID, one.ID); err != nil {
			return err
		}
	}
	return v.leave("/devices?done=ended-rest")
}
