package syncer

import (
	"context"
	"fmt"
	"time"

	"parlor/internal/connect"
	"parlor/internal/parlor"
	"parlor/internal/store"
)

// longestMeeting is how long before now a meeting that still runs may have begun.
const longestMeeting = 31 * 24 * time.Hour

// Count is how many events of one calendar say what they should.
type Count struct {
	Calendar store.CalendarState
	parlor.Tally
	way parlor.Way
}

// place tells two calendars of one account apart.
type place struct {
	id      parlor.CalendarID
	service parlor.Kind
}

// Counts counts, for each calendar, the coming events that carry a link against what they should say with the room of the
// case: as it is, or as it may come to be. alter changes each meeting first; nil does not.
func Counts(ctx context.Context, st *store.Store, cn *connect.Connector, acct parlor.AccountID, c parlor.Case,
	alter func(parlor.Meeting) parlor.Meeting,
) ([]Count, error) {
	states, err := st.Calendars(ctx, acct)
	if err != nil {
		return nil, fmt.Errorf("read calendars: %w", err)
	}
	account, err := st.Account(ctx, acct)
	if err != nil {
		return nil, fmt.Errorf("read account: %w", err)
	}
	meetings, err := st.Meetings(ctx, acct, c.Now.Add(-longestMeeting), c.Now.Add(farAhead))
	if err != nil {
		return nil, fmt.Errorf("read meetings: %w", err)
	}
	counts, at := make([]Count, len(states)), map[place]int{}
	for i, state := range states {
		conn, _ := account.Connection(state.Service)
		counts[i].Calendar, at[place{state.Info.ID, state.Service}] = state, i
		counts[i].way = parlor.Way{
			Mails: cn.Mails(state.Service), Quiet: c.Room.QuietUntil.After(c.Now),
			Shut: !state.On || conn.State != parlor.Connected, Since: c.Room.Changed.At,
		}
	}
	for _, m := range meetings {
		i, known := at[place{m.Event.Calendar, m.Service}]
		if !known {
			continue
		}
		if alter != nil {
			m = alter(m)
		}
		counts[i].Add(m, c.Block(m).Hash(), counts[i].way, c.Now)
	}
	return counts, nil
}

// Mails says whether the calendar mails the guests of every event that is rewritten.
func (c Count) Mails() bool { return c.way.Mails }

// Sum adds the counts of all calendars up.
func Sum(counts []Count) (all parlor.Tally) {
	for _, c := range counts {
		all.Done += c.Done
		all.Left += c.Left
		all.Kept += c.Kept
		all.Mailed += c.Mailed
		all.Stale += c.Stale
	}
	return all
}

// settled notes, after a full pass, that every event says what the room is now.
func (p *pass) settled(ctx context.Context) error {
	if !p.report.Full {
		return nil
	}
	var err error
	p.report.Tally, p.report.Rewritten, err = p.settle(ctx, p.acct, p.settings, p.room)
	return err
}

// settle notes that nothing is left to be done for the latest change of a room, tells the person, and says whether it is the
// first to do so.
func (s *Syncer) settle(ctx context.Context, acct parlor.AccountID, settings parlor.Settings, room parlor.Room) (all parlor.Tally, done bool, err error) {
	if room.Changed.At.IsZero() || !room.Changed.Done.IsZero() {
		return all, false, nil
	}
	with := parlor.Case{Settings: settings, Room: room, Origin: s.cfg.Origin, Now: s.now()}
	counts, err := Counts(ctx, s.st, s.cn, acct, with, nil)
	if err != nil {
		return all, false, err
	}
	all = Sum(counts)
	if all.Left > 0 {
		return all, false, nil
	}
	_, err = s.st.UpdateRoom(ctx, acct, func(r *parlor.Room) {
		if done = r.Changed.At.Equal(room.Changed.At) && r.Changed.Done.IsZero(); done {
			r.Changed.Done = s.now().UTC()
		}
	})
	if err != nil || !done || all.Total() == 0 {
		return all, false, err
	}
	why := parlor.Rewritten(all)
	return all, true, s.st.Log(ctx, acct, parlor.Entry{At: s.now(), Action: "room", Code: why.Code, Text: why.Text})
}
