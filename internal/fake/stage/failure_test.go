package stage

import "testing"

func TestFailurePaths(t *testing.T) {
	const p = "/calendar/v3/calendars/a@b/events/x"
	for pattern, want := range map[string]bool{
		"": true, "/calendar/v3/": true, "/calendar/v3/*": true, "/calendar/v3/calendars/*/events/*": true,
		"/calendar/v3/calendars/*/events": false, "/token": false, p: true,
	} {
		if got := matches(pattern, p); got != want {
			t.Errorf("matches(%q) = %v", pattern, got)
		}
	}
}
