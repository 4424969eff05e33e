//go:build shareddata

package caldav

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/parlor"
)

// unfit are the files that are no iCalendar 2.0, or none that fits together.
var unfit = map[string]bool{"android-vcal1-webex-qp.ics": true}

// TestRecordedCalendarsComeBack puts our link into every event of every recorded calendar, takes it out again, and wants the
// same lines in the same order.
func TestRecordedCalendarsComeBack(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared(t), "ics", "*.ics"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	events, fit := 0, 0
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p := testPort()
			_, err = components(string(raw))
			if unfit[filepath.Base(file)] {
				if _, bad := parseObject(string(raw), "", p.atlas); !errors.Is(bad, errBroken) {
					t.Errorf("taken for a calendar object: %v", bad)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			fit++
			for _, object := range objects(t, string(raw)) {
				if beyond(p, object) {
					leftAlone(t, p, object)
					continue
				}
				for _, of := range parts(t, parsed(t, p, object)) {
					comesBack(t, p, object, of)
					events++
				}
			}
		})
	}
	if fit < len(files)-len(unfit) || events < 100 {
		t.Errorf("%d of %d files, %d events", fit, len(files), events)
	}
}

// beyond says whether an object is against its own rules: no beginning, or one that ends before it begins.
func beyond(p *port, text string) bool {
	_, err := parseObject(text, p.zone, p.atlas)
	return err != nil && (strings.Contains(err.Error(), "no DTSTART") || strings.Contains(err.Error(), "DURATION cannot"))
}

func leftAlone(t *testing.T, p *port, text string) {
	t.Helper()
	if got := p.events("/x/", "x.ics", text); len(got) != 1 || !got[0].Broken {
		t.Errorf("read as %+v", got)
	}
}

func comesBack(t *testing.T, p *port, text, of string) {
	t.Helper()
	with := injected(t, p, text, of)
	o := parsed(t, p, with)
	e := p.event(parlor.EventRef{}, o, *o.part(of))
	if _, _, found := parlor.Find(e.Body, testOrigin); !found || e.Stamp == "" {
		t.Errorf("no link in\n%s", with)
	}
	for _, part := range strings.SplitAfter(with, "\n") {
		if part = strings.TrimRight(part, "\r\n"); len(part) > 75 && !strings.Contains(text, part) {
			t.Errorf("a line of ours has %d octets: %s", len(part), part)
		}
	}
	without := stripped(t, p, with, of)
	if diff := cmp.Diff(written(text), written(without)); diff != "" {
		t.Errorf("event %q (-before +after):\n%s", of, diff)
	}
}

// objects cuts a calendar of many events into calendar objects, each with the zones of all.
func objects(t *testing.T, text string) []string {
	t.Helper()
	all, err := components(text)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d calendars, %v", len(all), err)
	}
	head, tail := all[0].from, all[0].to
	shared := text[head:all[0].tail]
	byUID, order := map[string]string{}, []string{}
	for _, c := range all[0].inner {
		if c.name != "VEVENT" {
			shared += text[c.from:c.to]
			continue
		}
		uid := c.value("UID")
		if uid == "" {
			uid = strconv.Itoa(c.from) // each one for itself
		}
		if byUID[uid] == "" {
			order = append(order, uid)
		}
		byUID[uid] += text[c.from:c.to]
	}
	end := text[strings.LastIndex(text[:tail], "END:VCALENDAR"):tail]
	var out []string
	for _, uid := range order {
		out = append(out, shared+byUID[uid]+end)
	}
	return out
}

func shared(t *testing.T) string {
	t.Helper()
	if dir := os.Getenv("PARLOR_SHARED_DATA"); dir != "" {
		return dir
	}
	return filepath.Join("..", "..", "..", "shared", "data")
}
