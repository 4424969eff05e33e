package door

import (
	"fmt"
	"net/http"
)

// enter sends an admitted person on to the video system.
func (d *door) enter(k *knock, pass string) error {
	now := d.cfg.Now()
	if !k.admitted(pass, now) {
		return d.askPasscode(k, http.StatusForbidden, "Please enter the passcode again: that took a while.")
	}
	slot, why := k.sitting(k.link, now)
	if why != "" {
		return d.sayClosed(k, why)
	}
	ctx := k.r.Context()
	to, err := d.cn.Enter(ctx, k.host.ID, k.session(slot), k.person())
	if err != nil {
		return fmt.Errorf("enter room: %w", err)
	}
	d.protect(k.w.Header())
	http.Redirect(k.w, k.r, to.String(), http.StatusSeeOther)
	return nil
}
