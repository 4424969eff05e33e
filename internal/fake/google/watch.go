package google

import (
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"parlor/internal/fake/calendar"
	"parlor/internal/fake/stage"
)

// usualChannelLife is how long a channel lives that asked for nothing.
const usualChannelLife = 7 * 24 * time.Hour

var channelID = regexp.MustCompile(`^[A-Za-z0-9\-_+/=]{1,64}$`)

// channelBody is the body of events.watch and channels.stop.
type channelBody struct {
	ID         string            `json:"id"`
	Type       string            `json:"type"`
	Address    string            `json:"address"`
	Token      string            `json:"token"`
	Expiration json.Number       `json:"expiration"` // Unix milliseconds, a string or a number
	ResourceID string            `json:"resourceId"`
	Params     map[string]string `json:"params"`
}

// watch is events.watch.
func (s *Server) watch(w http.ResponseWriter, r *http.Request, c caller) error {
	entry, err := s.open(r, c, readScopes)
	if err != nil {
		return err
	}
	p, err := parseList(r.URL.Query(), s.now())
	if err != nil {
		return err
	}
	if p.syncToken != "" {
		if _, err := s.readSync(p, entry, c); err != nil {
			return err
		}
	}
	body, err := readChannel(r)
	if err != nil {
		return err
	}
	ch, err := s.channel(body, entry, c, r.URL.Path)
	if err != nil {
		return err
	}
	if !s.push.add(ch) {
		return fault("channelIdNotUnique", "")
	}
	writeChannel(w, ch)
	return nil
}

func writeChannel(w http.ResponseWriter, ch *channel) {
	reply := map[string]any{
		"kind": "api#channel", "id": ch.id, "resourceId": ch.resource, "resourceUri": ch.uri,
		"expiration": strconv.FormatInt(ch.until.UnixMilli(), 10),
	}
	if ch.token != "" {
		reply["token"] = ch.token
	}
	writeJSON(w, http.StatusOK, reply)
}

func readChannel(r *http.Request) (b channelBody, err error) {
	if err := json.NewDecoder(io.LimitReader(r.Body, maxBody)).Decode(&b); err != nil {
		return b, fault("parseError", "")
	}
	return b, nil
}

// channel checks what a watch asks for.
func (s *Server) channel(b channelBody, entry calendar.Entry, c caller, path string) (*channel, error) {
	switch {
	case b.ID == "" || b.Type == "" || b.Address == "":
		return nil, fault("required", "")
	case !channelID.MatchString(b.ID):
		return nil, fault("invalid", "Invalid channel id")
	case b.Type != "web_hook" && b.Type != "webhook":
		return nil, fault("invalid", "Unknown channel type")
	case len(b.Token) > 256:
		return nil, fault("invalid", "Channel token is too long")
	case !stage.AllowedHook(b.Address):
		return nil, fault("push.webhookUrlNotHttps", "WebHook callback must be HTTPS: "+b.Address)
	}
	until, err := s.channelEnd(b)
	if err != nil {
		return nil, err
	}
	sum := sha1.Sum([]byte(entry.ID))
	return &channel{
		id: b.ID, token: b.Token, address: b.Address, user: c.email, calendar: entry.ID, until: until,
		resource: base64.RawURLEncoding.EncodeToString(sum[:]),
		uri:      s.Origin() + path[:len(path)-len("/watch")] + "?alt=json",
	}, nil
}

// channelEnd is when a channel ends: as asked, but within what the server allows.
func (s *Server) channelEnd(b channelBody) (time.Time, error) {
	now := s.now()
	end := now.Add(usualChannelLife)
	if ttl := b.Params["ttl"]; ttl != "" {
		n, err := strconv.Atoi(ttl)
		if err != nil || n < 1 {
			return end, fault("invalid", fmt.Sprintf("Invalid ttl: %q", ttl))
		}
		end = now.Add(time.Duration(n) * time.Second)
	}
	if b.Expiration != "" {
		ms, err := b.Expiration.Int64()
		if err != nil || !time.UnixMilli(ms).After(now) {
			return end, fault("invalid", "Invalid channel expiration")
		}
		end = time.UnixMilli(ms)
	}
	if most := now.Add(stage.Or(s.opt.ChannelLife, 30*24*time.Hour)); end.After(most) {
		end = most
	}
	return end.Truncate(time.Second), nil
}

// stop is channels.stop: only the same person ends a channel, with both of its ids.
func (s *Server) stop(w http.ResponseWriter, r *http.Request, c caller) error {
	b, err := readChannel(r)
	if err != nil {
		return err
	}
	if b.ID == "" || b.ResourceID == "" {
		return fault("required", "")
	}
	if !s.push.drop(b.ID, b.ResourceID, c.email) {
		return fault("notFound", fmt.Sprintf("Channel '%s' not found for project", b.ID))
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
