package parlor

import (
	"testing"
	"time"
)

var testNow = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// testCase is an ordinary meeting tomorrow that the person organises, in the state before anything was written.
func testCase(change func(*Case)) Case {
	start := testNow.Add(24 * time.Hour)
	c := Case{
		Event: Event{
			Ref: EventRef{"ada@example.com", "ev1"}, ETag: `"1"`, Ordinary: true, Editable: true, StampRead: true,
			Title: "Planning", Start: Moment{Time: start, Zone: "Europe/London"},
			End: Moment{Time: start.Add(time.Hour), Zone: "Europe/London"}, Format: Text,
			Organizer: Person{Email: "ada@example.com", Self: true}, Creator: Person{Email: "ada@example.com", Self: true},
		},
		Settings: DefaultSettings(), Room: testRoom, Origin: testOrigin, Now: testNow,
	}
	change(&c)
	return c
}

// injected is the case after the link was written and remembered.
func injected(change func(*Case)) Case {
	c := testCase(func(c *Case) { c.Event.Title = "Planning #meet" })
	m := Meeting{
		Number: "12345678901", Kind: InRoom, State: Scheduled, Trigger: ByKeyword, Keyword: "#meet", Event: c.Event.Ref,
		Title: c.Event.Title, Start: c.Event.Start, End: c.Event.End,
	}
	patch, block := Compose(c, m)
	c.Event.Body, c.Event.Location, c.Event.Stamp = *patch.Body, *patch.Location, *patch.Stamp
	m.Written = block.Hash()
	c.Meeting = &m
	change(&c)
	return c
}

type newEvent struct {
	change func(*Case)
	want   Verb
	code   string
	tell   bool
}

func newEvents(guests []Person, zoom string) map[string]newEvent {
	return map[string]newEvent{
		"no keyword":             {func(*Case) {}, Keep, "not_wanted", false},
		"keyword in title":       {func(c *Case) { c.Event.Title = "Planning #MEET" }, Inject, "keyword", true},
		"keyword in location":    {func(c *Case) { c.Event.Location = "Room 5, #meet" }, Inject, "keyword", true},
		"keyword inside a word":  {func(c *Case) { c.Event.Title = "Planning #meeting" }, Keep, "not_wanted", false},
		"never":                  {func(c *Case) { c.Event.Title, c.Settings.AutoAdd = "#meet", AddNever }, Keep, "not_wanted", false},
		"with guests":            {func(c *Case) { c.Event.Attendees, c.Settings.AutoAdd = guests, AddWithGuests }, Inject, "with_guests", true},
		"with guests, but alone": {func(c *Case) { c.Event.Attendees, c.Settings.AutoAdd = guests[:1], AddWithGuests }, Keep, "not_wanted", false},
		"with guests, only a room": {func(c *Case) {
			c.Event.Attendees, c.Settings.AutoAdd = []Person{{Email: "r@x", Resource: true}}, AddWithGuests
		}, Keep, "not_wanted", false},
		"always":                    {func(c *Case) { c.Settings.AutoAdd = AddAlways }, Inject, "always", true},
		"somebody else organises":   {func(c *Case) { c.Settings.AutoAdd = AddAlways; c.Event.Organizer.Self = false }, Keep, "not_organizer", true},
		"somebody else, unwanted":   {func(c *Case) { c.Event.Organizer.Self = false }, Keep, "not_organizer", false},
		"no organiser, own creator": {func(c *Case) { c.Settings.AutoAdd = AddAlways; c.Event.Organizer = Person{} }, Inject, "always", true},
		"all day":                   {func(c *Case) { c.Settings.AutoAdd = AddAlways; c.Event.Start.AllDay = true }, Keep, "all_day", true},
		"birthday":                  {func(c *Case) { c.Settings.AutoAdd = AddAlways; c.Event.Ordinary = false }, Keep, "not_ordinary", true},
		"locked":                    {func(c *Case) { c.Settings.AutoAdd = AddAlways; c.Event.Locked = true }, Keep, "not_editable", true},
		"paused":                    {func(c *Case) { c.Settings.AutoAdd, c.Settings.Paused = AddAlways, true }, Keep, "paused", true},
		"over":                      {func(c *Case) { c.Settings.AutoAdd = AddAlways; c.Now = testNow.Add(48 * time.Hour) }, Keep, "over", false},
		"cancelled stub":            {func(c *Case) { c.Event = Event{Ref: c.Event.Ref, Cancelled: true} }, Keep, "cancelled", false},
		"no start at all":           {func(c *Case) { c.Event.Start, c.Event.End = Moment{}, Moment{} }, Keep, "over", false},
		"Meet on it": {func(c *Case) {
			c.Settings.AutoAdd = AddAlways
			c.Event.Conference = &Conference{Provider: "Google Meet"}
		}, Keep, "other_conference", true},
		"Zoom in the text":    {func(c *Case) { c.Settings.AutoAdd = AddAlways; c.Event.Body = zoom }, Keep, "other_conference", true},
		"Zoom, but asked for": {func(c *Case) { c.Event.Title = "Planning #meet"; c.Event.Body = zoom }, Inject, "keyword", true},
		"stamp without link": {func(c *Case) {
			c.Settings.AutoAdd = AddAlways
			c.Event.Stamp = Stamp{Number: "12345678901", Kind: InRoom, Trigger: ByAlways}.String()
		}, Keep, "opted_out", true},
		"endless series": {func(c *Case) {
			c.Settings.AutoAdd = AddAlways
			c.Event.Recurrence = []string{"RRULE:FREQ=WEEKLY"}
			c.Now = testNow.AddDate(3, 0, 0)
		}, Inject, "always", true},
		"series that has ended": {func(c *Case) {
			c.Settings.AutoAdd = AddAlways
			c.Event.Recurrence = []string{"RRULE:FREQ=WEEKLY;COUNT=3"}
			c.Now = testNow.AddDate(3, 0, 0)
		}, Keep, "over", false},
		"claimed but never written": {func(c *Case) { c.Meeting = &Meeting{Number: "12345678901", State: Scheduled, Trigger: ByGuests} }, Inject, "with_guests", true},
		"removed before":            {func(c *Case) { c.Settings.AutoAdd = AddAlways; c.Meeting = &Meeting{State: LinkRemoved} }, Keep, "opted_out", true},
		"removed, now asked for":    {func(c *Case) { c.Event.Title = "#meet"; c.Meeting = &Meeting{State: LinkRemoved} }, Inject, "keyword", true},
		"removed, keyword was left": {func(c *Case) { c.Event.Title = "#meet"; c.Meeting = &Meeting{State: LinkRemoved, Asking: true} }, Keep, "opted_out", true},
	}
}

