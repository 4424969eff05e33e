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
	conflict := overlapReason(busy, m.Start.Zone, s.Guard.BufferMinutes)
	if s.Guard.Overlap == GuardWarn {
		return Choice{Kind: InRoom, Why: why, Conflict: &conflict}
	}
	conflict.Text = "A one-time number, because " + conflict.Text
	return Choice{Kind: OneTime, Why: conflict}
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
	r := overlapReason(busy, m.Start.Zone, s.Guard.BufferMinutes)
	return &r
}

func overlapReason(b Busy, zone string, buffer int) Reason {
	loc, err := time.LoadLocation(zone)
	if err != nil {
		loc = time.UTC
	}
	title := b.Title
	if title == "" {
		title = "another meeting"
	}
	return Reason{"overlap", fmt.Sprintf("your room is taken by “%s” on %s (%d minutes kept free around it).",
		title, b.Start.In(loc).Format("Mon 2 Jan, 15:04 MST"), buffer)}
}
