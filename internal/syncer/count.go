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
	Mails    bool
	parlor.Tally
}

// Counts counts, for each calendar, the coming events that carry a link against what they should say with the room as it is
// given: as it is, or as it may come to be. alter changes each meeting first, nil does not.
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
	counts := make([]Count, len(states))
	at := map[parlor.EventRef]int{}
	ways := make([]parlor.Way, len(states))
	for i, state := range states {
		conn, ok := account.Connection(state.Service)
		counts[i] = Count{Calendar: state, Mails: cn.Mails(state.Service)}
		ways[i] = parlor.Way{Mails: counts[i].Mails, Quiet: c.Room.QuietUntil.After(c.Now), Shut: !state.On || !ok || conn.State != parlor.Connected}
		at[parlor.EventRef{Calendar: state.Info.ID, ID: string(state.Service)}] = i
	}
	for _, m := range meetings {
		i, known := at[parlor.EventRef{Calendar: m.Event.Calendar, ID: string(m.Service)}]
		if !known {
			continue
		}
		if alter != nil {
			m = alter(m)
		}
		counts[i].Add(m, c.Block(m).Hash(), ways[i], c.Now)
	}
	return counts, nil
}

// Sum adds the counts of all calendars up.
func Sum(counts []Count) (all parlor.Tally) {
	for _, c := range counts {
		all.Total += c.Total
		all.Left += c.Left
		all.Kept += c.Kept
		all.Mailed += c.Mailed
		all.Stale += c.Stale
	}
	return all
}

// settled notes, after a full pass, that every event says what the room is now, and tells the person once.
func (p *pass) settled(ctx context.Context) error {
	if !p.report.Full || p.room.Changed.At.IsZero() || !p.room.Changed.Done.IsZero() {
		return nil
	}
	counts, err := Counts(ctx, p.st, p.cn, p.acct,
		parlor.Case{Settings: p.settings, Room: p.room, Origin: p.cfg.Origin, Now: p.now()}, nil)
	if err != nil {
		return err
	}
	all := Sum(counts)
	if all.Left > 0 {
		return nil
	}
	done := false
	_, err = p.st.UpdateRoom(ctx, p.acct, func(r *parlor.Room) {
		if done = r.Changed.At.Equal(p.room.Changed.At) && r.Changed.Done.IsZero(); done {
			r.Changed.Done = p.now().UTC()
		}
	})
	if err != nil || !done {
		return err
	}
	p.report.Rewritten = true
	why := parlor.Rewritten(all)
	return p.st.Log(ctx, p.acct, parlor.Entry{At: p.now(), Action: "room", Code: why.Code, Text: why.Text})
}
