//go:build shareddata

package parlor

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// recordedTeams are all bodies with a Teams invitation in the recorded data, by where they are.
func recordedTeams(t *testing.T) map[string]string {
	t.Helper()
	bodies := map[string]string{}
	for _, pattern := range []string{"invitations/teams-*", "graph/*.json"} {
		files, err := filepath.Glob(filepath.Join(sharedData(t), pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(file, ".json") {
				bodies[filepath.Base(file)] = string(raw)
				continue
			}
			var v any
			if err := json.Unmarshal(raw, &v); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			bodiesIn(v, filepath.Base(file), bodies)
		}
	}
	return bodies
}

// bodiesIn collects what Graph returned as body.content, where there is Teams in it.
func bodiesIn(v any, at string, into map[string]string) {
	switch v := v.(type) {
	case map[string]any:
		if text, ok := v["content"].(string); ok && strings.Contains(text, "teams.microsoft.com") {
			into[at] = text
		}
		for name, inner := range v {
			bodiesIn(inner, at+"/"+name, into)
		}
	case []any:
		for _, inner := range v {
			bodiesIn(inner, at, into)
		}
	}
}

func TestRecordedTeamsInvitationsStayWhole(t *testing.T) {
	bodies := recordedTeams(t)
	if len(bodies) < 7 {
		t.Fatalf("only %d bodies", len(bodies))
	}
	for name, body := range bodies {
		f := GuessFormat(body)
		from, ok := teamsPart(body)
		if !ok {
			t.Errorf("%s: no Teams part is found", name)
			continue
		}
		with := Insert(body, f, testBlock, false)
		for what, got := range map[string]string{"inserted": with, "replaced": Replace(with, testOrigin, f, otherBlock)} {
			at, _, found := Find(got, testOrigin)
			if !strings.HasPrefix(got, body[:from]) || !strings.HasSuffix(got, body[from:]) {
				t.Errorf("%s: %s: what was there is not there byte for byte", name, what)
			}
			if !found || at.To > len(got)-len(body[from:]) {
				t.Errorf("%s: %s: the block does not stand above the Teams part", name, what)
			}
			if Strip(got, testOrigin) != body {
				t.Errorf("%s: %s: does not come out again as it went in", name, what)
			}
		}
		if c, ok := FindConference("", Strip(with, testOrigin)); !ok || c.Provider != teamsName {
			t.Errorf("%s: read as %+v", name, c)
		}
	}
}
