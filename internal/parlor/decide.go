package parlor

import (
	"strings"
	"time"
	"unicode"
)

// Case is everything that Decide looks at.
type Case struct {
	Event    Event
	Settings Settings
	Room     Room
	Origin   string // of this installation: https://rooms.example.com
	Now      time.Time
	Meeting  *Meeting // what we remember of this event, nil: nothing
	Series   *Meeting // on an occurrence: the meeting of its series, nil: none
	Foreign  bool     // the Parlor link in the event leads to another person's room
	Fresh    bool     // the event was read just now, not taken from a list
	Mails    bool     // the service mails the guests whenever text or place change; see Service.Mails
	Leaving  bool     // the person leaves, and our links with them; their settings do not matter
}

// Verb is what to do with an event.
type Verb string

// The verbs.
const (
	Keep    Verb = "keep"    // leave it as it is
	Inject  Verb = "inject"  // it gets a link
	Refresh Verb = "refresh" // the link there is replaced
	Remove  Verb = "remove"  // the link there is taken out
)

// Action is what to do and why.
type Action struct {
	Do       Verb
	Why      Reason
	Trigger  Trigger // of an Inject
	Tell     bool    // a person could wonder about it: goes to Activity
	OptOut   bool    // the person took the link out; remember it
	Reread   bool    // of a Keep: what the list shows does not suffice, so the event is to be read by itself
	Renumber bool    // of a Refresh: the number there belongs to another event
	Unclaim  bool    // a number was claimed for it, and is not needed after all
}

// Decide is the whole policy for one event (design §5). It is pure: same case, same action.
func Decide(c Case) Action {
	if why, skip := c.outOfReach(); skip {
		return Action{Do: Keep, Why: why}
	}
	if c.Leaving {
		return c.leave()
	}
	trigger, wanted := c.wanted()
	if c.Orphan() { // what the series no longer has, only a keyword of the occurrence's own brings back
		wanted = trigger == ByKeyword && !c.Series.Asking
	}
	link, present := c.OwnLink()
	if why, barred := c.barred(); barred {
		return Action{Do: Keep, Why: why, Tell: wanted && !present}
	}
	if present {
		return c.decidePresent(link, wanted)
	}
	return c.decideAbsent(trigger, wanted)
}

// Asked is what to do when the person asks for a link on this one event: their settings, another conference and whose event
// it is do not matter then, as long as it can be changed and is still to come.
func Asked(c Case) Action {
	if why, closed := c.Closed(); closed {
		return Action{Do: Keep, Why: why}
	}
	if link, present := c.OwnLink(); present {
		return c.decidePresent(link, true)
	}
	return Action{Do: Inject, Why: reasonAsked, Trigger: ByPerson, Tell: true}
}

// Closed says why an event can have no link, and none other than it has, even though its person asks; false when it can.
func (c Case) Closed() (Reason, bool) {
	if why, skip := c.outOfReach(); skip {
		return why, true
	}
	return reasonNotEditable, c.Event.Locked || !c.Event.Editable
}

// outOfReach is what nobody would wonder about.
func (c Case) outOfReach() (Reason, bool) {
	end, ends := LastEnd(c.Event)
	switch {
	case c.Event.Broken:
		return ReasonBroken, true
	case c.Event.Cancelled:
		return reasonCancelled, true
	case c.Event.Start.Time.IsZero() || ends && !end.After(c.Now):
		return reasonOver, true
	}
	return Reason{}, false
}

// barred is what keeps us from an event whatever the person's settings are.
func (c Case) barred() (Reason, bool) {
	e := c.Event
	switch {
	case c.Settings.Paused:
		return reasonPaused, true
	case !e.Ordinary:
		return reasonNotOrdinary, true
	case e.Start.AllDay:
		return reasonAllDay, true
	case !e.Organizer.Self && (e.Organizer.Email != "" || !e.Creator.Self):
		return reasonNotHost, true
	case e.Locked || !e.Editable:
		return reasonNotEditable, true
	}
	return Reason{}, false
}

