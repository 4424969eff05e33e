package door

import (
	"errors"
	"fmt"
	"net/http"

	"parlor/internal/store"
)

var errForm = errors.New("unreadable form")

// show answers GET.
func (d *Door) show(k *knock) error {
	switch {
	case k.part == atEvents:
		return d.stream(k)
	case k.byHost:
		return d.showHost(k)
	case k.admitted:
		return d.showGuest(k, http.StatusOK)
	}
	return d.askPasscode(k, http.StatusOK, "")
}

// act answers what people do: the passcode, to ask to be let in, to go in, and what the host decides.
func (d *Door) act(k *knock) error {
	if err := k.r.ParseForm(); err != nil {
		return fmt.Errorf("read form: %w", errors.Join(errForm, err))
	}
	if pass := k.r.PostForm.Get("pass"); pass != "" {
		k.pass = pass
		k.admit(k.now)
	}
	switch do := k.r.PostForm.Get("do"); {
	case do == "passcode" || do == "":
		return d.tryPasscode(k, k.r.PostForm.Get("passcode"))
	case k.byHost:
		return d.actAsHost(k, do)
	case !k.admitted && k.pass != "":
		return d.askPasscode(k, http.StatusForbidden, "Please enter the passcode again: that took a while.")
	case !k.admitted:
		return d.askPasscode(k, http.StatusForbidden, "")
	case do == "wait":
		return d.wait(k, k.r.PostForm.Get("name"))
	}
	return d.enter(k)
}

// verdict is how it stands with the guest at hand.
type verdict struct {
	standing standing
	to       string // name of the session they may enter
}

func (d *Door) verdict(k *knock) (verdict, error) {
	if k.why != "" {
		return verdict{standing: noMore}, nil
	}
	ctx, ticket := k.r.Context(), k.ticket(k.sitting)
	if ticket == "" {
		standing, to := k.judge(k.sitting, store.Decision{}, k.now)
		return verdict{standing, to}, nil
	}
	decided, err := d.st.Decisions(ctx, k.host.ID, ticket)
	if err != nil {
		return verdict{}, err
	}
	standing, to := k.judge(k.sitting, decided[ticket], k.now)
	if standing == locked && k.part == atWait { // who came before keeps their place
		lost, err := d.st.StillWaiting(ctx, k.host.ID, ticket)
		if err == nil && len(lost) == 0 {
			standing = waits
		}
		return verdict{standing, to}, err
	}
	return verdict{standing, to}, nil
}

// showGuest shows a guest how it stands.
func (d *Door) showGuest(k *knock, status int) error {
	v, err := d.verdict(k)
	switch {
	case err != nil:
		return err
	case v.standing == mayEnter:
		return d.welcome(k, status)
	case v.standing != waits:
		return d.sayStanding(k, v.standing)
	case k.part == atWait && k.called != "":
		return d.keepPlace(k)
	}
	return d.askName(k, status, "")
}
