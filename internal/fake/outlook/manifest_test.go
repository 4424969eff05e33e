package outlook

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/fake/stage"
)

func TestEditorInstallsTheManifest(t *testing.T) {
	s := newSite(t)
	res, err := http.Get(s.url + "/calendar/new?user=" + ada)
	if err != nil {
		t.Fatal(err)
	}
	policy := res.Header.Get("Content-Security-Policy")
	got := s.facts(s.read(res, http.StatusOK))["addin"]
	icon := s.portal + "/32.png"
	want := map[string]any{
		"id": theID, "name": "Parlor", "shared": true, "problem": "", "origins": []any{s.portal},
		"functions": s.portal + "/addin/commands", "handlers": s.portal + "/addin/commands",
		"events": []any{map[string]any{"type": "OnNewAppointmentOrganizer", "function": "onNew"}},
		"mobile": []any{map[string]any{"id": "phone", "label": "Add a Parlor meeting", "description": "", "icon": icon, "pane": "", "function": "addMeeting"}},
		"commands": []any{
			map[string]any{"id": "schedule", "label": "Schedule a meeting", "description": "With your room", "icon": icon, "pane": s.portal + "/addin/pane", "function": ""},
			map[string]any{"id": "add", "label": "Add a Parlor meeting", "description": "", "icon": icon, "pane": "", "function": "addMeeting"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(policy, "frame-src "+s.portal) || !strings.Contains(policy, "script-src 'self';") {
		t.Errorf("policy is %s", policy)
	}
}

func TestBrokenManifestIsExplained(t *testing.T) {
	cases := []struct {
		name, old, with, says string
		status                int
	}{
		{"not there", "", "", "could not be read: fetch manifest: status 404", http.StatusNotFound},
		{"cut off", "</OfficeApp>", "", "not valid: parse manifest", 0},
		{"no overrides", "VersionOverrides", "Something", "no VersionOverrides", 0},
		{"no button", "AppointmentOrganizerCommandSurface", "MessageComposeCommandSurface", "no button", 0},
		{"unknown label", `resid="schedule"/><Supertip>`, `resid="nothing"/><Supertip>`, "lacks a label", 0},
		{"unknown pane", `resid="pane"`, `resid="nothing"`, "does nothing", 0},
		{"address that runs", "{origin}/addin/pane", "javascript:alert(1)", "is not an address", 0},
		{"too large", "<Id>", strings.Repeat(" ", manifestMost) + "<Id>", "larger than 256 KB", 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t)
			s.manifest = strings.ReplaceAll(strings.ReplaceAll(manifestText, c.old, c.with), "{origin}", s.portal)
			s.status = stage.Or(c.status, http.StatusOK)
			found, _ := s.facts(s.visit("/calendar/new?user="+ada, http.StatusOK))["addin"].(map[string]any)
			if problem, _ := found["problem"].(string); !strings.Contains(problem, c.says) || found["commands"] != nil {
				t.Errorf("problem %q, commands %v; want one with %q", problem, found["commands"], c.says)
			}
		})
	}
}

func TestOfficeScriptIsOneClassicScript(t *testing.T) {
	s := newSite(t)
	script := s.visit("/office.js", http.StatusOK)
	if !strings.HasPrefix(script, "(() => {\n") || !strings.HasSuffix(script, "})();\n") {
		t.Errorf("script is not one function: %.60s", script)
	}
	for _, line := range strings.Split(script, "\n") {
		if strings.HasPrefix(line, "import ") || strings.HasPrefix(line, "export ") {
			t.Errorf("line of a module: %s", line)
		}
	}
	s.visit("/pages/host.js", http.StatusOK)
	s.visit("/pages/editor.html", http.StatusNotFound)
}