func (c Case) decidePresent(link Link, wanted bool) Action {
	m := c.known()
	stamp, stamped := ParseStamp(c.Event.Stamp)
	switch {
	case m == nil && c.Foreign && !stamped:
		return Action{Do: Keep, Why: reasonOtherRoom, Tell: wanted}
	case m == nil && c.Orphan() && link.Number == c.Series.Number && !wanted:
		return Action{Do: Remove, Why: reasonSeriesWithout, Tell: true}
	case m == nil && link.Number == "" && !stamped && !wanted:
		return Action{Do: Keep, Why: reasonByHand}
	case m == nil:
		return Action{Do: Refresh, Why: reasonCopied, Trigger: c.keptTrigger(stamp), Tell: true, Renumber: true}
	case c.keywordGone(m, wanted) && !stamped && !c.Event.StampRead:
		return Action{Do: Keep, Why: reasonRight, Reread: true}
	case c.keywordGone(m, wanted):
		return Action{Do: Remove, Why: reasonKeywordGone, Tell: true}
	case m.Kind == InRoom && c.Room.Status == RoomUnavailable:
		return Action{Do: Refresh, Why: reasonRoomGone, Trigger: m.Trigger, Tell: true}
	case c.stale(link, m, stamp) && c.Mails && c.hasGuests() && c.works(link, m):
		return Action{Do: Keep, Why: reasonKeptUnmailed, Tell: true}
	case c.stale(link, m, stamp):
		return Action{Do: Refresh, Why: reasonStale, Trigger: m.Trigger, Tell: true}
	}
	return Action{Do: Keep, Why: reasonRight}
}

func (c Case) decideAbsent(trigger Trigger, wanted bool) Action {
	if c.tookOut() {
		return Action{Do: Keep, Why: reasonOptedOut, Tell: true, OptOut: !c.remembersOptOut()}
	}
	m := c.known()
	claimed := m != nil && m.State == Scheduled
	if claimed && c.owed(m, wanted) {
		return Action{Do: Inject, Why: m.Trigger.reason(), Trigger: m.Trigger, Tell: true}
	}
	if !wanted {
		return Action{Do: Keep, Why: reasonNotWanted, Unclaim: claimed}
	}
	if other, found := c.conference(); found && trigger != ByKeyword {
		return Action{Do: Keep, Why: reasonForeign(other), Tell: true}
	}
	return Action{Do: Inject, Why: trigger.reason(), Trigger: trigger, Tell: true}
}

// known is the meeting whose number the event should carry.
func (c Case) known() *Meeting {
	if c.Series != nil && !c.Orphan() {
		return c.Series
	}
	return c.Meeting
}

// Orphan says that the event is an occurrence of a series whose own link was taken out: its number leads nowhere now.
func (c Case) Orphan() bool { return c.Series != nil && c.Series.State != Scheduled }

// owed: a number was claimed for the event, but the link never reached it (we were stopped between the two) and is still
// asked for, or an occurrence with a text of its own has not got the link of its series yet.
func (c Case) owed(m *Meeting, wanted bool) bool {
	return c.Series != nil || m.Written == "" && (wanted || !c.lacksKeyword(m))
}

// tookOut says whether the person removed the link. We know from what we remember writing, or from our stamp.
func (c Case) tookOut() bool {
	_, stamped := ParseStamp(c.Event.Stamp)
	if c.Series != nil {
		o, seen := c.Series.Override(c.Event.OriginalStart.Time)
		return o.Out || o.Written != "" || (stamped || c.Mails) && !seen && c.editedSince(c.Series.WrittenAt)
	}
	m := c.Meeting
	if m == nil {
		return stamped
	}
	if m.State == LinkRemoved {
		return !c.Asks() || m.Asking
	}
	return m.State == Scheduled && m.Written != ""
}