func TestDecideOnNewEvents(t *testing.T) {
	guests := []Person{{Email: "ada@example.com", Self: true}, {Email: "bob@example.com"}}
	zoom := "https://us02web.zoom.us/j/98765432101?pwd=abc"
	for name, tt := range newEvents(guests, zoom) {
		t.Run(name, func(t *testing.T) {
			got := Decide(testCase(tt.change))
			if got.Do != tt.want || got.Why.Code != tt.code || got.Tell != tt.tell {
				t.Errorf("got %s %s tell=%v, want %s %s tell=%v", got.Do, got.Why.Code, got.Tell, tt.want, tt.code, tt.tell)
			}
		})
	}
}

func TestDecideOnEventsWithTheLink(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*Case)
		want   Verb
		code   string
	}{
		"nothing changed":          {func(*Case) {}, Keep, "already_right"},
		"setting switched off":     {func(c *Case) { c.Settings.UsePMIForScheduled = false }, Keep, "already_right"},
		"text added around":        {func(c *Case) { c.Event.Body = "Agenda\n\n" + c.Event.Body + "\nBring cake" }, Keep, "already_right"},
		"location cleared":         {func(c *Case) { c.Event.Location = "" }, Keep, "already_right"},
		"passcode changed":         {func(c *Case) { c.Room.PasscodeVersion++ }, Refresh, "stale"},
		"PMI changed":              {func(c *Case) { c.Room.PMI = "3456789012" }, Refresh, "stale"},
		"language changed":         {func(c *Case) { c.Settings.Language = "de" }, Refresh, "stale"},
		"keyword gone":             {func(c *Case) { c.Event.Title = "Planning" }, Remove, "keyword_gone"},
		"keyword gone, but always": {func(c *Case) { c.Event.Title, c.Settings.AutoAdd = "Planning", AddAlways }, Keep, "already_right"},
		"keyword gone, blind":      {func(c *Case) { c.Event.Title, c.Event.Stamp, c.Event.StampRead = "Planning", "", false }, Keep, "already_right"},
		"paused":                   {func(c *Case) { c.Settings.Paused = true; c.Room.PasscodeVersion++ }, Keep, "paused"},
		"link taken out":           {func(c *Case) { c.Event.Body, c.Event.Location = "", "" }, Keep, "opted_out"},
		"copied event":             {func(c *Case) { c.Event.Ref.ID, c.Meeting = "ev2", nil }, Refresh, "copied"},
		"another person's link":    {func(c *Case) { c.Meeting, c.Event.Stamp, c.Foreign = nil, "", true }, Keep, "other_room"},
		"a pasted copy, no stamp":  {func(c *Case) { c.Meeting, c.Event.Stamp = nil, "" }, Refresh, "copied"},
		"a client wrote it":        {func(c *Case) { c.Meeting.Written, c.Event.Stamp = "", "" }, Keep, "already_right"},
		"a client's, other language": {func(c *Case) {
			c.Meeting.Written, c.Event.Stamp, c.Settings.Language = "", "", "de"
		}, Refresh, "stale"},
		"own bare room by hand": {func(c *Case) {
			c.Meeting, c.Event.Stamp, c.Event.Title, c.Event.Body = nil, "", "Planning", ""
			c.Event.Location = RoomLink(testOrigin, c.Room, true)
		}, Keep, "by_hand"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Decide(injected(tt.change)); got.Do != tt.want || got.Why.Code != tt.code {
				t.Errorf("got %s %s, want %s %s", got.Do, got.Why.Code, tt.want, tt.code)
			}
		})
	}
}

