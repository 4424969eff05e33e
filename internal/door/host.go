package door

import (
	"errors"
	"net/http"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// actAsHost does what the host decided, and shows the panel again.
func (d *Door) actAsHost(k *knock, do string) error {
	if do == "enter" {
		return d.start(k)
	}
	if err := d.decide(k, do); err != nil && !errors.Is(err, parlor.ErrNotFound) { // a sitting that is long over needs no deciding
		return err
	}
	d.see(k, atHost)
	return nil
}

func (d *Door) decide(k *knock, do string) error {
	ctx, host, form := k.r.Context(), k.host.ID, k.r.PostForm
	var err error
	switch do {
	case "resume":
		if k.why == "" {
			err = d.st.Host(ctx, host, k.hosting(k.now))
		}
	case "admit":
		if k.there(k.now) {
			_, err = d.st.Admit(ctx, host, k.name, form["guest"]...)
		}
	case "admit_all":
		if k.there(k.now) {
			_, err = d.st.AdmitAll(ctx, host, k.name)
		}
	case "away":
		_, err = d.st.TurnAway(ctx, host, form["guest"]...)
	case "lock", "unlock":
		err = d.st.LockHosting(ctx, host, k.name, do == "lock")
	case "unlock_room":
		_, err = d.st.LockRoom(ctx, host, false)
	case "end":
		err = d.end(k)
	}
	return err
}

// start begins the sitting, or takes it up again, and sends the host to the video system. Guests are told only when there
// is a way in.
func (d *Door) start(k *knock) error {
	now := k.now
	switch {
	case k.why != "":
		return d.showHost(k)
	case d.video.down(k.r.Context(), d.cn.Video().Answers, d.cfg.Now) && k.r.PostForm.Get("anyway") == "":
		return d.sayDown(k)
	}
	to, err := d.address(k, k.session(k.name))
	if err != nil {
		return err
	}
	if err := d.st.Host(k.r.Context(), k.host.ID, k.hosting(now)); err != nil {
		return err
	}
	d.leadTo(k, to)
	return nil
}

// end closes the door of a sitting; who waited for it is told, and waits no more. A video system that asks whether the session may begin hears that it may not.
func (d *Door) end(k *knock) error {
	ctx := k.r.Context()
	if err := d.st.EndHosting(ctx, k.host.ID, k.name); err != nil {
		return err
	}
	if err := d.st.LeaveAll(ctx, k.host.ID, k.name); err != nil {
		return err
	}
	return d.st.EndSitting(ctx, k.host.ID, k.name)
}

// hosting is the sitting as the host begins it, or takes it up again.
func (k *knock) hosting(now time.Time) store.Hosting {
	if k.begun != nil && !k.begun.Ended {
		return *k.begun
	}
	return store.Hosting{
		Name: k.name, Number: k.meeting.Number, OneTime: k.meeting.Kind == parlor.OneTime, Slot: k.slot,
		Topic: k.meeting.Title, Round: k.round, Began: now.UTC(),
	}
}

// showHost shows the host the panel: the meeting and who waits for it.
func (d *Door) showHost(k *knock) error {
	if k.part == atHost && k.why == "" && k.there(k.now) {
		if err := d.st.KeepHosting(k.r.Context(), k.host.ID, k.name); err != nil {
			return err
		}
	}
	page, err := d.panel(k)
	if err != nil {
		return err
	}
	return d.page(k, http.StatusOK, "host", page.Topic, page, page.again(hostRefresh))
}

// hostRefresh is how often the panel is asked for again where no script does, seconds.
const hostRefresh = 15
