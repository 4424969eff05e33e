package parlor

import (
	"fmt"
	"slices"
	"strings"
)

// Reasons that need no further words. Codes are stable; texts may change.
var (
	ReasonRoomBySetting    = Reason{"pmi_setting", "Your personal room, because “Use Personal Meeting ID” is on in your settings."}
	ReasonRoomAsked        = Reason{"pmi_asked", "Your personal room, because you chose it for this meeting."}
	ReasonOneTimeBySetting = Reason{"one_time_setting", "A one-time number, because “Use Personal Meeting ID” is off in your settings."}
	ReasonOneTimeAsked     = Reason{"one_time_asked", "A one-time number, because you chose it for this meeting."}
	ReasonRoomApplied      = Reason{"pmi_applied", "Your personal room, because you applied “Use Personal Meeting ID” to coming meetings."}
	ReasonOneTimeApplied   = Reason{"one_time_applied", "A one-time number, because you applied “Use Personal Meeting ID” being off to coming meetings."}
	ReasonRoomUnavailable  = Reason{"room_unavailable", "A one-time number, because your personal room is switched off."}
)

// Why an event got a link, and why it was left or changed. The texts are the endings of what Activity says.
var (
	reasonKeyword    = Reason{"keyword", "your keyword is in its title or location"}
	reasonWithGuests = Reason{"with_guests", "it has guests, and your settings add a link to such events"}
	reasonAlways     = Reason{"always", "your settings add a link to every event"}
	reasonAsked      = Reason{"asked", "you asked for it"}

	reasonCancelled     = Reason{"cancelled", "The event was cancelled."}
	reasonOver          = Reason{"over", "The event is over."}
	reasonAllDay        = Reason{"all_day", "Left alone: it lasts all day, and has no hour to meet at."}
	reasonNotOrdinary   = Reason{"not_ordinary", "Left alone: it is a birthday, focus time or another special entry."}
	reasonNotHost       = Reason{"not_organizer", "Left alone: somebody else organises it, so the link is theirs to give."}
	reasonNotEditable   = Reason{"not_editable", "Left alone: the calendar does not let you change this event."}
	reasonPaused        = Reason{"paused", "Left alone: Parlor is paused in your settings."}
	reasonNotWanted     = Reason{"not_wanted", "Your settings ask for no link here."}
	reasonRight         = Reason{"already_right", "The link is there and right."}
	reasonOptedOut      = Reason{"opted_out", "Left alone: you took the link out, so it stays out."}
	reasonOtherRoom     = Reason{"other_room", "Left alone: it already leads to somebody else's room."}
	reasonByHand        = Reason{"by_hand", "Left alone: you put your room's link there yourself."}
	reasonStale         = Reason{"stale", "The link or its text was out of date, and was brought up to date."}
	reasonCopied        = Reason{"copied", "It carried the number of another event, and got its own."}
	reasonSeriesWithout = Reason{"series_without", "The link was taken out, because its series has none any more."}
	reasonKeptUnmailed  = Reason{"kept_unmailed", "Left as it is: the link still works, and your calendar would mail every guest to change the text."}
	reasonRoomGone      = Reason{"room_unavailable", "Your personal room is switched off, so the link leads to a one-time number now."}
	reasonLeft          = Reason{"left", "The link was taken out, because you had Parlor leave this calendar."}
	reasonKeywordGone   = Reason{"keyword_gone", "The link was taken out, because your keyword is gone."}

	// ReasonBroken is for the syncer: what is stored cannot be read, and what cannot be read is not written.
	ReasonBroken = Reason{"broken", "Left alone: what your calendar keeps of this event is against the rules of its format, so Parlor could spoil it by writing. Saving it again in your calendar often mends it."}

	// ReasonRoomTaken is an overlap for those who may not know what the other meeting is about.
	ReasonRoomTaken = Reason{"overlap", "Another meeting is in the room at that time."}

	// ReasonNotYours is for a person who asks for a link on an event that leads to another room already.
	ReasonNotYours = Reason{"other_room", "It already has the link of somebody else's room. Take that out first."}

	// ReasonWriteLimit is for the syncer: three writes an hour to one event are the most.
	ReasonWriteLimit = Reason{"write_limit", "Left alone for now: it was changed three times within an hour, perhaps by another program that changes it back."}
)

func reasonForeign(c Conference) Reason {
	return Reason{"other_conference", "Left alone: it already has a " + c.Provider + " link. Put your keyword in the title to have both."}
}

func (t Trigger) reason() Reason {
	switch t {
	case ByKeyword:
		return reasonKeyword
	case ByGuests:
		return reasonWithGuests
	case ByAlways:
		return reasonAlways
	default:
		return reasonAsked
	}
}

// Added is what Activity says of an event that got its link.
func Added(t Trigger, m Meeting) Reason {
	return Reason{t.reason().Code, "Added because " + t.reason().Text + ". " + m.Explained().Text}
}

// Unmailed adds who hears of a change. Where no mail goes out for our writes, these are only the guests whose calendar is
// at the organiser's own service; others may keep the text they were sent. Some services mail all of them.
func (r Reason) Unmailed(c Case) Reason {
	if c.Mails {
		r.Text += counted(c.guests(), " Your calendar told one guest of it by mail.", " Your calendar told %d guests of it by mail.")
		return r
	}
	elsewhere := Outside(c.Event.Organizer.Email, c.guests())
	r.Text += counted(elsewhere, " One guest outside your organisation may still see the text they were sent; no mail went out.",
		" %d guests outside your organisation may still see the text they were sent; no mail went out.")
	return r
}

// counted is a sentence about so many guests; none about nobody.
func counted(guests []Person, one, more string) string {
	switch len(guests) {
	case 0:
		return ""
	case 1:
		return one
	default:
		return fmt.Sprintf(more, len(guests))
	}
}

// Rewritten is what Activity says when every coming event has followed a change of the room.
func Rewritten(t Tally) Reason {
	text := fmt.Sprintf("Your room was changed, and %d coming events say so now.", t.Done)
	if t.Done == 1 {
		text = "Your room was changed, and one coming event says so now."
	}
	switch t.Kept {
	case 0:
	case 1:
		text += " One was left as it is."
	default:
		text += fmt.Sprintf(" %d were left as they are.", t.Kept)
	}
	return Reason{"rewritten", text}
}

// Outside are those of the guests whose calendar is not at the organiser's own service, as far as addresses tell.
func Outside(organizer string, guests []Person) []Person {
	own := mailDomain(organizer)
	return slices.DeleteFunc(slices.Clone(guests), func(g Person) bool {
		d := mailDomain(g.Email)
		return d == own || d == "gmail.com" || d == "googlemail.com"
	})
}

// CountGuests counts the people whom the organizer invited.
func CountGuests(organizer string, invited []Person) Guests {
	guests := slices.DeleteFunc(slices.Clone(invited), func(p Person) bool { return p.Self || p.Resource })
	return Guests{Invited: len(guests), Outside: len(Outside(organizer, guests))}
}

func mailDomain(address string) string {
	return strings.ToLower(address[strings.LastIndexByte(address, '@')+1:])
}

// Disconnected is what Activity says of a service that the person disconnected, with so many links left in events.
func Disconnected(service string, left int) Reason {
	r := Reason{"disconnected", service + " was disconnected. Parlor no longer reads anything there."}
	switch left {
	case 0:
	case 1:
		r.Text += " The link in one event stays, and still works."
	default:
		r.Text += fmt.Sprintf(" The links in %d events stay, and still work.", left)
	}
	return r
}
