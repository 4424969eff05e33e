package parlor

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func ptr[T any](v T) *T { return &v }

// lived is a room that was changed again and again: its PMI a day ago, its passcode an hour ago.
func lived(t *testing.T) (first, last Room) {
	t.Helper()
	first = testRoom
	first.PasscodeVersion = 1
	second, _ := first.With(RoomChange{PMI: ptr("4815162342"), GraceDays: ptr(3)}, testNow.Add(-24*time.Hour))
	last, _ = second.With(RoomChange{Passcode: ptr("another")}, testNow.Add(-time.Hour))
	return first, last
}

func TestWhatOpensARoom(t *testing.T) {
	first, room := lived(t)
	soon := Meeting{
		Number: "12345678901", Kind: InRoom, State: Scheduled,
		Start: Moment{Time: testNow.Add(time.Hour)}, End: Moment{Time: testNow.Add(2 * time.Hour)},
	}
	over, cancelled, other := soon, soon, soon
	over.Start.Time, over.End.Time = testNow.Add(-2*time.Hour), testNow.Add(-time.Hour)
	cancelled.State, other.Number = MeetingCancelled, "12345678902"
	link := func(r Room, pmi, omn string) Link { return Link{ID: pmi, Token: r.Token(pmi, omn), Number: omn} }
	between := first
	between.PMI = room.PMI
	oneTime := Link{ID: soon.Number, Token: first.Token(soon.Number, ""), Number: soon.Number}
	later := testNow.Add(4 * 24 * time.Hour)
	for name, c := range map[string]struct {
		link          Link
		m             *Meeting
		now           time.Time
		opens, former bool
	}{
		"the room's own link":                 {link(room, room.PMI, ""), nil, testNow, true, false},
		"a meeting's own link":                {link(room, room.PMI, soon.Number), &soon, testNow, true, false},
		"a right link to no known meeting":    {link(room, room.PMI, "4711"), nil, testNow, true, false},
		"former PMI, token of now":            {link(room, first.PMI, ""), nil, testNow, true, true},
		"former PMI after its grace":          {link(room, first.PMI, ""), nil, later, false, false},
		"former passcode, bare room":          {link(between, room.PMI, ""), nil, testNow, false, false},
		"former passcode, meeting to come":    {link(between, room.PMI, soon.Number), &soon, testNow, true, true},
		"former passcode, one-time":           {oneTime, &soon, testNow, true, true},
		"former passcode, meeting over":       {link(between, room.PMI, over.Number), &over, testNow, false, false},
		"former passcode, meeting cancelled":  {link(between, room.PMI, soon.Number), &cancelled, testNow, false, false},
		"former passcode, other meeting":      {link(between, room.PMI, soon.Number), &other, testNow, false, false},
		"former passcode, nothing known":      {link(between, room.PMI, soon.Number), nil, testNow, false, false},
		"both former, meeting to come":        {link(first, first.PMI, soon.Number), &soon, testNow, true, true},
		"both former, bare room":              {link(first, first.PMI, ""), nil, testNow, false, false},
		"former passcode after its grace":     {link(between, room.PMI, soon.Number), &soon, testNow.AddDate(0, 0, 20), false, false},
		"a PMI that never was the room's":     {link(room, "4815162343", ""), nil, testNow, false, false},
		"a token of the bare room, a meeting": {Link{room.PMI, between.Token(room.PMI, ""), soon.Number}, &soon, testNow, false, false},
	} {
		m := c.m
		if m != nil && c.now.After(testNow.AddDate(0, 0, 10)) {
			weekly := *m
			weekly.Recurrence = []string{"RRULE:FREQ=WEEKLY"}
			m = &weekly
		}
		opens, former := room.Opens(c.link, c.now, m)
		if opens != c.opens || former != c.former {
			t.Errorf("%s: opens %v, former %v", name, opens, former)
		}
	}
}

func TestARetiredPMISaysThatItMovedToThoseWhoHadTheLink(t *testing.T) {
	first, room := lived(t)
	later := testNow.Add(4 * 24 * time.Hour)
	link := Link{ID: first.PMI, Token: room.Token(first.PMI, "")}
	if room.Moved(link, testNow) || !room.Moved(link, later) {
		t.Error("in its grace it leads on, after it it says that the room moved")
	}
	link.Token = ""
	if room.Moved(link, later) {
		t.Error("somebody without a token is told whose number that was")
	}
	if room.Moved(Link{ID: room.PMI, Token: room.Token(room.PMI, "")}, later) {
		t.Error("the present PMI has not moved")
	}
}

func TestNamesInTheGrace(t *testing.T) {
	room := testRoom
	room.PersonalLink = "ada.lovelace"
	room, _ = room.With(RoomChange{PersonalLink: ptr("ada.byron"), GraceDays: ptr(1)}, testNow)
	for name, want := range map[string]bool{"Ada.Byron": true, "ada.lovelace": true, "ada.king": false, "": false} {
		if room.Named(name, testNow) != want {
			t.Errorf("%q: want %v", name, want)
		}
	}
	if room.Named("ada.lovelace", testNow.Add(25*time.Hour)) {
		t.Error("the former name leads on for ever")
	}
	room, _ = room.With(RoomChange{PersonalLink: ptr("")}, testNow)
	if room.Named("", testNow) || !room.Named("ada.byron", testNow) {
		t.Error("a name that is given up keeps its grace, and no name is nobody's")
	}
}

