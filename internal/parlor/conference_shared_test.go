//go:build shareddata

package parlor

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// sharedData finds the folder of recorded data: PARLOR_SHARED_DATA, or ../shared/data beside the repository.
func sharedData(t *testing.T) string {
	t.Helper()
	if path := os.Getenv("PARLOR_SHARED_DATA"); path != "" {
		return path
	}
	return filepath.Join("..", "..", "..", "shared", "data")
}

func TestRecordedConferenceLinks(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(sharedData(t), "conference-links.json"))
	if err != nil {
		t.Fatal(err)
	}
	var links []struct {
		Provider  string `json:"provider"`
		URL       string `json:"example_url"`
		IsMeeting bool   `json:"is_meeting"`
	}
	if err := json.Unmarshal(raw, &links); err != nil {
		t.Fatal(err)
	}
	if len(links) < 100 {
		t.Fatalf("only %d links", len(links))
	}
	for _, link := range links {
		for _, text := range []string{link.URL, "Join: " + link.URL + ".", `<p><a href="` + link.URL + `">here</a></p>`} {
			if got, ok := FindConference(text); ok != link.IsMeeting {
				t.Errorf("%s: %s read as %+v, %t", link.Provider, text, got, ok)
			}
		}
	}
}

func TestRecordedInvitations(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(sharedData(t), "invitations", "*"))
	if err != nil || len(files) < 13 {
		t.Fatalf("%d invitations, %v", len(files), err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		body := string(raw)
		if got, ok := FindConference("", body); !ok || got.Provider == "" {
			t.Errorf("%s: read as %+v, %t", filepath.Base(file), got, ok)
		}
		for _, f := range []Format{Text, HTML} {
			if Strip(Insert(body, f, testBlock, false), testOrigin) != body {
				t.Errorf("%s: our block does not come out again as it went in", filepath.Base(file))
			}
		}
	}
}
