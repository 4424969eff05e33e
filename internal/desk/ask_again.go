package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"parlor/internal/parlor"
	"parlor/internal/syncer"
)

// claimedBefore finds the meeting that was claimed for this very event: by the number that the client remembers, else by
// the one in the texts. An event that was not saved yet has no id that we could be told, so
//   - a number of another account, or one that was forgotten, is none: the event gets its own;
//   - a number whose event is gone is none either;
//   - a number that no pass has seen in an event yet is this event's;
//   - a number that is bound to an event is this event's if the client says so, or if the times are those of the meeting
//     or of one of its occurrences. Otherwise the text was copied from another event.
//
// Both mistakes that this leaves open mend themselves once the event is saved: the pass knows its id, and gives a copy a
// number of its own, or the event its own number back.
func (d *Desk) claimedBefore(ctx context.Context, o order, in Inviting) (m parlor.Meeting, known bool, err error) {
	number := in.Number
	if number == "" {
		number = d.numberIn(in.Body, in.Location)
	}
	if number == "" {
		return m, false, nil
	}
	m, err = d.st.Meeting(ctx, o.acct, number)
	if errors.Is(err, parlor.ErrNotFound) {
		return parlor.Meeting{}, false, nil
	}
	if err != nil {
		return m, false, fmt.Errorf("find meeting asked for again: %w", err)
	}
	own := m.State != parlor.MeetingCancelled && (m.Event.ID == "" || in.Number != "" || o.at(m))
	return m, own, nil
}

// numberIn finds the meeting number in the first text that has a link of ours.
func (d *Desk) numberIn(texts ...*string) string {
	for _, text := range texts {
		if text == nil {
			continue
		}
		if _, link, found := parlor.Find(*text, d.origin); found {
			return link.Number
		}
	}
	return ""
}

// at says whether the request has the times of the meeting, or of one of its occurrences.
func (o order) at(m parlor.Meeting) bool {
	return slices.ContainsFunc(m.Slots(o.req.Start.Time, o.req.End.Time), func(s parlor.Slot) bool {
		return s.Start.Equal(o.req.Start.Time) && s.End.Equal(o.req.End.Time)
	})
}

// askAgain brings a meeting up to date with a request. The number stays in any case, so that no link that somebody has
// leads nowhere. The kind stays too, unless the person now wishes the other one; what came in the way is a conflict.
//
// A meeting that is bound to an event follows what the calendar says, not what stands in a form that may never be saved:
// its times are not stored, and one whose link was taken out counts as such until the link is seen there again.
func (d *Desk) askAgain(ctx context.Context, o order, m parlor.Meeting) (parlor.Meeting, error) {
	claims := syncer.NewClaims(d.st, o.acct, o.settings, o.room, d.now)
	asked := o.revised(m)
	switch {
	case m.Event.ID == "" && (m.State == parlor.LinkRemoved || o.switches(m)):
		asked.State = parlor.Scheduled
		return claims.Claim(ctx, asked, o.req.UsePMI, o.req.Attendees)
	case m.Event.ID == "":
		var err error
		if asked.Waits, err = claims.Waiting(ctx, asked, o.req.Attendees); err != nil {
			return asked, err
		}
		return claims.Update(ctx, asked)
	}
	asked, err := d.judge(ctx, o, m)
	if err != nil || asked.Kind == m.Kind {
		return asked, err
	}
	m.Kind, m.Why, m.Waits = asked.Kind, asked.Why, asked.Waits
	_, err = claims.Update(ctx, m)
	return asked, err
}

// revised is the meeting with the times and the title of the request.
func (o order) revised(m parlor.Meeting) parlor.Meeting {
	m.Title, m.Start, m.End, m.Recurrence = o.req.Title, o.req.Start, o.req.End, o.req.Recurrence
	return m
}

// switches says whether the person now wishes the other kind. An occurrence cannot leave the number of its series.
func (o order) switches(m parlor.Meeting) bool {
	occurrence := m.Event.ID != "" && len(m.Recurrence) > 0 && len(o.req.Recurrence) == 0
	return o.req.UsePMI != nil && *o.req.UsePMI != (m.Kind == parlor.InRoom) && !occurrence
}

// judge asks the guard what the meeting would be with the times of the request, and stores nothing.
func (d *Desk) judge(ctx context.Context, o order, m parlor.Meeting) (parlor.Meeting, error) {
	inRoom, _, err := d.st.Agenda(ctx, o.acct)
	if err != nil {
		return m, err
	}
	agenda := parlor.NewAgenda(inRoom, d.now())
	fresh := m.Number == "" || m.State == parlor.LinkRemoved && m.Event.ID == ""
	asked := o.revised(m)
	strangers, err := syncer.NewClaims(d.st, o.acct, o.settings, o.room, d.now).Strangers(ctx, o.req.Attendees)
	if err != nil {
		return m, err
	}
	if !fresh && !o.switches(m) {
		asked.Conflict, asked.Waits = parlor.Overlap(o.settings, asked, agenda), parlor.Waiting(o.settings, asked, strangers)
		return asked, nil
	}
	choice := parlor.Choose(o.settings, asked, o.req.UsePMI, o.room.Status == parlor.RoomReady, agenda, strangers)
	asked.Kind, asked.Why, asked.Conflict, asked.Waits = choice.Kind, choice.Why, choice.Conflict, choice.Waits
	return asked, nil
}