func TestDecideOnOccurrences(t *testing.T) {
	original := testNow.Add(24 * time.Hour)
	series := func(o ...Override) *Meeting {
		return &Meeting{Number: "12345678901", Kind: InRoom, State: Scheduled, Trigger: ByAlways, Written: "x", Overrides: o}
	}
	stamp := Stamp{Number: "12345678901", Kind: InRoom, Trigger: ByAlways}.String()
	for name, tt := range map[string]struct {
		series *Meeting
		stamp  string
		want   Verb
		code   string
	}{
		"own text, seen before the series": {series(), "", Inject, "always"},
		"inherited stamp, known before":    {series(Override{Original: original}), stamp, Inject, "always"},
		"inherited stamp, edited since":    {series(), stamp, Keep, "opted_out"},
		"inherited stamp, edited before":   {writtenLate(series()), stamp, Inject, "always"},
		"had the link":                     {series(Override{Original: original, Written: "x"}), "", Keep, "opted_out"},
		"taken out before":                 {series(Override{Original: original, Out: true}), "", Keep, "opted_out"},
		"out of the whole series":          {&Meeting{Number: "12345678901", State: LinkRemoved}, "", Keep, "not_wanted"},
	} {
		t.Run(name, func(t *testing.T) {
			c := testCase(func(c *Case) {
				c.Event.SeriesID, c.Event.OriginalStart = "ev0", Moment{Time: original}
				c.Event.Stamp, c.Series, c.Settings.AutoAdd = tt.stamp, tt.series, AddAlways
				c.Event.Updated = testNow
			})
			if got := Decide(c); got.Do != tt.want || got.Why.Code != tt.code {
				t.Errorf("got %s %s, want %s %s", got.Do, got.Why.Code, tt.want, tt.code)
			}
		})
	}
}

// What was written is right: the decision after the write never writes again, whatever the event was before.
func TestDecideIsStableAfterCompose(t *testing.T) {
	for _, body := range []string{"", "Agenda", "<p>Agenda</p>", "a\n\n──────────\nJoin Zoom\n──────────"} {
		c := testCase(func(c *Case) {
			c.Event.Title, c.Event.Body, c.Event.Format = "x #meet", body, GuessFormat(body)
		})
		m := Meeting{Number: "12345678901", Kind: OneTime, State: Scheduled, Trigger: ByKeyword}
		patch, block := Compose(c, m)
		c.Event.Body, c.Event.Location, c.Event.Stamp = *patch.Body, *patch.Location, *patch.Stamp
		m.Written = block.Hash()
		c.Meeting = &m
		if got := Decide(c); got.Do != Keep || got.Why.Code != "already_right" {
			t.Errorf("after writing into %q: %s %s", body, got.Do, got.Why.Code)
		}
		if again, _ := Compose(c, m); !again.Empty() || again.Stamp != nil {
			t.Errorf("composing into %q twice changes it again: %+v", body, again)
		}
		if out := Decompose(c.Event, testOrigin); out.Body == nil || *out.Body != body {
			t.Errorf("taking it out of %q leaves %v", body, out.Body)
		}
	}
}

func writtenLate(m *Meeting) *Meeting {
	m.WrittenAt = testNow.Add(time.Hour)
	return m
}

