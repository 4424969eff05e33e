package zoom

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"time"

	"parlor/internal/parlor"
)

// lateness is how far the time of an event may be from ours. What is older may have been written down and sent again.
const lateness = 5 * time.Minute

// plainToken is what Zoom's challenges look like. Nothing else is signed: the answer to "v0:<time>:<body>" would be the
// signature of a forged event.
var plainToken = regexp.MustCompile(`^[A-Za-z0-9_-]{1,128}$`)

// listener reads webhooks.
type listener struct {
	secret string
	now    func() time.Time
}

// event is what we read of one: of whom it speaks. What changed, the next reading of the room tells.
type event struct {
	Event   string
	Payload struct {
		PlainToken string
		UserID     string `json:"user_id"`
		Object     struct{ ID string }
	}
}

// hear checks an event's signature and time and names the person it is about. One who took the app away is named, too: the
// reading finds out. Without a secret nothing is heard.
// Source: https://developers.zoom.us/docs/api/webhooks/
func (l listener) hear(h http.Header, _ url.Values, body []byte) (parlor.Heard, error) {
	var e event
	if err := json.Unmarshal(body, &e); err != nil {
		return parlor.Heard{}, fmt.Errorf("read event: %w", parlor.ErrInvalid)
	}
	challenge := e.Event == "endpoint.url_validation"
	// The first challenge may come unsigned, before the endpoint counts as ours.
	if signed := h.Get("X-Zm-Signature") != ""; signed || !challenge {
		if err := l.check(h, body); err != nil {
			return parlor.Heard{}, err
		}
	}
	switch e.Event {
	case "endpoint.url_validation":
		return l.prove(e.Payload.PlainToken)
	case "user.updated", "user.settings_updated":
		return about(e.Payload.Object.ID, h), nil
	case "app_deauthorized":
		return about(e.Payload.UserID, h), nil
	}
	return parlor.Heard{}, nil
}

func about(subject string, h http.Header) parlor.Heard {
	if subject == "" {
		return parlor.Heard{}
	}
	return parlor.Heard{People: []string{subject}, Once: h.Get("X-Zm-Signature")}
}

// check compares the signature in constant time, and then the time.
func (l listener) check(h http.Header, body []byte) error {
	at := h.Get("X-Zm-Request-Timestamp")
	want := "v0=" + l.sign("v0:"+at+":"+string(body))
	if l.secret == "" || !hmac.Equal([]byte(h.Get("X-Zm-Signature")), []byte(want)) {
		return fmt.Errorf("check event: signature: %w", parlor.ErrInvalid)
	}
	seconds, err := strconv.ParseInt(at, 10, 64)
	if err != nil || l.now().Sub(time.Unix(seconds, 0)).Abs() > lateness {
		return fmt.Errorf("check event: too late: %w", parlor.ErrInvalid)
	}
	return nil
}

// prove answers a challenge.
func (l listener) prove(token string) (parlor.Heard, error) {
	if l.secret == "" || !plainToken.MatchString(token) {
		return parlor.Heard{}, fmt.Errorf("answer challenge: %w", parlor.ErrInvalid)
	}
	reply, err := json.Marshal(map[string]string{"plainToken": token, "encryptedToken": l.sign(token)})
	if err != nil {
		return parlor.Heard{}, fmt.Errorf("answer challenge: %w", err)
	}
	return parlor.Heard{Reply: reply, ReplyType: "application/json"}, nil
}

func (l listener) sign(message string) string {
	mac := hmac.New(sha256.New, []byte(l.secret))
	mac.Write([]byte(message))
	return hex.EncodeToString(mac.Sum(nil))
}
