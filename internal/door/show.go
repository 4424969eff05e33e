package door

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/web/look"
)

func (d *door) show(k *knock, status int, name, title string, body any) {
	d.protect(k)
	if err := d.pages.Write(k.w, status, name, look.Frame{Title: title, Body: body}); err != nil {
		d.cfg.Log.ErrorContext(k.r.Context(), "door page failed", slog.Any("error", err))
	}
}

// protect sets the headers of every answer, the last redirect included.
func (d *door) protect(k *knock) {
	look.Protect(k.w.Header(), d.policy)
	k.w.Header().Set("X-Robots-Tag", "noindex, nofollow")
}

// The pages for what went wrong. None of them says whether there is such a number.
var (
	unreadable = noticePage{What: "That form could not be read", Next: "Please open the link again and try once more."}
	noRoom     = noticePage{What: "This room cannot be used just now", Next: "The video system has switched it off. Ask the person who invited you for another link."}
	notNow     = noticePage{What: "The door is stuck for a moment", Next: "Nothing is wrong with your link. Wait a minute, then reload this page."}
)

// fail logs what failed, never the address: it holds the token.
func (d *door) fail(k *knock, err error) {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, context.Canceled):
	case errors.As(err, &tooLarge):
		d.show(k, http.StatusRequestEntityTooLarge, "notice", unreadable.What, unreadable)
	case errors.Is(err, parlor.ErrRoomUnavailable):
		d.show(k, http.StatusConflict, "notice", noRoom.What, noRoom)
	case errors.Is(err, store.ErrUnavailable):
		d.later(k, http.StatusServiceUnavailable)
	default:
		d.cfg.Log.ErrorContext(k.r.Context(), "door failed", slog.Any("error", err))
		d.later(k, http.StatusInternalServerError)
	}
}

func (d *door) later(k *knock, status int) {
	k.w.Header().Set("Retry-After", "60")
	d.show(k, status, "notice", notNow.What, notNow)
}
