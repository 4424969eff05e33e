package web

import (
	"net/http"
	"time"

	"parlor/internal/desk"
	"parlor/internal/web/look"
)

// devicesPage is what devices.html shows.
type devicesPage struct {
	Email   string
	Devices []device
	Others  bool // somewhere else too
	Apps    bool // some of them are apps
}

type device struct {
	ID, Name, App, Address string
	This                   bool
	Since, Seen            look.When
}

func (s *site) devices(v *visit) error {
	list, err := s.desk.Devices(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	page := newDevicesPage(list, v.session.ID, v.zone)
	page.Email = v.account.Email
	return s.show(v, http.StatusOK, "devices", "Devices", page)
}

func newDevicesPage(list []desk.Device, current string, zone *time.Location) devicesPage {
	page := devicesPage{Others: len(list) > 1}
	for _, one := range list {
		page.Apps = page.Apps || one.App != ""
		page.Devices = append(page.Devices, device{
			ID: one.ID, Name: deviceName(one.UserAgent), App: one.App, Address: one.Address, This: one.ID == current,
			Since: look.At(one.Created, "moment", zone), Seen: look.At(one.LastSeen, "moment", zone),
		})
	}
	return page
}

func (s *site) endDevice(v *visit) error {
	if err := s.desk.EndDevice(v.ctx(), v.account.ID, v.r.PostForm.Get("id")); err != nil {
		return err
	}
	return v.leave("/devices?done=ended")
}

func (s *site) endOtherDevices(v *visit) error {
	if err := s.desk.EndOtherDevices(v.ctx(), v.account.ID, v.session.ID); err != nil {
		return err
	}
	return v.leave("/devices?done=ended-rest")
}
