package parlor

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
)

// Policy is what administrators decided for others. The JSON names are the contract of GET and PUT /v1/admin/policy.
type Policy struct {
	Rules      []Rule  `json:"rules" nullable:"false" maxItems:"100" doc:"For whom what holds. A group counts before a domain, a domain before everyone; of two of a kind, the one that stands first"`
	Invitation Wording `json:"invitation" doc:"What is said in every invitation"`
}

// Rule is what holds for some people.
type Rule struct {
	For      Scope           `json:"for"`
	Settings map[string]Held `json:"settings" required:"false" nullable:"false" doc:"By the name of the setting in /v1/settings; guard.overlap for one that stands in guard"`
	Rooms    RoomRule        `json:"personal_rooms" required:"false" enum:"undecided,on,off" doc:"off: Personal Meeting IDs cannot be used"`
	Words    string          `json:"personal_rooms_words" required:"false" maxLength:"400" doc:"Why, in your own words; people see them"`
}

// Scope says whom a rule is for.
type Scope struct {
	Kind ScopeKind `json:"kind" enum:"everyone,domain,group"`
	Name string    `json:"name" required:"false" maxLength:"300" doc:"The domain of verified addresses or the id of a Microsoft organisation; the group as the identity provider names it; empty for everyone"`
}

// ScopeKind is by what a rule finds its people.
type ScopeKind string

// The kinds of a scope.
const (
	ForEveryone ScopeKind = "everyone"
	ForDomain   ScopeKind = "domain"
	ForGroup    ScopeKind = "group"
)

// Held is one setting that administrators chose.
type Held struct {
	Value  any    `json:"value" doc:"As in /v1/settings"`
	Locked bool   `json:"locked" required:"false" doc:"false: it holds until a person chooses otherwise"`
	Words  string `json:"words" required:"false" maxLength:"400" doc:"Why, in your own words; people see them"`
}

// RoomRule says whether people may use their personal rooms.
type RoomRule string

// The values of a rule about rooms.
const (
	RoomsUndecided RoomRule = "undecided"
	RoomsOn        RoomRule = "on"
	RoomsOff       RoomRule = "off"
)

// heldReason is what people are told of every locked setting; words of the administrator's own may follow.
const heldReason = "set by your administrator"

func (h Held) reason() string {
	if h.Words == "" {
		return heldReason
	}
	return heldReason + ": " + h.Words
}

// rank orders scopes: what is said of fewer people counts before what is said of more.
func (s Scope) rank() int { return slices.Index([]ScopeKind{ForGroup, ForDomain, ForEveryone}, s.Kind) }

func (s Scope) holds(a Account) bool {
	switch s.Kind {
	case ForEveryone:
		return true
	case ForDomain:
		return slices.Contains(a.Domains(), s.Name)
	case ForGroup:
		return slices.Contains(a.Groups, s.Name)
	}
	return false
}

// Scoped says whether the policy is not the same for everyone, so that one must know whom it is asked about.
func (p Policy) Scoped() bool {
	return slices.ContainsFunc(p.Rules, func(r Rule) bool { return r.For.Kind != ForEveryone })
}

// RulesRooms says whether the policy switches anybody's room off.
func (p Policy) RulesRooms() bool {
	return slices.ContainsFunc(p.Rules, func(r Rule) bool { return r.Rooms == RoomsOff })
}

// Ruling is what a policy says of one account.
type Ruling struct {
	Held       map[string]Held
	Rooms      RoomRule
	Words      string // about the rooms
	Invitation Wording
	Mark       string // tells two rulings apart; "" when nothing was decided
}

// Of finds what the policy says of an account, setting by setting.
func (p Policy) Of(a Account) Ruling {
	r := Ruling{Held: map[string]Held{}, Rooms: RoomsUndecided, Invitation: p.Invitation}
	rules := slices.DeleteFunc(slices.Clone(p.Rules), func(rule Rule) bool { return !rule.For.holds(a) })
	slices.SortStableFunc(rules, func(x, y Rule) int { return cmp.Compare(x.For.rank(), y.For.rank()) })
	for _, rule := range rules {
		for field, held := range rule.Settings {
			if _, decided := r.Held[field]; !decided {
				r.Held[field] = held
			}
		}
		if r.Rooms == RoomsUndecided && rule.Rooms != "" {
			r.Rooms, r.Words = rule.Rooms, rule.Words
		}
	}
	r.Mark = r.mark()
	return r
}

func (r Ruling) mark() string {
	said := r.Invitation.Footer+r.Invitation.DialIn != "" || len(r.Invitation.Languages) > 0
	if len(r.Held) == 0 && r.Rooms != RoomsOff && !said {
		return ""
	}
	text, err := json.Marshal(r)
	if err != nil { // values came out of JSON
		panic(err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:4])
}

// Room returns the room as it may be used: switched off where the ruling says so.
func (r Ruling) Room(room Room) Room {
	if r.Rooms == RoomsOff {
		room.Status = RoomUnavailable
	}
	return room
}

// Domains are what the account's connections prove of where its person belongs: the domains of addresses that a provider
// verified, and the ids of organisations at Microsoft, where an address can be set freely.
func (a Account) Domains() []string {
	var found []string
	for _, c := range a.Connections {
		if c.Kind == KindMicrosoft {
			tenant, _, _ := strings.Cut(c.Subject, "/")
			found = append(found, strings.ToLower(tenant))
		}
	}
	for _, email := range a.Proven() {
		found = append(found, mailDomain(email))
	}
	return found
}

// Proven are the account's addresses that a provider verified, in lower case.
func (a Account) Proven() []string {
	var found []string
	for _, c := range a.Connections {
		if (c.Kind == KindGoogle || c.Kind == KindOIDC) && strings.Contains(c.Email, "@") {
			found = append(found, strings.ToLower(c.Email))
		}
	}
	return found
}
