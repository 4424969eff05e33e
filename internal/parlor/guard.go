package parlor

import (
	"fmt"
	"time"
)

// Choice is which number a meeting gets, decided once.
type Choice struct {
	Kind     MeetingKind
	Why      Reason
	Conflict *Reason // the room is used all the same, but the person should know
}

// Choose decides between the person's room and a one-time number. usePMI is the person's wish for this one meeting, nil
// when there is none; agenda holds the other meetings in the room.
func Choose(s Settings, m Meeting, usePMI *bool, roomReady bool, agenda *Agenda) Choice {
	want, why := s.UsePMIForScheduled, ReasonRoomBySetting
	if usePMI != nil {
		want, why = *usePMI, ReasonRoomAsked
	}
	switch {
	case !want && usePMI != nil:
		return Choice{Kind: OneTime, Why: ReasonOneTimeAsked}
	case !want:
		return Choice{Kind: OneTime, Why: ReasonOneTimeBySetting}
	case !roomReady:
		return Choice{Kind: OneTime, Why: ReasonRoomUnavailable}
	case s.Guard.Overlap == GuardAllow:
		return Choice{Kind: InRoom, Why: why}
	}
	busy, clash := agenda.Clash(m, time.Duration(s.Guard.BufferMinutes)*time.Minute)
	if !clash {
		return Choice{Kind: InRoom, Why: why}
	}
	if s.Guard.Overlap == GuardWarn {
		conflict := overlapReason("Your room is also", busy, m.Start.Zone, s.Guard.BufferMinutes)
		return Choice{Kind: InRoom, Why: why, Conflict: &conflict}
	}
	return Choice{Kind: OneTime, Why: overlapReason("A one-time number, because your room is", busy, m.Start.Zone, s.Guard.BufferMinutes)}
}

// Overlap says whether a meeting that already has its number now meets another one in the room; nil when it does not.
func Overlap(s Settings, m Meeting, agenda *Agenda) *Reason {
	if m.Kind != InRoom || s.Guard.Overlap == GuardAllow {
		return nil
	}
	busy, clash := agenda.Clash(m, time.Duration(s.Guard.BufferMinutes)*time.Minute)
	if !clash {
		return nil
	}
	r := overlapReason("Your room is also", busy, m.Start.Zone, s.Guard.BufferMinutes)
	return &r
}

func overlapReason(opening string, b Busy, zone string, buffer int) Reason {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		loc = time.UTC
	}
	title := b.Title
	if title == "" {
		title = "another meeting"
	}
	return Reason{ReasonRoomTaken.Code, fmt.Sprintf("%s taken by “%s” on %s (%d minutes kept free around it).",
		opening, title, b.Start.In(loc).Format("Mon 2 Jan, 15:04 MST"), buffer)}
}