// What guests have stays when only a setting changed; only a keyword that was taken out of the event takes the link along.
func TestDecideWhenTheKeywordSettingChanges(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*Case)
		want   Verb
		code   string
	}{
		"another keyword":                   {func(c *Case) { c.Settings.Keyword = "#zoom" }, Keep, "already_right"},
		"links are never added now":         {func(c *Case) { c.Settings.AutoAdd = AddNever }, Keep, "already_right"},
		"another keyword, the old one gone": {func(c *Case) { c.Settings.Keyword, c.Event.Title = "#zoom", "Planning" }, Remove, "keyword_gone"},
		"another keyword, exchanged":        {func(c *Case) { c.Settings.Keyword, c.Event.Title = "#zoom", "Planning #zoom" }, Keep, "already_right"},
		"never, and the keyword gone":       {func(c *Case) { c.Settings.AutoAdd, c.Event.Title = AddNever, "Planning" }, Remove, "keyword_gone"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Decide(injected(tt.change)); got.Do != tt.want || got.Why.Code != tt.code {
				t.Errorf("got %s %s, want %s %s", got.Do, got.Why.Code, tt.want, tt.code)
			}
		})
	}
}

func TestDecideOnAClaimThatIsNoLongerWanted(t *testing.T) {
	c := testCase(func(c *Case) {
		c.Meeting = &Meeting{Number: "12345678901", State: Scheduled, Trigger: ByKeyword, Keyword: "#meet"}
	})
	if got := Decide(c); got.Do != Keep || got.Why.Code != "not_wanted" {
		t.Errorf("claimed, then the keyword went before the link was written: %s %s, want it left alone", got.Do, got.Why.Code)
	}
}

func TestALinkAmongOtherWordsInTheLocationIsThere(t *testing.T) {
	c := injected(func(c *Case) { c.Event.Body, c.Event.Location = "", "Room 5, "+c.Event.Location+" (or by phone)" })
	if got := Decide(c); got.Do != Keep || got.Why.Code != "already_right" {
		t.Fatalf("got %s %s, want the link to be seen", got.Do, got.Why.Code)
	}
	c.Room.PasscodeVersion++
	patch, block := Compose(c, *c.Meeting)
	if patch.Body != nil || patch.Location == nil || *patch.Location != "Room 5, "+block.Link+" (or by phone)" {
		t.Errorf("refreshing it changes %+v, want only the link exchanged", patch)
	}
	out := Decompose(c.Event, testOrigin)
	if out.Location == nil || *out.Location != "Room 5,  (or by phone)" {
		t.Errorf("taking it out leaves %v", out.Location)
	}
}

func TestDecideOnOccurrencesOfASeriesWithoutItsLink(t *testing.T) {
	original := testNow.Add(24 * time.Hour)
	for name, tt := range map[string]struct {
		change   func(*Case)
		want     Verb
		code     string
		renumber bool
	}{
		"it still has the link":                  {func(c *Case) { c.Event.Title = "Planning" }, Remove, "series_without", false},
		"it has the link and asks for one":       {func(*Case) {}, Refresh, "copied", true},
		"no link, asks for one":                  {func(c *Case) { c.Event.Body, c.Event.Location, c.Event.Stamp = "", "", "" }, Inject, "keyword", false},
		"it has the link, the series still asks": {func(c *Case) { c.Series.Asking = true }, Remove, "series_without", false},
		"no link, the series still asks": {func(c *Case) {
			c.Event.Body, c.Event.Location, c.Event.Stamp, c.Series.Asking = "", "", "", true
		}, Keep, "not_wanted", false},
		"no link, asks for none": {func(c *Case) { c.Event.Body, c.Event.Location, c.Event.Stamp, c.Event.Title = "", "", "", "x" }, Keep, "not_wanted", false},
		"no link, asks, taken out by hand": {func(c *Case) {
			c.Event.Body, c.Event.Location, c.Series.Overrides = "", "", []Override{{Original: original, Out: true}}
		}, Keep, "opted_out", false},
		"a number of its own, still wanted": {func(c *Case) { c.Meeting, c.Series = c.Series, nil; c.Meeting.State = Scheduled }, Keep, "already_right", false},
	} {
		t.Run(name, func(t *testing.T) {
			c := injected(func(c *Case) {
				c.Event.SeriesID, c.Event.OriginalStart = "ev0", Moment{Time: original}
				c.Series, c.Meeting = c.Meeting, nil
				c.Series.State = LinkRemoved
				tt.change(c)
			})
			if got := Decide(c); got.Do != tt.want || got.Why.Code != tt.code || got.Renumber != tt.renumber {
				t.Errorf("got %s %s renumber=%t, want %s %s renumber=%t", got.Do, got.Why.Code, got.Renumber, tt.want, tt.code, tt.renumber)
			}
		})
	}
}
