package door

import (
	"fmt"
	"net/http"

	"parlor/internal/parlor"
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
	rooms, err := d.cn.Rooms(ctx, k.host.ID)
	if err != nil {
		return fmt.Errorf("open rooms: %w", err)
	}
	session := k.session(slot)
	to, err := rooms.Enter(ctx, session, k.person())
	if err != nil {
		return fmt.Errorf("enter room: %w", err)
	}
	// So that the video system can ask whether this session may begin (desk.MayBegin).
	if err := d.st.PutSitting(ctx, session.Name, parlor.Sitting{Account: k.host.ID, Number: session.Number, Until: session.Ends}); err != nil {
		return fmt.Errorf("note sitting: %w", err)
	}
	d.protect(k.w.Header())
	http.Redirect(k.w, k.r, to.String(), http.StatusSeeOther)
	return nil
}
