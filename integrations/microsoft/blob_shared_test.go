//go:build shareddata

package microsoft

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

func TestRecordedTeamsBlocksAreKeptByteForByte(t *testing.T) {
	bodies := map[string]string{}
	files, err := filepath.Glob(filepath.Join(sharedData(t), "invitations", "teams-*"))
	if err != nil || len(files) < 4 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		bodies[filepath.Base(file)] = content(t, file)
	}
	var event struct{ Body struct{ Content string } }
	if err := json.Unmarshal([]byte(content(t, filepath.Join(sharedData(t), "graph", "event-teams-block-2026.json"))), &event); err != nil {
		t.Fatal(err)
	}
	bodies["an event of 2026"] = event.Body.Content
	for name, body := range bodies {
		keepsAndGuards(t, name, body)
	}
}

func content(t *testing.T, file string) string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
