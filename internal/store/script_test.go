package store

import (
	"strings"
	"testing"

	"parlor/internal/parlor"
)

// The servers of storetest refuse keys of two slots; this says why they need not: all keys of a script have one tag, the
// first braces, whatever a calendar calls itself.
func TestScriptsTouchOneAccount(t *testing.T) {
	const id, odd = parlor.AccountID("ada"), "}{x}:"
	for name, keys := range map[string][]string{
		"acquire":      {leaseKey(id, odd), fenceKey(id, odd)},
		"finish_pass":  {calendarKey(id, odd), leaseKey(id, odd)},
		"log_once":     {onceKey(id, odd), logKey(id)},
		"put_meeting":  meetingKeys(id, odd),
		"drop_meeting": meetingKeys(id, odd),
		"calendars":    {calendarsKey(id), calendarKey(id, odd)},
		"one":          {accountKey(id), settingsKey(id), roomKey(id), sessionsKey(id), writesKey(id, odd), tokenKey(id, odd), PaceKey(id, odd), slotsKey(id, odd)},
		"wait":         waitingKeys(id, odd),
		"begin_grant":  {codeKey(id, odd), grantKey(id, odd), grantsKey(id), sessionsKey(id)},
	} {
		for _, key := range keys {
			if !strings.HasPrefix(key, "parlor:{ada}:") {
				t.Errorf("%s: %s", name, key)
			}
		}
	}
}

func TestEveryScriptStatesItsContract(t *testing.T) {
	files, err := luaFiles.ReadDir("lua")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, f := range files {
		text, err := luaFiles.ReadFile("lua/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		head, _, _ := strings.Cut(string(text), "\nlocal ")
		for _, word := range []string{"-- KEYS 1 ", "Returns "} {
			if !strings.Contains(head, word) {
				t.Errorf("%s does not say %q", f.Name(), word)
			}
		}
	}
}
