package syncer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"parlor/internal/parlor"
)

// Apply makes the meetings that are to come follow the wish that the room carries: into the room where the guard agrees, or
// out of it, in the order of their days. Each keeps its number. A repeat goes on where it was stopped; their events are
// rewritten by the passes.
func (c *Claims) Apply(ctx context.Context) error {
	wish := c.room.Applying
	if wish == nil {
		return nil
	}
	all, err := c.coming(ctx)
	if err != nil {
		return err
	}
	for _, m := range all {
		if follows, _ := wish.Asks(m); !follows {
			continue
		}
		if err := c.move(ctx, m.Number, *wish); err != nil {
			return err
		}
	}
	_, err = c.st.UpdateRoom(ctx, c.acct, func(r *parlor.Room) {
		if r.Applying != nil && r.Applying.At.Equal(wish.At) {
			r.Applying = nil
		}
	})
	if err != nil {
		return fmt.Errorf("note that meetings were moved: %w", err)
	}
	c.room.Applying = nil
	return nil
}

// move reads a meeting anew, because a pass may have written to it.
func (c *Claims) move(ctx context.Context, number string, wish parlor.Applying) error {
	m, err := c.st.Meeting(ctx, c.acct, number)
	if errors.Is(err, parlor.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read meeting: %w", err)
	}
	if follows, _ := wish.Asks(m); !follows {
		return nil
	}
	_, err = c.settle(ctx, func(agenda *parlor.Agenda) (parlor.Meeting, int64, error) {
		moved, ok := c.moved(m, wish, agenda)
		if !ok {
			return m, c.rev, nil
		}
		rev, err := c.st.UpdateMeeting(ctx, c.acct, c.rev, moved)
		return moved, rev, err
	})
	return err
}

// moved is the meeting as the wish would have it, false when the guard is against it.
func (c *Claims) moved(m parlor.Meeting, wish parlor.Applying, agenda *parlor.Agenda) (parlor.Meeting, bool) {
	moved := c.choose(m, &wish.InRoom, agenda, m.Guests.Strangers(c.settings.Guard))
	if moved.Kind == m.Kind {
		return moved, false
	}
	moved.Why = wish.Why()
	return moved, true
}

// Foretold is what Apply would do to a meeting: After is the meeting as it would be then, and Kept says why it stays as it is.
type Foretold struct {
	Before, After parlor.Meeting
	Kept          *parlor.Reason
}

// Foretell says what Apply would do with the wish, and stores nothing. Meetings that are as wished already are left out.
func (c *Claims) Foretell(ctx context.Context, wish parlor.Applying) ([]Foretold, error) {
	all, err := c.coming(ctx)
	if err != nil {
		return nil, err
	}
	c.agenda = nil
	if err := c.read(ctx); err != nil {
		return nil, err
	}
	defer func() { c.agenda = nil }() // it holds what is only foretold
	var list []Foretold
	for _, m := range all {
		follows, kept := wish.Asks(m)
		switch {
		case kept != nil:
			list = append(list, Foretold{Before: m, After: m, Kept: kept})
		case follows:
			list = append(list, c.foretold(m, wish))
		}
	}
	return list, nil
}

func (c *Claims) foretold(m parlor.Meeting, wish parlor.Applying) Foretold {
	moved, ok := c.moved(m, wish, c.agenda)
	if !ok {
		return Foretold{Before: m, After: m, Kept: &moved.Why}
	}
	c.agenda.Add(moved)
	return Foretold{Before: m, After: moved}
}

// coming lists the meetings that are on and not over, by their start.
func (c *Claims) coming(ctx context.Context) ([]parlor.Meeting, error) {
	now := c.now()
	all, err := c.st.Meetings(ctx, c.acct, now.Add(-longestMeeting), now.Add(farAhead))
	if err != nil {
		return nil, fmt.Errorf("read meetings: %w", err)
	}
	all = slices.DeleteFunc(all, func(m parlor.Meeting) bool { return !m.ToCome(now) })
	slices.SortFunc(all, func(a, b parlor.Meeting) int {
		return cmp.Or(a.Start.Time.Compare(b.Start.Time), cmp.Compare(a.Number, b.Number))
	})
	return all, nil
}
