package door

import (
	"net/http"
	"time"

	"parlor/internal/web/look"
)

// words are a sentence, and one more that ends with a time, if there is one.
type words struct {
	Text string     `json:"text"`
	Upon string     `json:"upon,omitempty"` // what is at that time
	At   *look.When `json:"at,omitempty"`
}

// noticePage is what notice.html shows.
type noticePage struct {
	live
	What, Topic, Next string
	HostName          string // "" where nobody may know it
	When              *span  // of the sitting, where there is one to come
	Upon              string
	At                *look.When
}

var notices = map[closed]noticePage{
	cancelled: {What: "This meeting was cancelled", Next: "There is nothing to join. If that surprises you, ask the person who invited you."},
	removed:   {What: "This link is no longer in use", Next: "The host took it out of the invitation. Look there for the new place, or ask the host."},
	over:      {What: "This meeting has ended", Next: "If you expected it to be going on, ask the person who invited you for a new link."},
	gone:      {What: "This room has moved", Next: "It has another number now. Ask the person who invited you for the new link."},
	off:       {What: noRoom.page.What, Next: noRoom.page.Next},
	unused:    {What: "This room is no longer in use", Next: "Ask the person who invited you for a new link."},
}

var standings = map[standing]noticePage{
	noMore: notices[over],
	ended:  {What: "The host has ended this meeting", Next: "If you expected it to be going on, ask the person who invited you."},
	locked: {What: "The host has locked this meeting", Next: "Nobody new can come in now. Keep this page open: it goes on by itself when the door is unlocked."},
	away:   {What: "The host has not let you in", Next: "You cannot join this meeting. If you think that is a mistake, write to the person who invited you."},
}

// sayStanding says why somebody cannot come in now.
func (d *Door) sayStanding(k *knock, s standing) error {
	if s == noMore {
		return d.sayClosed(k)
	}
	page, status := standings[s], http.StatusOK
	var again *look.Refresh
	switch s {
	case tooEarly:
		page, again = k.sayEarly(k.now)
		page.When = newSpan(k.slot, k.zone())
	case locked:
		k.prolong()
		page.live = k.live(s, "")
		again = page.again(refreshSeldom)
	case ended:
		status = http.StatusGone
	case away:
		status = http.StatusForbidden
	}
	page.Topic, page.HostName = topicOf(k.meeting.Title, k.meeting.Number, k.host), hostName(k.host)
	return d.page(k, status, "notice", page.What, page, again)
}

// refreshSeldom is how often a page asks again on which little happens, where no script does; seconds.
const refreshSeldom = 60

// soon is how long before the door opens a page follows it.
const soon = time.Hour

func (k *knock) sayEarly(now time.Time) (page noticePage, again *look.Refresh) {
	opens := k.doorOpens(k.sitting)
	page = noticePage{What: "You are early", Next: "Nothing is wrong with your link.", Upon: "The door opens", At: when(opens, now, k.zone())}
	switch changed, before := k.changedNow(now); {
	case before && changed.Slot == nil:
		page.What, page.Upon = "This meeting was cancelled", "The next one opens"
		page.Next = "It is one of a series, and this one does not take place."
	case before, k.meeting.Was != nil:
		page.What, page.Next, page.Upon = "This meeting has moved", "Your link is still the right one.", "It now begins"
		page.At = when(k.slot.Start, now, k.zone())
	}
	if opens.Sub(now) < soon {
		k.prolong()
		page.live = k.live(tooEarly, "")
		again = page.again(refreshSeldom)
	}
	return page, again
}

// sayClosed says why there is nothing to join, and whether it has only moved.
func (d *Door) sayClosed(k *knock) error {
	page, now := notices[k.why], k.now
	page.Topic = k.meeting.Title
	changed, before := k.changedNow(now)
	switch was := k.meeting.Was; {
	case k.why != over:
	case before && changed.Slot == nil:
		page.What, page.Next = notices[cancelled].What, notices[cancelled].Next
	case was != nil && now.Before(was.End.Add(k.overrun())):
		page.Next = "It was moved to an earlier time. If you missed it, ask the person who invited you."
	}
	return d.page(k, http.StatusGone, "notice", page.What, page, nil)
}

// waitWords says to somebody who waits what they wait for.
func (p place) waitWords(s sitting, now time.Time) words {
	switch other := p.elsewhere(s, now); {
	case p.locked(s):
		return words{Text: "The host has locked the meeting. You keep your place, and they can still let you in."}
	case s.there(now):
		return words{Text: "The host knows that you are here and will let you in soon."}
	case other != nil:
		return p.begins(words{Text: "The host is in another meeting."}, s, now, "Yours begins", "Yours began")
	case s.begun != nil:
		return words{Text: "The host was here until a moment ago. You keep your place until they are back."}
	}
	return p.begins(words{Text: "The host is not here yet. They will see that you are waiting."}, s, now, "The meeting begins", "")
}

// askWords says the same to somebody who has not given a name yet.
func (p place) askWords(s sitting, now time.Time) words {
	switch other := p.elsewhere(s, now); {
	case s.there(now):
		return words{Text: "The host lets people in one by one. Say who you are, and they will see that you are here."}
	case other != nil:
		return p.begins(words{Text: "The host is in another meeting. Say who you are, and wait here."}, s, now, "Yours begins", "Yours began")
	}
	return p.begins(words{Text: "The host is not here yet. Say who you are, and wait here."}, s, now, "The meeting begins", "")
}

func (p place) begins(w words, s sitting, now time.Time, will, did string) words {
	if s.slot.End.IsZero() {
		return w
	}
	if w.Upon = will; now.After(s.slot.Start) {
		w.Upon = did
	}
	if w.Upon != "" {
		w.At = when(s.slot.Start, now, p.zone())
	}
	return w
}
