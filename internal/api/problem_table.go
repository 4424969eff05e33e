package api

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"parlor/internal/desk"
	"parlor/internal/parlor"
	"parlor/internal/store"
)

// problem is an error as the table below sees it.
type problem struct {
	kind    string // RFC 9457 type, "" when the status says it all
	status  int
	detail  string
	headers http.Header
}

// table maps the sentinels to what HTTP says of them; the first that matches counts.
var table = []struct {
	err    error
	status int
	kind   string
	detail string
}{
	{store.ErrUnavailable, http.StatusServiceUnavailable, "", "Parlor cannot reach its data just now. Nothing is lost; try again in a moment."},
	{parlor.ErrStale, http.StatusPreconditionFailed, "", "This was changed meanwhile. Read it again, then repeat your change."},
	{parlor.ErrRevoked, http.StatusConflict, "urn:parlor:reconnect", "The connection to your calendar has ended. Connect it again in Parlor."},
	{parlor.ErrScope, http.StatusConflict, "urn:parlor:scope", "Parlor may not see your calendar yet. Connect it again and tick the calendar permission."},
	{parlor.ErrRoomUnavailable, http.StatusConflict, "urn:parlor:room", "Your personal room cannot be used just now."},
	{parlor.ErrBusy, http.StatusConflict, "urn:parlor:busy", "Something else is being done to this at the same moment. Try again."},
	{parlor.ErrConflict, http.StatusConflict, "urn:parlor:busy", "This was changed meanwhile. Try again."},
	{parlor.ErrTaken, http.StatusConflict, "urn:parlor:taken", "Somebody else has this already."},
	{parlor.ErrNoMailbox, http.StatusConflict, "urn:parlor:mailbox", "This mailbox is not supported: it is on a server of your organisation's own, inactive or without a licence."},
	{parlor.ErrDisabled, http.StatusForbidden, "urn:parlor:disabled", "An administrator has switched your account off."},
	{parlor.ErrForbidden, http.StatusForbidden, "", "The calendar does not let you change this."},
	{parlor.ErrInvalid, http.StatusUnprocessableEntity, "", "The calendar refused this."},
	{parlor.ErrNotFound, http.StatusNotFound, "", "There is no such thing, or it is not yours."},
	{context.Canceled, http.StatusServiceUnavailable, "", "The request was given up."},
	{context.DeadlineExceeded, http.StatusServiceUnavailable, "", "This took too long. Try again in a moment."},
}

// asProblem looks an error up and logs what the person cannot mend.
func (s *server) asProblem(ctx context.Context, err error) problem {
	p := lookUp(err)
	if p.status >= http.StatusInternalServerError {
		s.cfg.Log.ErrorContext(ctx, "request failed", "request", requestID(ctx), "status", p.status, "err", err)
	}
	if often, ok := errors.AsType[*desk.TooOftenError](err); ok {
		p.headers = http.Header{}
		retryAfter(p.headers, often.After)
	}
	if p.status == http.StatusServiceUnavailable || errors.Is(err, parlor.ErrBusy) {
		wait := time.Second
		if t, ok := errors.AsType[*parlor.ThrottledError](err); ok {
			wait = t.After
		}
		p.headers = http.Header{}
		retryAfter(p.headers, wait)
	}
	return p
}

// takenDetail says what is free instead.
func takenDetail(e *parlor.TakenError) string {
	what := "This Personal Meeting ID"
	if e.Field == "personal_link" {
		what = "This name, or one very much like it,"
	}
	detail := what + " is somebody else's, or was within the last year."
	if len(e.Free) > 0 {
		detail += " Free are: " + strings.Join(e.Free, ", ") + "."
	}
	return detail
}

func lookUp(err error) problem {
	if locked, ok := errors.AsType[*desk.LockedError](err); ok {
		return problem{status: http.StatusForbidden, kind: "urn:parlor:locked", detail: locked.Error()}
	}
	if unasked, ok := errors.AsType[*desk.DelegateError](err); ok {
		return problem{status: http.StatusForbidden, kind: "urn:parlor:delegate", detail: unasked.Error()}
	}
	if refused, ok := errors.AsType[*parlor.RefusedError](err); ok {
		return problem{status: http.StatusConflict, kind: "urn:parlor:refused", detail: refused.Why.Text}
	}
	if taken, ok := errors.AsType[*parlor.TakenError](err); ok {
		return problem{status: http.StatusConflict, kind: "urn:parlor:taken", detail: takenDetail(taken)}
	}
	if _, ok := errors.AsType[*desk.TooOftenError](err); ok {
		return problem{status: http.StatusTooManyRequests, detail: "That was tried very often. Wait a few minutes, then try again."}
	}
	if _, ok := errors.AsType[desk.Faults](err); ok {
		return problem{status: http.StatusUnprocessableEntity, detail: "validation failed"}
	}
	if _, ok := errors.AsType[*parlor.ThrottledError](err); ok {
		return problem{status: http.StatusServiceUnavailable, detail: "The calendar service asks us to wait a little."}
	}
	for _, row := range table {
		if errors.Is(err, row.err) {
			return problem{status: row.status, kind: row.kind, detail: row.detail}
		}
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return problem{status: http.StatusBadGateway, detail: "The calendar service did not answer. Try again in a moment."}
	}
	return problem{status: http.StatusInternalServerError, detail: "Something went wrong on our side. It has been written down."}
}
