package door

import (
	"fmt"
	"net/http"
	"net/url"
	"time"

	"parlor/internal/parlor"
)

// enter sends somebody on to the video system who may go in now.
func (d *Door) enter(k *knock) error {
	v, err := d.verdict(k)
	switch {
	case err != nil:
		return err
	case v.standing != mayEnter:
		return d.showGuest(k, http.StatusForbidden)
	case d.video.down(k.r.Context(), d.cn.Video().Answers, d.cfg.Now) && k.r.PostForm.Get("anyway") == "":
		return d.sayDown(k)
	}
	to, err := d.address(k, k.session(v.to))
	if err != nil {
		return err
	}
	if ticket := k.ticket(k.sitting); ticket != "" {
		if err := d.st.Leave(k.r.Context(), k.host.ID, ticket); err != nil {
			return err
		}
	}
	d.leadTo(k, to)
	return nil
}

// address asks the video system where to send a person.
func (d *Door) address(k *knock, s parlor.Session) (*url.URL, error) {
	to, err := d.cn.Enter(k.r.Context(), k.host.ID, s, k.person())
	if err != nil {
		return nil, fmt.Errorf("enter: %w: %w", errVideo, err)
	}
	return to, nil
}

// leadTo ends a request with the way to the video system.
func (d *Door) leadTo(k *knock, to *url.URL) {
	d.protect(k.w.Header())
	http.Redirect(k.w, k.r, to.String(), http.StatusSeeOther)
}

// see ends a request with one of the door's own pages.
func (d *Door) see(k *knock, part string) {
	d.protect(k.w.Header())
	http.Redirect(k.w, k.r, k.at(part), http.StatusSeeOther)
}

// session is a sitting as the video system needs to know it: usually the one that the link is for, or another that the host
// let the guest into.
func (k *knock) session(name string) parlor.Session {
	s := parlor.Session{
		Name: name, PMI: k.room.PMI, PersonalLink: k.room.PersonalLink, Number: k.meeting.Number, Topic: k.meeting.Title,
		Ends: k.ends(k.slot), Owner: parlor.Person{Name: k.host.Name, Email: k.host.Email}, Host: k.byHost,
		OneTime: k.meeting.Kind == parlor.OneTime, Address: k.room.Address,
	}
	for _, h := range k.hostings {
		if h.Name == name {
			s.Number, s.Topic, s.Ends, s.OneTime = h.Number, h.Topic, k.ends(h.Slot), h.OneTime
		}
	}
	return s
}

// ends is when the door of a sitting closes for good; zero for the bare room.
func (p place) ends(slot parlor.Slot) time.Time {
	if slot.End.IsZero() {
		return time.Time{}
	}
	return slot.End.Add(p.overrun())
}

// person is who goes in.
func (k *knock) person() parlor.Person {
	if !k.byHost {
		return parlor.Person{Name: k.called}
	}
	return parlor.Person{Name: k.host.Name, Email: k.host.Email, Self: true}
}
