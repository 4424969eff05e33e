package parlor

import (
	"strings"
	"testing"
	"time"
)

// blind is a case as a list without private properties shows it, on a service that mails guests: Graph's delta.
func blind(c Case) Case {
	c.Event.Stamp, c.Event.StampRead, c.Mails = "", false, true
	return c
}

func TestDecideOnListsWithoutStamps(t *testing.T) {
	always := func(c *Case) { c.Settings.AutoAdd = AddAlways }
	out := func(c *Case) { c.Event.Body, c.Event.Location = "", "" }
	for name, tt := range map[string]struct {
		c      Case
		want   Verb
		code   string
		reread bool
		optOut bool
	}{
		"ordinary":                {testCase(func(*Case) {}), Keep, "not_wanted", false, false},
		"wanted":                  {testCase(always), Inject, "always", false, false},
		"right":                   {injected(func(*Case) {}), Keep, "already_right", false, false},
		"right, text around":      {injected(func(c *Case) { c.Event.Body = "Agenda\n\n" + c.Event.Body }), Keep, "already_right", false, false},
		"link taken out":          {injected(out), Keep, "opted_out", false, true},
		"link taken out long ago": {injected(func(c *Case) { out(c); c.Meeting.State = LinkRemoved; c.Meeting.Asking = true }), Keep, "opted_out", false, false},
		"keyword gone":            {injected(func(c *Case) { c.Event.Title = "Planning" }), Keep, "already_right", true, false},
		"keyword never was":       {injected(func(c *Case) { c.Event.Title = "Planning"; c.Meeting.Trigger = ByGuests }), Keep, "already_right", false, false},
		"copied":                  {injected(func(c *Case) { c.Event.Ref.ID, c.Meeting = "ev2", nil }), Refresh, "copied", false, false},
		"another person's link":   {injected(func(c *Case) { c.Meeting, c.Foreign = nil, true }), Keep, "other_room", false, false},
		"a client wrote it":       {injected(func(c *Case) { c.Meeting.Written = "" }), Keep, "already_right", false, false},
		"a client wrote it anew":  {injected(func(c *Case) { c.Meeting.Written = "older" }), Keep, "already_right", false, false},
		"PMI changed":             {injected(func(c *Case) { c.Room.PMI = "3456789012" }), Refresh, "stale", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			got := Decide(blind(tt.c))
			if got.Do != tt.want || got.Why.Code != tt.code || got.Reread != tt.reread || got.OptOut != tt.optOut {
				t.Errorf("got %s %s reread=%t optout=%t, want %s %s reread=%t optout=%t",
					got.Do, got.Why.Code, got.Reread, got.OptOut, tt.want, tt.code, tt.reread, tt.optOut)
			}
		})
	}
}

func TestDecideAfterReadingTheEventByItself(t *testing.T) {
	c := injected(func(c *Case) { c.Event.Title, c.Mails, c.Fresh = "Planning", true, true })
	if got := Decide(c); got.Do != Remove || got.Why.Code != "keyword_gone" {
		t.Errorf("stamp read: %s %s", got.Do, got.Why.Code)
	}
	c.Event.Stamp = "" // the service kept none
	if got := Decide(c); got.Do != Remove {
		t.Errorf("really read, none there: %s %s", got.Do, got.Why.Code)
	}
}

