package parlor

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Choice is which number a meeting gets, decided once.
type Choice struct {
	Kind     MeetingKind
	Why      Reason
	Conflict *Reason // the room is used all the same, but the person should know
	Waits    *Reason // the room is used, and guests wait whatever the settings say
}

// Choose decides between the person's room and a one-time number. usePMI is the person's wish for this one meeting, nil
// when there is none; agenda holds the other meetings in the room; strangers are the guests whom the person does not know.
func Choose(s Settings, m Meeting, usePMI *bool, roomReady bool, agenda *Agenda, strangers []string) Choice {
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
	}
	if why, barred := kept(s, m, agenda, strangers); barred {
		return Choice{Kind: OneTime, Why: why}
	}
	m.Kind, m.State = InRoom, Scheduled
	return Choice{Kind: InRoom, Why: why, Conflict: Overlap(s, m, agenda), Waits: Waiting(s, m, strangers)}
}

// kept is why the guard keeps a meeting out of the room: every reason there is, what is in the room first.
func kept(s Settings, m Meeting, agenda *Agenda, strangers []string) (Reason, bool) {
	var (
		code    string
		because []string
	)
	if taken, clash := s.Guard.taken(m, agenda); clash && s.Guard.Overlap == GuardOneTime {
		code, because = ReasonRoomTaken.Code, append(because, "your room is "+taken)
	}
	if len(strangers) > 0 && s.Guard.Unfamiliar == GuardOneTime {
		if code == "" {
			code = codeUnfamiliar
		}
		because = append(because, notMet(strangers))
	}
	return Reason{code, "A one-time number, because " + strings.Join(because, ", and because ") + "."}, code != ""
}

// Strangers stand for the guests whom the person did not know when the event was last seen; it is not remembered who they are.
func (g Guests) Strangers(guard Guard) []string {
	if guard.Unfamiliar == GuardAllow {
		return nil
	}
	return slices.Repeat([]string{"a guest"}, g.Unmet)
}

// Overlap says whether a meeting that has its number now meets another one in the room; nil when it does not.
func Overlap(s Settings, m Meeting, agenda *Agenda) *Reason {
	if m.Kind != InRoom {
		return nil
	}
	taken, clash := s.Guard.taken(m, agenda)
	if !clash {
		return nil
	}
	return &Reason{ReasonRoomTaken.Code, "Your room is also " + taken + "."}
}

// Waiting says whether all guests of a meeting wait until they are let in, because of some whom the person does not know;
// nil when not. A stranger who comes to a meeting that has its number waits also where the rule is a one-time number.
func Waiting(s Settings, m Meeting, strangers []string) *Reason {
	if m.Kind != InRoom || m.State != Scheduled || len(strangers) == 0 || s.Guard.Unfamiliar == GuardAllow {
		return nil
	}
	return &Reason{codeWaits, "Guests wait in the waiting room, because " + notMet(strangers) + "."}
}

const (
	codeUnfamiliar = "unfamiliar"       // that is why it is a one-time number
	codeWaits      = "unfamiliar_waits" // that is why guests wait in the room
)

// notMet names the first stranger and counts the others.
func notMet(strangers []string) string {
	const unmet = " not met you here before"
	switch others := len(strangers) - 1; others {
	case 0:
		return strangers[0] + " has" + unmet
	case 1:
		return strangers[0] + " and one other guest have" + unmet
	default:
		return fmt.Sprintf("%s and %d other guests have%s", strangers[0], others, unmet)
	}
}

// taken says by which meeting the room is taken when m takes place, in words that follow “is”.
func (g Guard) taken(m Meeting, agenda *Agenda) (string, bool) {
	if g.Overlap == GuardAllow {
		return "", false
	}
	busy, clash := agenda.Clash(m, time.Duration(g.BufferMinutes)*time.Minute)
	if !clash {
		return "", false
	}
	loc, err := time.LoadLocation(m.Start.Zone)
	if err != nil {
		loc = time.UTC
	}
	title := "another meeting"
	if busy.Title != "" {
		title = "“" + busy.Title + "”"
	}
	return fmt.Sprintf("taken by %s on %s (%d minutes kept free around it)",
		title, busy.Start.In(loc).Format("Mon 2 Jan, 15:04 MST"), g.BufferMinutes), true
}
