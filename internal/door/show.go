package door

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/web/look"
)

// page answers with a page; again is for those that come back by themselves where no script does, nil for the others.
func (d *Door) page(k *knock, status int, name, title string, body any, again *look.Refresh) error {
	d.protect(k.w.Header())
	return d.pages.Write(k.w, status, name, look.Frame{Title: title, Body: body, Refresh: again})
}

// protect sets the headers of every answer, the last redirect included.
func (d *Door) protect(h http.Header) {
	look.Protect(h, d.policy)
	h.Set("X-Robots-Tag", "noindex, nofollow")
}

// trouble is a page for what went wrong. None of them says whether there is such a number.
type trouble struct {
	status int
	page   noticePage
}

var (
	unreadable = trouble{http.StatusBadRequest, noticePage{
		What: "That form could not be read", Next: "Please open the link again and try once more.",
	}}
	noRoom = trouble{http.StatusConflict, noticePage{
		What: "This room cannot be used just now",
		Next: "The video system has switched it off. Ask the person who invited you for another link.",
	}}
	crowded = trouble{http.StatusServiceUnavailable, noticePage{
		What: "Very many people are waiting", Next: "There is no place in the waiting room just now. Wait a minute, then open your link again.",
	}}
	noWay = trouble{http.StatusServiceUnavailable, noticePage{
		What: "The video system gives no way in", Next: "Nothing is wrong with your link. Wait a minute, then open it again.",
	}}
	notNow = trouble{http.StatusServiceUnavailable, noticePage{
		What: "The door is stuck for a moment", Next: "Nothing is wrong with your link. Wait a minute, then reload this page.",
	}}
)

func troubleOf(err error) trouble {
	throttled, limited := errors.AsType[*parlor.ThrottledError](err)
	switch {
	case limited && throttled.After > time.Hour:
		return usedUp(throttled)
	case limited:
		return noWay
	case errors.Is(err, errForm):
		return unreadable
	case errors.Is(err, parlor.ErrRoomUnavailable):
		return noRoom
	case errors.Is(err, store.ErrUnavailable):
		return notNow
	case errors.Is(err, store.ErrFull):
		return crowded
	case errors.Is(err, errVideo):
		return noWay
	}
	return trouble{http.StatusInternalServerError, notNow.page}
}

// usedUp says what the video system does not do for the host any more today, in the words of its own limit.
func usedUp(t *parlor.ThrottledError) trouble {
	return trouble{http.StatusServiceUnavailable, noticePage{
		What: "No more meetings can begin for this host today",
		Next: t.Reason + ". Nothing is wrong with your link: tell the host, or open it again then.",
	}}
}

func (d *Door) answers(page func(*knock) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		k, err := d.knock(w, r)
		if err == nil {
			err = page(k)
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			d.fail(w, r, err)
		}
	}
}

// fail logs what failed, never the address: it holds the token.
func (d *Door) fail(w http.ResponseWriter, r *http.Request, err error) {
	what := troubleOf(err)
	if what.status >= http.StatusInternalServerError {
		d.cfg.Log.ErrorContext(r.Context(), "door failed", slog.Any("error", err))
		w.Header().Set("Retry-After", "60")
	}
	d.protect(w.Header())
	if err := d.pages.Write(w, what.status, "notice", look.Frame{Title: what.page.What, Body: what.page}); err != nil {
		d.cfg.Log.ErrorContext(r.Context(), "door page failed", slog.Any("error", err))
	}
}
