package caldav

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// largest is how many bytes of one calendar object are read; servers themselves stop at about ten million.
const largest = 16 << 20

var errBroken = errors.New("calendar object is broken")

// object is one calendar object resource: a single event, or a series with all that is different about it, of one UID (RFC
// 4791, section 4.1).
type object struct {
	text   string
	zones  *zones
	master *component  // nil when the person was invited to single occurrences only
	others []component // occurrences with something of their own
}

// parseObject reads a calendar object. errBroken: it is none that we may touch. No event at all is no error: it is a task.
func parseObject(text, floating string, a *atlas) (object, error) {
	if len(text) > largest {
		return object{}, fmt.Errorf("%w: longer than %d bytes", errBroken, largest)
	}
	all, err := components(text)
	switch {
	case err != nil:
		return object{}, fmt.Errorf("%w: %w", errBroken, err)
	case len(all) != 1 || all[0].name != "VCALENDAR":
		return object{}, fmt.Errorf("%w: not one calendar", errBroken)
	case all[0].value("VERSION") != "2.0" && all[0].value("VERSION") != "": // some leave it out
		return object{}, fmt.Errorf("%w: version %.10q", errBroken, all[0].value("VERSION"))
	}
	o := object{text: text, zones: newZones(text, all[0], floating, a)}
	uid := ""
	for i, c := range all[0].inner {
		if c.name != "VEVENT" {
			continue
		}
		if i > 0 && uid != "" && c.value("UID") != uid {
			return object{}, fmt.Errorf("%w: several UIDs", errBroken)
		}
		uid = c.value("UID")
		if err := o.add(c); err != nil {
			return object{}, err
		}
	}
	return o, nil
}

func (o *object) add(c component) error {
	if _, _, err := o.times(c); err != nil {
		return fmt.Errorf("%w: %w", errBroken, err)
	}
	at, ok := c.line("RECURRENCE-ID")
	switch {
	case !ok && o.master != nil:
		return fmt.Errorf("%w: two masters", errBroken)
	case !ok:
		o.master = &c
		return nil
	}
	original, err := o.zones.moment(at)
	if err != nil {
		return fmt.Errorf("%w: %w", errBroken, err)
	}
	for _, other := range o.others {
		if same, _ := o.original(other); same.Time.Equal(original.Time) {
			return fmt.Errorf("%w: one occurrence twice", errBroken)
		}
	}
	o.others = append(o.others, c)
	return nil
}

func (o *object) empty() bool { return o.master == nil && len(o.others) == 0 }

// original is when the series had an occurrence.
func (o *object) original(c component) (parlor.Moment, error) {
	l, _ := c.line("RECURRENCE-ID")
	return o.zones.moment(l)
}

// mark names an occurrence within its object, by when the series had it.
func mark(m parlor.Moment) string {
	if m.AllDay {
		return m.Time.Format(dateForm)
	}
	return m.Time.UTC().Format(utcForm)
}

// part finds a component by the mark of its occurrence, "" for the master; nil when it is not there.
func (o *object) part(of string) *component {
	if of == "" {
		return o.master
	}
	for i := range o.others {
		if m, err := o.original(o.others[i]); err == nil && mark(m) == of {
			return &o.others[i]
		}
	}
	return nil
}

// version is a hash of what one event says. It stands in the place of the server's etag, which is one for a whole series,
// and which some servers change without a reason or keep in spite of one. Folds and line ends do not count, nor does
// DTSTAMP, which some servers write anew with each answer.
func (o *object) version(c component) string {
	h := sha256.New()
	for raw := range slices.Values(contentLines(o.text[c.from:c.to])) {
		if raw.name != "DTSTAMP" {
			_, _ = fmt.Fprintf(h, "%s:%s\n", raw.head, raw.value)
		}
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:12])
}

// times are when a component begins and ends. Without an end it takes no time, or a day (RFC 5545, section 3.6.1).
func (o *object) times(c component) (start, end parlor.Moment, err error) {
	l, ok := c.line("DTSTART")
	if !ok {
		return start, end, errors.New("no DTSTART")
	}
	if start, err = o.zones.moment(l); err != nil {
		return start, end, err
	}
	if l, ok = c.line("DTEND"); ok {
		end, err = o.zones.moment(l)
		if err == nil && end.AllDay != start.AllDay {
			err = errors.New("DTEND is of another kind than DTSTART")
		}
		return start, end, err
	}
	end = start
	if l, ok = c.line("DURATION"); ok {
		end, err = o.zones.after(start, strings.TrimSpace(l.value))
		return start, end, err
	}
	if start.AllDay {
		end.Time = start.Time.Add(24 * time.Hour)
	}
	return start, end, nil
}
