package door

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"parlor/internal/connect"
	"parlor/internal/parlor"
	"parlor/internal/store"
)

// How long a browser may take to read what is sent to it, and when it comes back after an interruption, ms.
const (
	writeTimeout = 10 * time.Second
	comeBack     = 2000
)

// stream is one page that is kept up to date. Its hall owns what changes.
type stream struct {
	link    parlor.Link
	host    bool
	held    bool // the host's page was the panel of an open meeting
	asks    bool // the guest has asked to come in
	visitor visitor
	since   time.Time
	news    chan event // the latest alone

	ticket   string // at the sitting of the latest round
	standing standing
	last     event
}

// event is one message to a page.
type event struct{ kind, data string }

// stream sends what changes to a page until it is closed (https://html.spec.whatwg.org/multipage/server-sent-events.html).
// Whoever may not know what is behind the door is told to ask no more; so is a browser that was led here by a link, because
// the host's stream is a sign of life (https://www.w3.org/TR/fetch-metadata/#sec-fetch-mode-header).
func (d *Door) stream(k *knock) error {
	if !k.admitted || k.r.Header.Get("Sec-Fetch-Mode") == "navigate" {
		d.protect(k.w.Header())
		k.w.WriteHeader(http.StatusNoContent)
		return nil
	}
	asked := k.r.URL.Query()
	s := &stream{
		link: k.link, host: k.byHost, visitor: k.visitor, since: k.now, news: make(chan event, 1),
		held: k.byHost && asked.Has(holds), asks: !k.byHost && asked.Has(atWait),
	}
	leave, ok := d.enterHall(k.host.ID, s)
	if !ok {
		k.w.WriteHeader(http.StatusServiceUnavailable)
		return nil
	}
	defer leave()
	out := http.NewResponseController(k.w)
	if err := out.SetReadDeadline(time.Time{}); err != nil {
		return fmt.Errorf("keep connection: %w", err)
	}
	d.protect(k.w.Header())
	k.w.Header().Set("Content-Type", "text/event-stream")
	k.w.Header().Set("X-Accel-Buffering", "no") // nginx keeps streams back otherwise
	d.send(k, s, out)
	return nil
}

// send ends when the page is closed or does not read, or the door is; that of a host also when they have signed out.
func (d *Door) send(k *knock, s *stream, out *http.ResponseController) {
	beat := time.NewTicker(d.beat)
	defer beat.Stop()
	text := fmt.Sprintf("retry: %d\n\n", comeBack)
	for {
		if out.SetWriteDeadline(time.Now().Add(writeTimeout)) != nil { //nolint:forbidigo // the network's time, whatever the house's is
			return
		}
		if _, err := k.w.Write([]byte(text)); err != nil || out.Flush() != nil {
			return
		}
		select {
		case e := <-s.news:
			text = "event: " + e.kind + "\ndata: " + e.data + "\n\n"
		case <-beat.C:
			if d.signedOut(k) {
				return
			}
			text = ": still here\n\n"
		case <-k.r.Context().Done():
			return
		case <-d.closed:
			return
		}
	}
}

// signedOut says whether the page is a host's whose session has ended since. When that cannot be asked, it has not.
func (d *Door) signedOut(k *knock) bool {
	if !k.byHost {
		return false
	}
	ctx := k.r.Context()
	session, _ := connect.SessionOf(ctx)
	there, err := d.st.SignedIn(ctx, session.Account, session.ID)
	return err == nil && !there
}

// tell puts an event in the place of one that was not sent yet. Only the hall tells.
func (s *stream) tell(e event) {
	if e == s.last {
		return
	}
	s.last = e
	select {
	case <-s.news:
	default:
	}
	s.news <- e
}

// standingEvent is what a guest's page is told.
func standingEvent(s standing, w words) event {
	data, err := json.Marshal(struct {
		Standing standing `json:"standing"`
		words
	}{s, w})
	if err != nil {
		panic(err) // plain text and times
	}
	return event{"standing", string(data)}
}

// guest is the page as one who waits.
func (s *stream) guest(number string) store.Guest {
	return store.Guest{Ticket: s.ticket, Name: s.visitor.called, Number: number, Since: s.since.UTC()}
}

// waiting says whether it is the page of somebody who has asked to come in and has to wait.
func (s *stream) waiting() bool { return s.asks && s.ticket != "" && s.standing == waits }
