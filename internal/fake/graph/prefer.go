package graph

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// prefer is what a request's Prefer headers ask for. It holds for one request only, also on next and delta links.
type prefer struct {
	zone      *time.Location // nil: UTC
	zoneName  string
	immutable bool
	text      bool
	page      int
	heard     []string
	badZone   string // asked for, and there is none
}

func preferOf(r *http.Request) (p prefer) {
	for _, line := range r.Header.Values("Prefer") {
		for _, part := range strings.Split(line, ",") {
			p.hear(strings.TrimSpace(part))
		}
	}
	return p
}

func (p *prefer) hear(part string) {
	name, value, _ := strings.Cut(part, "=")
	value = strings.Trim(value, `"`)
	switch strings.ToLower(name) {
	case "outlook.timezone":
		loc, ok := zoneOf(value)
		if !ok {
			p.badZone = value
			return
		}
		p.zone, p.zoneName = loc, value
	case "idtype":
		if !strings.EqualFold(value, "ImmutableId") {
			return
		}
		p.immutable = true
	case "odata.maxpagesize":
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 {
			return
		}
		p.page = n
	case "outlook.body-content-type":
		p.text = strings.EqualFold(value, "text")
	default:
		return
	}
	p.heard = append(p.heard, part)
}

// applied is the Preference-Applied header.
func (p prefer) applied() string { return strings.Join(p.heard, ", ") }
