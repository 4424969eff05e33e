package door

import (
	"fmt"
	"net/http"
)

// enter sends an admitted person on to the video system.
func (d *door) enter(k *knock, pass string) {
	now := d.cfg.Now()
	if !k.admitted(pass, now) {
		d.askPasscode(k, http.StatusForbidden, "Please enter the passcode again: that took a while.")
		return
	}
	slot, why := k.sitting(k.link, now)
	if why != "" {
		d.sayClosed(k, why)
		return
	}
	ctx := k.r.Context()
	rooms, err := d.cn.Rooms(ctx, k.host.ID)
	if err != nil {
		d.fail(k, fmt.Errorf("open rooms: %w", err))
		return
	}
	to, err := rooms.Enter(ctx, k.session(slot), k.person())
	if err != nil {
		d.fail(k, fmt.Errorf("enter room: %w", err))
		return
	}
	d.protect(k)
	http.Redirect(k.w, k.r, to.String(), http.StatusSeeOther)
}
