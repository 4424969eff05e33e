package desk

import (
	"context"
	"errors"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/syncer"
)

// sampleSize is how many accounts an estimate looks at; it takes about a second.
const sampleSize = 1000

// Estimate is what a policy would change, before it does.
type Estimate struct {
	People int  `json:"people" doc:"Whose future events may be written anew"`
	Rooms  int  `json:"rooms" doc:"Personal rooms that are switched off; the meetings there get one-time numbers"`
	Events int  `json:"events" doc:"Future events that are written anew. Those that newly get a link are not among them"`
	Mailed int  `json:"mailed" doc:"Guests whom their calendar mails because of it"`
	Stale  int  `json:"stale" doc:"Guests outside the organisations, who keep the text they were sent"`
	Kept   int  `json:"kept" doc:"Events that keep their text, because the calendar would mail the guests and the link still works"`
	About  bool `json:"about" doc:"Extrapolated from 1000 accounts: there are more"`
}

// PreviewPolicy says what SavePolicy would change, and checks the policy as it would; nothing is stored.
func (a *Administration) PreviewPolicy(ctx context.Context, etag string, p parlor.Policy) (Estimate, error) {
	before, after, err := a.succession(ctx, etag, p)
	if err != nil {
		return Estimate{}, err
	}
	total, err := a.d.st.CountAccounts(ctx)
	if err != nil {
		return Estimate{}, err
	}
	ids, err := a.d.st.SampleAccounts(ctx, sampleSize)
	if err != nil {
		return Estimate{}, err
	}
	var e Estimate
	for _, id := range ids {
		if err := a.d.estimate(ctx, &e, id, before, after); err != nil {
			return e, err
		}
	}
	if int64(len(ids)) < total {
		e.extrapolate(float64(total) / float64(len(ids)))
	}
	return e, nil
}

func (e *Estimate) extrapolate(by float64) {
	e.About = true
	for _, n := range []*int{&e.People, &e.Rooms, &e.Events, &e.Mailed, &e.Stale, &e.Kept} {
		*n = int(float64(*n)*by + 0.5)
	}
}

// estimate adds what a change of policy means for one account.
func (d *Desk) estimate(ctx context.Context, e *Estimate, id parlor.AccountID, before, after parlor.Policy) error {
	account, own, err := d.st.Chosen(ctx, id)
	if errors.Is(err, parlor.ErrNotFound) || err == nil && account.Disabled {
		return nil
	}
	if err != nil {
		return err
	}
	turn, err := before.Turn(after, account, own)
	if err != nil || !turn.TouchesEvents() {
		return err
	}
	e.People++
	room, err := d.st.Room(ctx, id)
	if errors.Is(err, parlor.ErrNotFound) { // drawn with the first sign-in or meeting: there is none of either yet
		return nil
	}
	if err != nil {
		return err
	}
	if turn.RoomCloses() && room.Status == parlor.RoomReady {
		e.Rooms++
	}
	return d.countTurn(ctx, e, id, room, turn)
}

// countTurn counts the events of one account. A room that closes takes links with it; any other change leaves them working, and
// where a calendar would mail the guests, the text stays.
func (d *Desk) countTurn(ctx context.Context, e *Estimate, id parlor.AccountID, room parlor.Room, turn parlor.Turn) error {
	now := d.now()
	var alter func(parlor.Meeting) parlor.Meeting
	if turn.RoomCloses() {
		alter = func(m parlor.Meeting) parlor.Meeting { m.Kind = parlor.OneTime; return m }
	} else {
		room.QuietUntil = now.Add(time.Hour)
	}
	counts, err := syncer.Counts(ctx, d.st, d.cn, id, parlor.Case{Settings: turn.After, Room: room, Origin: d.origin, Now: now}, alter)
	if err != nil {
		return err
	}
	sum := syncer.Sum(counts)
	e.Events += sum.Left
	e.Mailed += sum.Mailed
	e.Stale += sum.Stale
	e.Kept += sum.Kept
	return nil
}
