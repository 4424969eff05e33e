//go:build shareddata

package microsoft

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// exchange is one recorded request with its answer; a bare resource has neither.
type exchange struct {
	Request *struct {
		Method, URL string
		Headers     map[string]string
		Body        json.RawMessage
	}
	Response *struct {
		Status  int
		Headers map[string]string
		Body    json.RawMessage
	}
}

// sharedData finds the folder beside the repository, or where PARLOR_SHARED_DATA says.
func sharedData(t *testing.T) string {
	t.Helper()
	if dir := os.Getenv("PARLOR_SHARED_DATA"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	for err == nil && dir != filepath.Dir(dir) {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return filepath.Join(dir, "..", "shared", "data")
		}
		dir = filepath.Dir(dir)
	}
	t.Fatalf("no go.mod above: %v", err)
	return ""
}

// readers hand each recorded thing to the part of the adapter that would meet it.
var readers = map[string]func(t *testing.T, x exchange, raw json.RawMessage){
	"batch-requests.json":                         neverAsked,
	"calendarview-delta-doc-rounds.json":          replayPage,
	"calendarview-delta-empty.json":               replayPage,
	"calendarview-delta-page-empty-nextlink.json": replayPage,
	"calendarview-page.json":                      replayEvents,
	"cancel-event.json":                           neverAsked,
	"create-event.json":                           replayCreate,
	"error-404-itemnotfound.json":                 replayError,
	"error-410-syncstatenotfound.json":            replayError,
	"error-412-irresolvableconflict.json":         replayError,
	"error-429-mailboxconcurrency.json":           replayError,
	"event-teams-block-2026.json":                 replayEvent,
	"events-two.json":                             replayEvents,
	"lifecycle-reauthorization-2026.json":         replayPush,
	"list-calendar-events.json":                   replayEvents,
	"list-calendars.json":                         replayCalendars,
	"mailbox-settings.json":                       neverAsked,
	"message-eventmessagerequest-with-event.json": replayMessage,
	"notification-event.json":                     replayPush,
	"schedule-busy.json":                          replaySchedule,
	"subscription-created.json":                   replayWatch,
}

func TestEveryRecordedPayloadIsReadAsItStands(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(sharedData(t), "graph", "*"))
	if err != nil || len(files) != len(readers) {
		t.Fatalf("%d files, want %d, %v", len(files), len(readers), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			reader, known := readers[filepath.Base(file)]
			if !known {
				t.Fatal("nothing reads it")
			}
			for _, item := range several(t, raw) {
				var x exchange
				if err := json.Unmarshal(item, &x); err != nil {
					t.Fatal(err)
				}
				if x.Response != nil {
					item = x.Response.Body
				}
				reader(t, x, item)
			}
		})
	}
}

// several splits a file that holds a list.
func several(t *testing.T, raw []byte) []json.RawMessage {
	t.Helper()
	var list []json.RawMessage
	if !bytes.HasPrefix(bytes.TrimSpace(raw), []byte("[")) {
		return []json.RawMessage{raw}
	}
	if err := json.Unmarshal(raw, &list); err != nil || len(list) == 0 {
		t.Fatalf("%d items, %v", len(list), err)
	}
	return list
}

// neverAsked is for what the adapter has no use for: it must be JSON, and of an address that no code of ours asks for.
func neverAsked(t *testing.T, x exchange, raw json.RawMessage) {
	t.Helper()
	if len(raw) > 0 && !json.Valid(raw) {
		t.Error("no JSON")
	}
	if x.Request != nil && x.Request.Method != "" && !strings.Contains(x.Request.URL, "cancel") {
		t.Errorf("%s %s has a reader", x.Request.Method, x.Request.URL)
	}
}
