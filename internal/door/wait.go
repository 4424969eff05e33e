package door

import (
	"net/http"
	"slices"
	"strings"

	"parlor/internal/store"
)

// namePage is what name.html shows.
type namePage struct {
	invitation
	Fault, Name string
	Words       words
}

// waitingPage is what waiting.html shows.
type waitingPage struct {
	invitation
	live
	Name  string
	Words words
}

// askName asks who wants to be let in.
func (d *Door) askName(k *knock, status int, fault string) error {
	page := namePage{invitation: k.invitation(), Fault: fault, Name: k.called, Words: k.askWords(k.sitting, k.now)}
	return d.page(k, status, "name", page.Topic, page, nil)
}

// wait puts a guest on the list. The page that waits is one to come back to.
func (d *Door) wait(k *knock, typed string) error {
	v, err := d.verdict(k)
	if err != nil {
		return err
	}
	if v.standing != waits {
		return d.showGuest(k, http.StatusOK)
	}
	name := cleanName(typed)
	if name == "" {
		return d.askName(k, http.StatusUnprocessableEntity, "Please say who you are, so that the host knows whom to let in.")
	}
	k.remember(name, strings.HasPrefix(d.cfg.Origin, "https://"))
	if err := d.takePlace(k); err != nil {
		return err
	}
	k.prolong()
	d.see(k, atWait)
	return nil
}

// takePlace puts the guest at hand on the list, and tells whoever wants to know when the host is not there.
func (d *Door) takePlace(k *knock) error {
	ctx, now := k.r.Context(), k.now
	g := store.Guest{Ticket: k.ticket(k.sitting), Name: k.called, Number: k.meeting.Number, Since: now.UTC()}
	added, err := d.st.Wait(ctx, k.host.ID, g)
	if err != nil {
		return err
	}
	if added > 0 && !k.there(now) && d.cfg.Waits != nil {
		d.cfg.Waits(ctx, k.host.ID, g)
	}
	return nil
}

// keepPlace shows the page of somebody who waits. They came to it by a form: who is not on the list any more, because the
// list was lost or their browser slept, is put there again.
func (d *Door) keepPlace(k *knock) error {
	ticket := k.ticket(k.sitting)
	lost, err := d.st.StillWaiting(k.r.Context(), k.host.ID, ticket)
	if err != nil {
		return err
	}
	if slices.Contains(lost, ticket) {
		if err := d.takePlace(k); err != nil {
			return err
		}
	}
	k.prolong()
	page := waitingPage{
		invitation: k.invitation(), live: k.live(waits, atWait, atWait), Name: k.called, Words: k.waitWords(k.sitting, k.now),
	}
	return d.page(k, http.StatusOK, "waiting", "Waiting: "+page.Topic, page, page.again(refresh))
}

// refresh is how often a page that waits asks again where no script does, seconds.
const refresh = 10