func TestVersionsAreNeverGivenTwice(t *testing.T) {
	room, seen := testRoom, map[int]bool{}
	room.PasscodeVersion, seen[1] = 1, true
	for i, passcode := range []string{"first-one", "second1", "third123", "fourth12"} {
		next, changed := room.With(RoomChange{Passcode: &passcode}, testNow.Add(time.Duration(i)*time.Hour))
		if !changed || seen[next.PasscodeVersion] {
			t.Fatalf("version %d was given before", next.PasscodeVersion)
		}
		seen[next.PasscodeVersion] = true
		if room = next; i%2 == 1 {
			room, _ = room.Undone(testNow.Add(time.Duration(i) * time.Hour))
		}
	}
}

func TestUndoTakesTheLatestChangeBack(t *testing.T) {
	_, room := lived(t)
	back, ok := room.Undone(testNow)
	if !ok || back.PMI != room.PMI || back.Passcode != testRoom.Passcode || back.PasscodeVersion != 1 || back.Changed.What != PartUndone {
		t.Errorf("undone: %v %+v", ok, back)
	}
	undone := Link{ID: room.PMI, Token: room.Token(room.PMI, "12345678901"), Number: "12345678901"}
	m := Meeting{Number: "12345678901", State: Scheduled, Start: Moment{Time: testNow}, End: Moment{Time: testNow.Add(time.Hour)}}
	if opens, former := back.Opens(undone, testNow, &m); !opens || !former {
		t.Error("an event that was rewritten already has a dead link after undo")
	}
	again, ok := back.Undone(testNow)
	if !ok || again.Passcode != room.Passcode || again.PasscodeVersion != room.PasscodeVersion {
		t.Errorf("undo undone: %v %+v", ok, again)
	}
	for name, r := range map[string]Room{"never changed": testRoom, "grace ended": room.WithoutGrace()} {
		if _, ok := r.Undone(testNow); ok || r.Undoable(testNow) {
			t.Errorf("%s: undone all the same", name)
		}
	}
	none, _ := testRoom.With(RoomChange{PMI: ptr("4815162342"), GraceDays: ptr(0)}, testNow)
	if _, ok := none.Undone(testNow); ok || none.Numbered(testRoom.PMI, testNow) {
		t.Error("a change without grace has one")
	}
}

func TestWhatAChangeIsAbout(t *testing.T) {
	for name, c := range map[string]struct {
		change  RoomChange
		what    RoomPart
		travels bool // into events
	}{
		"PMI":              {RoomChange{PMI: ptr("4815162342")}, PartPMI, true},
		"passcode":         {RoomChange{Passcode: ptr("another")}, PartPasscode, true},
		"personal link":    {RoomChange{PersonalLink: ptr("ada.lovelace")}, PartPersonalLink, false},
		"two at once":      {RoomChange{PMI: ptr("4815162342"), Passcode: ptr("another")}, PartSeveral, true},
		"nothing":          {RoomChange{}, "", false},
		"the same":         {RoomChange{PMI: &testRoom.PMI, Passcode: &testRoom.Passcode}, "", false},
		"quietly, nothing": {RoomChange{Quietly: true}, "", false},
	} {
		next, changed := testRoom.With(c.change, testNow)
		if changed != (c.what != "") || next.Changed.What != c.what || next.Leads(testRoom) == c.travels {
			t.Errorf("%s: changed %v, %+v, leads %v", name, changed, next.Changed, next.Leads(testRoom))
		}
		if done := !next.Changed.Done.IsZero(); changed && done == c.travels {
			t.Errorf("%s: done %v", name, done)
		}
	}
}

func TestFaultsOfAChange(t *testing.T) {
	room := testRoom
	room.PMI, room.PersonalLink, room.Passcode = "2345678901", "Old_Name", "old"
	for name, c := range map[string]struct {
		change RoomChange
		want   []string
	}{
		"nothing":                        {RoomChange{}, nil},
		"all right":                      {RoomChange{PMI: ptr("4815162342"), PersonalLink: ptr("ada.lovelace"), Passcode: ptr("sturdy7"), GraceDays: ptr(365)}, nil},
		"what is there may stay":         {RoomChange{PMI: &room.PMI, PersonalLink: &room.PersonalLink, Passcode: &room.Passcode}, nil},
		"no name":                        {RoomChange{PersonalLink: ptr("")}, nil},
		"PMI":                            {RoomChange{PMI: ptr("1234567890")}, []string{"pmi"}},
		"reserved name":                  {RoomChange{PersonalLink: ptr("supp0rt")}, []string{"personal_link"}},
		"weak passcode":                  {RoomChange{Passcode: ptr("123456")}, []string{"passcode"}},
		"passcode out of the PMI":        {RoomChange{Passcode: ptr("678901")}, []string{"passcode"}},
		"passcode out of the new PMI":    {RoomChange{PMI: ptr("4815162342"), Passcode: ptr("481516")}, []string{"passcode"}},
		"drawn, so what is typed is not": {RoomChange{Rotate: true, Passcode: ptr("x")}, nil},
		"grace":                          {RoomChange{GraceDays: ptr(-1)}, []string{"grace_days"}},
		"long grace":                     {RoomChange{GraceDays: ptr(366)}, []string{"grace_days"}},
	} {
		var fields []string
		for _, f := range c.change.Faults(room) {
			fields = append(fields, f.Field)
		}
		if diff := cmp.Diff(c.want, fields); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestTakenIsTaken(t *testing.T) {
	if err := error(&TakenError{Field: "pmi"}); !errors.Is(err, ErrTaken) {
		t.Errorf("%v", err)
	}
}
