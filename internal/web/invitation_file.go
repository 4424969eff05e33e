package web

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/emersion/go-ical"

	"parlor/internal/desk"
	"parlor/internal/web/look"
)

// invitationFile is a meeting as a calendar program takes it in (RFC 5545), for people whose calendar Parlor does not know.
func (s *site) invitationFile(v *visit) error {
	m, err := s.desk.Meeting(v.ctx(), v.account.ID, v.r.PathValue("number"))
	if err != nil {
		return err
	}
	file, err := asCalendar(m, s.cfg.Now())
	if err != nil {
		return err
	}
	look.Protect(v.w.Header(), look.Policy(""))
	v.w.Header().Set("Content-Type", "text/calendar; charset=utf-8; method=PUBLISH")
	v.w.Header().Set("Content-Disposition", `attachment; filename="meeting-`+m.Number+`.ics"`)
	_, err = v.w.Write(file)
	if err != nil {
		return fmt.Errorf("send invitation: %w", err)
	}
	return nil
}

func asCalendar(m desk.MeetingDetail, now time.Time) ([]byte, error) {
	zone, _ := loadZone(m.Zone)
	if len(m.Rules) == 0 {
		zone = time.UTC // needs no time zone beside it
	}
	link, err := url.Parse(m.JoinURL)
	if err != nil {
		return nil, fmt.Errorf("read join link: %w", err)
	}
	event := ical.NewEvent()
	event.Props.SetText(ical.PropUID, m.Number+"@"+link.Hostname())
	event.Props.SetDateTime(ical.PropDateTimeStamp, now.UTC())
	event.Props.SetDateTime(ical.PropDateTimeStart, m.Start.In(zone))
	event.Props.SetDateTime(ical.PropDateTimeEnd, m.End.In(zone))
	event.Props.SetText(ical.PropSummary, titled(m.Title))
	event.Props.SetText(ical.PropDescription, m.Invitation)
	event.Props.SetText(ical.PropLocation, m.JoinURL)
	for _, line := range m.Rules {
		event.Props.Add(property(line))
	}
	calendar := ical.NewCalendar()
	calendar.Props.SetText(ical.PropVersion, "2.0")
	calendar.Props.SetText(ical.PropProductID, "-//Parlor//Parlor//EN")
	calendar.Props.SetText(ical.PropMethod, "PUBLISH")
	if zone != time.UTC {
		calendar.Children = append(calendar.Children, timezone(zone, m.Start))
	}
	calendar.Children = append(calendar.Children, event.Component)
	var out bytes.Buffer
	if err := ical.NewEncoder(&out).Encode(calendar); err != nil {
		return nil, fmt.Errorf("write invitation of %s: %w", m.Number, err)
	}
	return out.Bytes(), nil
}

// property reads a line such as EXDATE;TZID=Europe/London:20261124T120000.
func property(line string) *ical.Prop {
	head, value, _ := strings.Cut(line, ":")
	params := strings.Split(head, ";")
	p := ical.NewProp(params[0])
	p.Value = value
	for _, param := range params[1:] {
		key, value, _ := strings.Cut(param, "=")
		p.Params.Set(key, value)
	}
	return p
}
