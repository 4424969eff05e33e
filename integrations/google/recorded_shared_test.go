//go:build shareddata

package google

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"testing"
)

// exchange is one recorded request with its answer; a bare resource has neither.
type exchange struct {
	Request *struct {
		Method  string
		URL     string
		Headers map[string]string
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

func TestEveryRecordedPayloadIsReadAsItStands(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(sharedData(t), "google", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range several(t, raw) {
				replay(t, filepath.Base(file), item)
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

// replay hands one recorded thing to the part of the adapter that would meet it.
func replay(t *testing.T, file string, raw json.RawMessage) {
	t.Helper()
	var x exchange
	if err := json.Unmarshal(raw, &x); err != nil {
		t.Fatal(err)
	}
	switch {
	case x.Response == nil && x.Request == nil:
		replayEvent(t, raw)
	case x.Response == nil:
		replayPush(t, x.Request.Headers)
	case x.Response.Status >= 400:
		replayError(t, file, x)
	case x.Response.Status == http.StatusNoContent:
		replayDone(t, x)
	default:
		replayBody(t, file, x)
	}
}

func replayBody(t *testing.T, file string, x exchange) {
	t.Helper()
	var body struct{ Kind string }
	if err := json.Unmarshal(x.Response.Body, &body); err != nil {
		t.Fatal(err)
	}
	switch body.Kind {
	case "calendar#event":
		replayEvent(t, x.Response.Body)
	case "calendar#events":
		replayList(t, x.Response.Body)
	case "calendar#calendarList":
		replayCalendars(t, x.Response.Body)
	case "api#channel":
		replayWatch(t, x.Response.Body)
	default:
		t.Errorf("%s: nothing reads kind %q", file, body.Kind)
	}
}