// remembersOptOut says whether it is noted already that the person took the link out.
func (c Case) remembersOptOut() bool {
	if c.Series != nil {
		o, _ := c.Series.Override(c.Event.OriginalStart.Time)
		return o.Out
	}
	return c.Meeting != nil && c.Meeting.State == LinkRemoved
}

// editedSince says whether the person changed an occurrence after the link was written into its series. Before that, it
// has a text of its own and no link yet, though services let it inherit the stamp. Where a write mails the guests, the
// stamp is not waited for: lists may not show it, and a link too few is mended more easily than a mail too many.
func (c Case) editedSince(written time.Time) bool {
	const margin = time.Second // the write itself may touch the occurrence
	return c.Event.Updated.After(written.Add(margin))
}

// OwnLink finds a link of this installation in the event.
func (c Case) OwnLink() (Link, bool) {
	if _, link, ok := Find(c.Event.Body, c.Origin); ok {
		return link, true
	}
	if found := findMentions(c.Event.Location, c.Origin); len(found) > 0 {
		return found[0].link, true
	}
	return Link{}, false
}

func (c Case) conference() (Conference, bool) {
	if c.Event.Conference != nil {
		return *c.Event.Conference, true
	}
	return FindConference(c.Event.Location, c.Event.Body)
}

func (c Case) keptTrigger(s Stamp) Trigger {
	if s.Trigger != "" {
		return s.Trigger
	}
	return ByPerson
}

func (c Case) keywordGone(m *Meeting, wanted bool) bool {
	return c.Series == nil && !wanted && c.lacksKeyword(m) && m.Written != ""
}

// lacksKeyword says whether the word by which the event asked for its link is gone from it. That the setting names
// another word now is no reason: guests have the link.
func (c Case) lacksKeyword(m *Meeting) bool {
	return m.Trigger == ByKeyword && m.Keyword != "" &&
		!HasKeyword(c.Event.Title, m.Keyword) && !HasKeyword(c.Event.Location, m.Keyword)
}

// wanted says whether the person's settings ask for a link on this event, and by which of them.
func (c Case) wanted() (Trigger, bool) {
	switch auto := c.Settings.AutoAdd; {
	case auto == AddNever:
		return "", false
	case c.Orphan() && (c.Series.Asking || !c.Asks()): // the series went without, and this occurrence asks for nothing new
		return "", false
	case c.Asks():
		return ByKeyword, true
	case auto == AddWithGuests && c.hasGuests():
		return ByGuests, true
	case auto == AddAlways:
		return ByAlways, true
	}
	return "", false
}

func (c Case) hasGuests() bool { return len(c.guests()) > 0 }

// guests are the people invited besides the person.
func (c Case) guests() []Person {
	var list []Person
	for _, p := range c.Event.Attendees {
		if !p.Self && !p.Resource {
			list = append(list, p)
		}
	}
	return list
}

// Asks says whether the keyword is in the title or the location, as a word of its own.
func (c Case) Asks() bool { return c.has(c.Settings.Keyword) }

func (c Case) has(keyword string) bool {
	return HasKeyword(c.Event.Title, keyword) || HasKeyword(c.Event.Location, keyword)
}

// HasKeyword finds the keyword in any case, as a word of its own: #meet is not in #meeting.
func HasKeyword(text, keyword string) bool {
	if keyword == "" {
		return false
	}
	rest, keyword := strings.ToLower(text), strings.ToLower(keyword)
	before := ' '
	for {
		i := strings.Index(rest, keyword)
		if i < 0 {
			return false
		}
		if i > 0 {
			before = lastRune(rest[:i])
		}
		rest = rest[i+len(keyword):]
		if !isWord(before) && !isWord(firstRune(rest)) {
			return true
		}
		before = lastRune(keyword)
	}
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return ' '
}

func lastRune(s string) rune {
	last := ' '
	for _, r := range s {
		last = r
	}
	return last
}
