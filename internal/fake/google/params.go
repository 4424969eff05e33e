package google

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// notWithSync are the list parameters that a sync token excludes.
var notWithSync = []string{
	"iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "timeMin", "timeMax", "updatedMin",
}

// updatedMinReach is how far back updatedMin may lie.
const updatedMinReach = 30 * 24 * time.Hour

// listParams are the checked parameters of events.list and events.watch.
type listParams struct {
	query            url.Values
	size             int
	single           bool
	showDeleted      bool
	order            string
	timeMin, timeMax time.Time
	updatedMin       time.Time
	syncToken        string
	pageToken        string
	zone             string
}

func parseList(q url.Values, now time.Time) (p listParams, err error) {
	p = listParams{query: q, syncToken: q.Get("syncToken"), pageToken: q.Get("pageToken"), order: q.Get("orderBy"), zone: q.Get("timeZone")}
	if p.size, err = pageSize(q, 250, 2500); err != nil {
		return p, err
	}
	for name, to := range map[string]*bool{"singleEvents": &p.single, "showDeleted": &p.showDeleted} {
		if err := parseBool(q, name, to); err != nil {
			return p, err
		}
	}
	for name, to := range map[string]*time.Time{"timeMin": &p.timeMin, "timeMax": &p.timeMax, "updatedMin": &p.updatedMin} {
		if err := parseTime(q, name, to); err != nil {
			return p, err
		}
	}
	return p, p.check(now)
}

// check refuses parameters that do not go together.
func (p listParams) check(now time.Time) error {
	switch {
	case p.order != "" && p.order != "startTime" && p.order != "updated":
		return param("orderBy", "")
	case p.order == "startTime" && !p.single:
		return param("orderBy", "The requested ordering is not available for the particular query.")
	case !p.timeMin.IsZero() && !p.timeMax.IsZero() && !p.timeMin.Before(p.timeMax):
		return fault("timeRangeEmpty", "")
	case !p.updatedMin.IsZero() && p.updatedMin.Before(now.Add(-updatedMinReach)):
		return fault("updatedMinTooLongAgo", "")
	case p.syncToken == "":
		return nil
	}
	for _, name := range notWithSync {
		if p.query.Has(name) {
			return param(name, "Sync token cannot be used with "+name+".")
		}
	}
	if p.query.Get("showDeleted") == "false" {
		return param("showDeleted", "Sync token cannot be used with showDeleted set to false.")
	}
	return nil
}

func pageSize(q url.Values, usual, most int) (int, error) {
	if !q.Has("maxResults") {
		return usual, nil
	}
	n, err := strconv.Atoi(q.Get("maxResults"))
	if err != nil || n < 1 {
		return 0, param("maxResults", "")
	}
	return min(n, most), nil
}

func parseBool(q url.Values, name string, to *bool) error {
	switch q.Get(name) {
	case "", "false":
	case "true":
		*to = true
	default:
		return param(name, "")
	}
	return nil
}

func parseTime(q url.Values, name string, to *time.Time) (err error) {
	if !q.Has(name) {
		return nil
	}
	if *to, err = time.Parse(time.RFC3339, q.Get(name)); err != nil {
		return param(name, "Bad Request")
	}
	return nil
}

// hash binds a token to the calendar, the person and the parameters but those left out.
func (p listParams) hash(calendar, email string, without ...string) string {
	q := url.Values{}
	without = append(without, "alt", "prettyPrint", "fields", "key", "quotaUser", "pageToken")
	for k, v := range p.query {
		if !slices.Contains(without, k) {
			q[k] = v
		}
	}
	sum := sha256.Sum256([]byte(calendar + "\n" + email + "\n" + q.Encode()))
	return hex.EncodeToString(sum[:8])
}

// syncHash is the hash a sync token carries: what may not be sent along with it is not part of it.
func (p listParams) syncHash(calendar, email string) string {
	return p.hash(calendar, email, append(slices.Clone(notWithSync), "syncToken", "showDeleted")...)
}
