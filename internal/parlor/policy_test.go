package parlor

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func heldAt(value any) map[string]Held {
	return map[string]Held{"keyword": {Value: value, Locked: true}}
}
func wishedAt(value any) map[string]Held { return map[string]Held{"keyword": {Value: value}} }

func TestGroupBeforeDomainBeforeEveryone(t *testing.T) {
	everyone := Rule{For: Scope{Kind: ForEveryone}, Settings: heldAt("#everyone"), Rooms: RoomsOff}
	domain := Rule{For: Scope{ForDomain, "example.com"}, Settings: wishedAt("#domain"), Rooms: RoomsOn}
	staff := Rule{For: Scope{ForGroup, "staff"}, Settings: heldAt("#staff")}
	board := Rule{For: Scope{ForGroup, "board"}, Settings: heldAt("#board"), Rooms: RoomsOff}
	p := Policy{Rules: []Rule{everyone, domain, staff, board}}
	person := func(kind Kind, email string, groups ...string) Account {
		return Account{Groups: groups, Connections: []Connection{{Kind: kind, Subject: "tenant-1/x", Email: email}}}
	}
	tests := map[string]struct {
		who    Account
		want   string
		locked bool
		rooms  RoomRule
	}{
		"a stranger":             {person(KindGoogle, "eve@else.example"), "#everyone", true, RoomsOff},
		"of the domain":          {person(KindGoogle, "Ada@Example.com"), "#domain", false, RoomsOn},
		"of a subdomain":         {person(KindGoogle, "ada@x.example.com"), "#everyone", true, RoomsOff},
		"an address set freely":  {person(KindMicrosoft, "ada@example.com"), "#everyone", true, RoomsOff},
		"an address at a server": {person(KindCalDAV, "ada@example.com"), "#everyone", true, RoomsOff},
		"of a group":             {person(KindOIDC, "ada@example.com", "staff"), "#staff", true, RoomsOn},
		"of two groups":          {person(KindOIDC, "ada@example.com", "board", "staff"), "#staff", true, RoomsOff},
	}
	for name, tt := range tests {
		r := p.Of(tt.who)
		if got := r.Held["keyword"]; got.Value != tt.want || got.Locked != tt.locked || r.Rooms != tt.rooms {
			t.Errorf("%s: %+v, rooms %s", name, got, r.Rooms)
		}
	}
	if !p.Scoped() || (Policy{Rules: []Rule{everyone}}).Scoped() {
		t.Error("whether a policy asks who it is")
	}
	organisation := Policy{Rules: []Rule{{For: Scope{ForDomain, "tenant-1"}, Rooms: RoomsOff}}}
	if organisation.Of(person(KindMicrosoft, "")).Rooms != RoomsOff {
		t.Error("an organisation at Microsoft is not found by its id")
	}
}

func TestDefaultsGiveWayAndLocksDoNot(t *testing.T) {
	r := Policy{Rules: []Rule{{For: Scope{Kind: ForEveryone}, Settings: map[string]Held{
		"guard.overlap": {Value: "warn"}, "guard.buffer_minutes": {Value: 10}, "keyword": {Value: "#zap", Locked: true, Words: "House rule."},
	}}}, Invitation: Wording{Footer: "Hello", Languages: []string{"de", "ja"}}}.Of(Account{})
	s, err := r.Settings(nil)
	if err != nil || s.Guard.Overlap != GuardWarn || s.Guard.BufferMinutes != 10 || s.Keyword != "#zap" || s.Language != "de" || s.Invitation().Footer != "Hello" {
		t.Fatalf("nothing chosen: %+v, %v", s, err)
	}
	if diff := cmp.Diff(map[string]string{"keyword": "set by your administrator: House rule."}, s.Locked); diff != "" {
		t.Error(diff)
	}
	s.Guard.Overlap, s.UsePMIForInstant = GuardAllow, true
	own, err := r.Choices([]byte(`{"keyword":"#mine","later":1}`), s)
	if diff := cmp.Diff(`{"guard":{"overlap":"allow"},"keyword":"#mine","later":1,"use_pmi_for_instant":true}`, string(own)); err != nil || diff != "" {
		t.Errorf("what is stored: %v %s", err, diff)
	}
	s, err = r.Settings(own)
	if err != nil || s.Guard.Overlap != GuardAllow || s.Guard.BufferMinutes != 10 || s.Keyword != "#zap" || !s.UsePMIForInstant {
		t.Errorf("chosen: %+v, %v", s, err)
	}
	free, err := Policy{}.Of(Account{}).Settings(own)
	if err != nil || free.Keyword != "#mine" || free.Guard.BufferMinutes != 5 || free.Language != "en" || len(free.Locked) > 0 {
		t.Errorf("without a policy: %+v, %v", free, err)
	}
}