// A change of the text alone is not worth a mail to every guest; a link that leads nowhere is.
func TestDecideWhereAWriteMailsTheGuests(t *testing.T) {
	bob, room, self := Person{Email: "bob@example.com"}, Person{Email: "r@x", Resource: true}, Person{Email: "ada@example.com", Self: true}
	with := func(change func(*Case), guests ...Person) Case {
		return injected(func(c *Case) { c.Mails, c.Event.Attendees = true, guests; change(c) })
	}
	german := func(c *Case) { c.Settings.Language = "de" }
	for name, tt := range map[string]struct {
		c    Case
		want Verb
		code string
	}{
		"language, a guest":              {with(german, bob), Keep, "kept_unmailed"},
		"language, nobody":               {with(german), Refresh, "stale"},
		"language, only myself and room": {with(german, self, room), Refresh, "stale"},
		"language, no mails":             {with(func(c *Case) { german(c); c.Mails = false }, bob), Refresh, "stale"},
		"token left out from now on":     {with(func(c *Case) { c.Settings.EmbedPasscode = false }, bob), Keep, "kept_unmailed"},
		"passcode changed":               {with(func(c *Case) { c.Room.PasscodeVersion++ }, bob), Refresh, "stale"},
		"passcode and language changed":  {with(func(c *Case) { german(c); c.Room.PasscodeVersion++ }, bob), Refresh, "stale"},
		"PMI changed":                    {with(func(c *Case) { c.Room.PMI = "3456789012" }, bob), Refresh, "stale"},
		"language, location leads elsewhere": {with(func(c *Case) {
			german(c)
			c.Event.Location = RoomLink(testOrigin, c.Room, true)
		}, bob), Refresh, "stale"},
		"keyword gone":       {with(func(c *Case) { c.Event.Title = "Planning" }, bob), Remove, "keyword_gone"},
		"copied":             {with(func(c *Case) { c.Event.Ref.ID, c.Meeting = "ev2", nil }, bob), Refresh, "copied"},
		"wanted":             {testCase(func(c *Case) { c.Mails, c.Event.Title, c.Event.Attendees = true, "#meet", []Person{bob} }), Inject, "keyword"},
		"a client's, German": {with(func(c *Case) { german(c); c.Meeting.Written, c.Event.Stamp = "", "" }, bob), Keep, "kept_unmailed"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Decide(tt.c); got.Do != tt.want || got.Why.Code != tt.code || got.Tell != (tt.code != "already_right") {
				t.Errorf("got %s %s tell=%t, want %s %s", got.Do, got.Why.Code, got.Tell, tt.want, tt.code)
			}
		})
	}
}

func TestDecideOnOccurrencesWithoutStamps(t *testing.T) {
	original := testNow.Add(24 * time.Hour)
	for name, tt := range map[string]struct {
		written time.Time // into the series
		known   []Override
		want    Verb
		code    string
		optOut  bool
	}{
		"own text, older than the link":        {testNow.Add(time.Hour), nil, Inject, "always", false},
		"changed since, the link is not there": {testNow.Add(-time.Hour), nil, Keep, "opted_out", true},
		"known before, never had it":           {testNow.Add(-time.Hour), []Override{{Original: original}}, Inject, "always", false},
		"had it":                               {testNow, []Override{{Original: original, Written: "x"}}, Keep, "opted_out", true},
		"taken out long ago":                   {testNow, []Override{{Original: original, Out: true}}, Keep, "opted_out", false},
	} {
		t.Run(name, func(t *testing.T) {
			c := blind(testCase(func(c *Case) {
				c.Event.SeriesID, c.Event.OriginalStart, c.Event.Updated = "ev0", Moment{Time: original}, testNow
				c.Settings.AutoAdd = AddAlways
				c.Series = &Meeting{
					Number: "12345678901", Kind: InRoom, State: Scheduled, Trigger: ByAlways, Written: "x", WrittenAt: tt.written, Overrides: tt.known,
				}
			}))
			if got := Decide(c); got.Do != tt.want || got.Why.Code != tt.code || got.OptOut != tt.optOut {
				t.Errorf("got %s %s optout=%t, want %s %s", got.Do, got.Why.Code, got.OptOut, tt.want, tt.code)
			}
		})
	}
}

func TestComposeWithoutTheStamp(t *testing.T) {
	c := blind(injected(func(*Case) {}))
	if patch, _ := Compose(c, *c.Meeting); !patch.Empty() {
		t.Errorf("what is right is written again: %+v", patch)
	}
	german := blind(injected(func(c *Case) { c.Settings.Language = "de" }))
	patch, block := Compose(german, *german.Meeting)
	if patch.Body == nil || patch.Stamp == nil || !strings.HasSuffix(*patch.Stamp, block.Hash()) {
		t.Errorf("text and stamp do not go in one patch: %+v", patch)
	}
	out := Decompose(c.Event, testOrigin)
	if out.Stamp == nil || *out.Stamp != "" || out.Body == nil || *out.Body != "" {
		t.Errorf("taking it out leaves %+v", out)
	}
	if out := Decompose(blind(testCase(func(*Case) {})).Event, testOrigin); !out.Empty() {
		t.Errorf("there was nothing to take out: %+v", out)
	}
}
