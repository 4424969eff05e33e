package parlor

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The texts of the guard about the meetings of TestChooseEveryCombination.
const (
	takenText    = "taken by “Meeting 1” on Mon 5 Jan, 10:00 UTC (5 minutes kept free around it)"
	unmetText    = "eve@other.example has not met you here before"
	conflictText = "Your room is also " + takenText + "."
	waitsText    = "Guests wait in the waiting room, because " + unmetText + "."
)

func TestChooseEveryCombination(t *testing.T) {
	clashing := NewAgenda([]Meeting{numbered(series(t, "UTC", "2026-01-05 10:00"), "1")}, day("2026-01-01"))
	m := numbered(series(t, "UTC", "2026-01-05 10:30"), "2")
	for _, overlap := range []GuardRule{GuardOneTime, GuardWarn, GuardAllow} {
		for _, unfamiliar := range []GuardRule{GuardOneTime, GuardWaitingRoom, GuardAllow} {
			for _, clash := range []bool{true, false} {
				for _, strange := range []bool{true, false} {
					s := DefaultSettings()
					s.UsePMIForScheduled, s.Guard.Overlap, s.Guard.Unfamiliar = true, overlap, unfamiliar
					agenda, strangers := NewAgenda(nil, day("2026-01-01")), []string(nil)
					if clash {
						agenda = clashing
					}
					if strange {
						strangers = []string{"eve@other.example"}
					}
					name := fmt.Sprintf("overlap %s (%t), unfamiliar %s (%t)", overlap, clash, unfamiliar, strange)
					want := combination(clash, strange, overlap, unfamiliar)
					if diff := cmp.Diff(want, Choose(s, m, nil, true, agenda, strangers)); diff != "" {
						t.Errorf("%s: %s", name, diff)
					}
				}
			}
		}
	}
}

// combination is what the guard says, as the settings' own words promise it.
func combination(clash, strange bool, overlap, unfamiliar GuardRule) Choice {
	apart, aside := clash && overlap == GuardOneTime, strange && unfamiliar == GuardOneTime
	switch {
	case apart && aside:
		return Choice{Kind: OneTime, Why: Reason{"overlap", "A one-time number, because your room is " + takenText + ", and because " + unmetText + "."}}
	case apart:
		return Choice{Kind: OneTime, Why: Reason{"overlap", "A one-time number, because your room is " + takenText + "."}}
	case aside:
		return Choice{Kind: OneTime, Why: Reason{"unfamiliar", "A one-time number, because " + unmetText + "."}}
	}
	c := Choice{Kind: InRoom, Why: ReasonRoomBySetting}
	if clash && overlap == GuardWarn {
		c.Conflict = &Reason{"overlap", conflictText}
	}
	if strange && unfamiliar == GuardWaitingRoom {
		c.Waits = &Reason{"unfamiliar_waits", waitsText}
	}
	return c
}

func TestChooseBeforeTheGuard(t *testing.T) {
	yes, no := true, false
	tests := []struct {
		name           string
		setting, ready bool
		wish           *bool
		want           Reason
	}{
		{"off", false, true, nil, ReasonOneTimeBySetting},
		{"on, not wished", true, true, &no, ReasonOneTimeAsked},
		{"on, room away", true, false, nil, ReasonRoomUnavailable},
		{"off, wished, room away", false, false, &yes, ReasonRoomUnavailable},
		{"off, wished", false, true, &yes, Reason{"unfamiliar", "A one-time number, because " + unmetText + "."}},
	}
	for _, tt := range tests {
		s := DefaultSettings()
		s.UsePMIForScheduled, s.Guard.Unfamiliar = tt.setting, GuardOneTime
		got := Choose(s, numbered(series(t, "UTC", "2026-01-05 10:30"), "2"), tt.wish, tt.ready,
			NewAgenda(nil, day("2026-01-01")), []string{"eve@other.example"})
		if diff := cmp.Diff(Choice{Kind: OneTime, Why: tt.want}, got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func TestWaitingFollowsTheGuests(t *testing.T) {
	m := Meeting{Kind: InRoom, State: Scheduled}
	changed := func(change func(*Meeting)) Meeting {
		other := m
		change(&other)
		return other
	}
	three := []string{"eve@other.example", "mal@other.example", "sue@third.example"}
	tests := []struct {
		name      string
		m         Meeting
		rule      GuardRule
		strangers []string
		want      string // what is said of the guests, "" when none wait
	}{
		{"one stranger", m, GuardWaitingRoom, three[:1], unmetText},
		{"two", m, GuardWaitingRoom, three[:2], "eve@other.example and one other guest have not met you here before"},
		{"three", m, GuardWaitingRoom, three, "eve@other.example and 2 other guests have not met you here before"},
		{"none", m, GuardWaitingRoom, nil, ""},
		{"the number is there already", m, GuardOneTime, three[:1], unmetText},
		{"allowed", m, GuardAllow, three, ""},
		{"not in the room", changed(func(m *Meeting) { m.Kind = OneTime }), GuardWaitingRoom, three, ""},
		{"cancelled", changed(func(m *Meeting) { m.State = MeetingCancelled }), GuardWaitingRoom, three, ""},
	}
	for _, tt := range tests {
		s := DefaultSettings()
		s.Guard.Unfamiliar = tt.rule
		got := Waiting(s, tt.m, tt.strangers)
		if said := got != nil && strings.Contains(got.Text, " "+tt.want+"."); (got != nil) != (tt.want != "") || got != nil && !said {
			t.Errorf("%s: %+v, want %q", tt.name, got, tt.want)
		}
	}
}

func TestExplainedTellsAllThereIs(t *testing.T) {
	why, conflict, waits := Reason{"a", "A."}, &Reason{"b", "B."}, &Reason{"c", "C."}
	for want, m := range map[Reason]Meeting{
		why:               {Why: why},
		{"b", "A. B."}:    {Why: why, Conflict: conflict},
		{"c", "A. C."}:    {Why: why, Waits: waits},
		{"b", "A. B. C."}: {Why: why, Conflict: conflict, Waits: waits},
	} {
		if got := m.Explained(); got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}

func TestWaitsAtOneOccurrence(t *testing.T) {
	all, one := &Reason{"unfamiliar", "All."}, &Reason{"unfamiliar", "One."}
	tuesday := Slot{day("2026-01-06"), day("2026-01-07")}
	m := Meeting{Overrides: []Override{{Original: tuesday.Start, Slot: &tuesday, Waits: one}}}
	if got := m.WaitsAt(tuesday); got != one {
		t.Errorf("the occurrence: %+v", got)
	}
	if got := m.WaitsAt(Slot{Start: day("2026-01-13")}); got != nil {
		t.Errorf("another occurrence: %+v", got)
	}
	m.Waits, m.Overrides[0].Waits = all, nil
	if got := m.WaitsAt(tuesday); got != all {
		t.Errorf("as the series has it: %+v", got)
	}
}