func TestMarksTellRulingsApart(t *testing.T) {
	if mark := (Policy{Rules: []Rule{}}).Of(Account{}).Mark; mark != "" {
		t.Errorf("of no policy: %q", mark)
	}
	marks := map[string]bool{}
	for _, p := range []Policy{
		{Rules: []Rule{{For: Scope{Kind: ForEveryone}, Settings: heldAt("#a")}}},
		{Rules: []Rule{{For: Scope{Kind: ForEveryone}, Settings: wishedAt("#a")}}},
		{Rules: []Rule{{For: Scope{Kind: ForEveryone}, Rooms: RoomsOff}}},
		{Invitation: Wording{Footer: "a"}},
		{Invitation: Wording{DialIn: "a"}},
	} {
		marks[p.Of(Account{}).Mark] = true
	}
	if len(marks) != 5 || marks[""] {
		t.Errorf("%v", marks)
	}
}

func TestPolicyFaultsAreNamed(t *testing.T) {
	p := Policy{Rules: []Rule{
		{For: Scope{Kind: ForEveryone}, Settings: map[string]Held{
			"keyword": {Value: "has space"}, "default_duration_minutes": {Value: "long"}, "locked": {Value: map[string]any{}},
			"guard": {Value: map[string]any{}}, "language": {Value: "en"}, "paused": {Value: nil}, "waiting_room": {Value: true, Words: strings.Repeat("x", 201)},
			"opens_early_minutes": {Value: 2.5},
		}},
		{For: Scope{ForDomain, "ada@example.com"}, Rooms: "maybe"},
		{For: Scope{Kind: ForGroup}, Rooms: RoomsOff},
		{For: Scope{Kind: ForEveryone}, Rooms: RoomsOn},
		{For: Scope{Kind: "planet", Name: "mars"}, Rooms: RoomsOn, Words: strings.Repeat("x", 201)},
	}, Invitation: Wording{Footer: "<b>", Languages: []string{"de"}}}.Tidy()
	var got []string
	for _, fault := range p.Validate(testOrigin) {
		got = append(got, fault.Field)
	}
	want := []string{
		"rules[0].settings.default_duration_minutes", "rules[0].settings.guard", "rules[0].settings.keyword", "rules[0].settings.language",
		"rules[0].settings.locked", "rules[0].settings.opens_early_minutes", "rules[0].settings.paused", "rules[0].settings.waiting_room",
		"rules[1].for.name", "rules[1].personal_rooms", "rules[2].for.name", "rules[3].for", "rules[4].for.kind",
		"rules[4].personal_rooms_words", "invitation.footer",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTidyPolicy(t *testing.T) {
	got := Policy{Rules: []Rule{
		{For: Scope{ForDomain, " @Example.COM "}, Settings: map[string]Held{"paused": {Value: true, Words: " a \n b "}}, Words: " c\td "},
		{For: Scope{Kind: ForEveryone}},
	}, Invitation: Wording{Footer: " x ", Languages: []string{"en", "de", "es", "ja"}}}.Tidy()
	want := Policy{Rules: []Rule{{
		For: Scope{ForDomain, "example.com"}, Settings: map[string]Held{"paused": {Value: true, Words: "a b"}}, Rooms: RoomsUndecided, Words: "c d",
	}}, Invitation: Wording{Footer: "x", Languages: []string{}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if faults := got.Validate(testOrigin); len(faults) > 0 {
		t.Error(faults)
	}
}

func TestRoomsThatAreSwitchedOff(t *testing.T) {
	off := Ruling{Rooms: RoomsOff}.Room(Room{Status: RoomReady})
	kept := Ruling{Rooms: RoomsOn}.Room(Room{Status: RoomUnavailable})
	if off.Status != RoomUnavailable || kept.Status != RoomUnavailable || (Ruling{}).Room(testRoom).Status != testRoom.Status {
		t.Errorf("%s, %s", off.Status, kept.Status)
	}
}

func TestRuleIsForOneDomain(t *testing.T) {
	for _, name := range []string{"example.com,example.org", "example.com;example.org", "<example.com>", "https:example.com"} {
		p := Policy{Rules: []Rule{{For: Scope{ForDomain, name}, Rooms: RoomsOff}}}
		if faults := p.Tidy().Validate(""); len(faults) != 1 || faults[0].Field != "rules[0].for.name" {
			t.Errorf("%q: %v", name, faults)
		}
	}
}
