package connect

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"parlor/internal/parlor"
)

// sittingLease is how long the making of a one-time meeting may take before somebody else tries.
const sittingLease = 20 * time.Second

// Enter returns where the door sends one admitted person, and remembers the session, so that the video system can ask about
// it (store.Sitting). A one-time meeting is made at the video system when the first person enters it, and once.
// parlor.ErrRoomUnavailable: the host has to connect the video system, or it has switched the room off;
// *parlor.ThrottledError: it makes no more meetings for now.
func (c *Connector) Enter(ctx context.Context, host parlor.AccountID, s parlor.Session, p parlor.Person) (*url.URL, error) {
	rooms, err := c.doors(host)
	if err != nil {
		return nil, err
	}
	to, err := c.enterOnce(ctx, rooms, host, s, p)
	if errors.Is(err, parlor.ErrNotFound) && s.OneTime { // it was deleted there: the session gets another one
		if err := c.st.PutSitting(ctx, s.Name, sitting(host, s, parlor.Room{})); err != nil {
			return nil, fmt.Errorf("forget meeting: %w", err)
		}
		to, err = c.enterOnce(ctx, rooms, host, s, p)
	}
	if errors.Is(err, parlor.ErrRevoked) || errors.Is(err, parlor.ErrScope) || errors.Is(err, parlor.ErrNotFound) {
		return nil, fmt.Errorf("enter: %w: %w", parlor.ErrRoomUnavailable, err)
	}
	return to, err
}

// doors opens an account's rooms whether or not its grant is alive: where an address is known, people get in without it.
func (c *Connector) doors(host parlor.AccountID) (parlor.Rooms, error) {
	switch {
	case c.rooms.Rooms == nil:
		return nil, fmt.Errorf("open rooms at %s: %w", c.rooms.Kind, parlor.ErrNotFound)
	case c.rooms.OAuth == nil:
		return c.rooms.Rooms(c.http)
	}
	return c.rooms.Rooms(c.client(host, c.rooms))
}

func (c *Connector) enterOnce(ctx context.Context, rooms parlor.Rooms, host parlor.AccountID, s parlor.Session, p parlor.Person) (*url.URL, error) {
	var made parlor.Room
	if s.OneTime && c.rooms.Prepares {
		var err error
		if made, err = c.prepared(ctx, rooms, host, s); err != nil {
			return nil, err
		}
		s.Address, s.Ref = made.Address, made.Ref
	}
	to, err := rooms.Enter(ctx, s, p)
	if err != nil {
		return nil, fmt.Errorf("enter room: %w", err)
	}
	if err := c.st.PutSitting(ctx, s.Name, sitting(host, s, made)); err != nil {
		return nil, fmt.Errorf("note sitting: %w", err)
	}
	return to, nil
}

func sitting(host parlor.AccountID, s parlor.Session, made parlor.Room) parlor.Sitting {
	return parlor.Sitting{Account: host, Number: s.Number, Until: s.Ends, Address: made.Address, Ref: made.Ref}
}

// prepared returns the one-time meeting of a session. Of two who come at once, one has it made and the other waits.
func (c *Connector) prepared(ctx context.Context, rooms parlor.Rooms, host parlor.AccountID, s parlor.Session) (parlor.Room, error) {
	for {
		known, err := c.st.Sitting(ctx, s.Name)
		if err == nil && known.Address != "" {
			return parlor.Room{Address: known.Address, Ref: known.Ref}, nil
		}
		if err != nil && !errors.Is(err, parlor.ErrNotFound) {
			return parlor.Room{}, err
		}
		lease, err := c.st.Lease(ctx, host, "sitting:"+s.Name, sittingLease)
		if err == nil {
			made, err := c.make(ctx, rooms, host, s)
			_ = lease.Release(context.WithoutCancel(ctx)) // else it ends by itself
			return made, err
		}
		if !errors.Is(err, parlor.ErrBusy) {
			return parlor.Room{}, err
		}
		if err := pause(ctx, leasePause); err != nil {
			return parlor.Room{}, err
		}
	}
}

// make has the meeting made, as the holder of the lease, if nobody did just before.
func (c *Connector) make(ctx context.Context, rooms parlor.Rooms, host parlor.AccountID, s parlor.Session) (parlor.Room, error) {
	if known, err := c.st.Sitting(ctx, s.Name); err == nil && known.Address != "" {
		return parlor.Room{Address: known.Address, Ref: known.Ref}, nil
	}
	ctx = context.WithoutCancel(ctx) // a meeting that nobody notes would be made again
	now := c.now()
	draft := parlor.Draft{Key: s.Name, Title: s.Topic, Start: parlor.Moment{Time: now}, End: parlor.Moment{Time: s.Ends}}
	if s.Ends.Before(now) {
		draft.End.Time = now.Add(time.Hour)
	}
	made, err := rooms.OneTime(ctx, draft)
	if err != nil {
		return made, errors.Join(fmt.Errorf("prepare room: %w", err), c.tellLimit(ctx, host, err))
	}
	if err := c.st.PutSitting(ctx, s.Name, sitting(host, s, made)); err != nil {
		return made, fmt.Errorf("note sitting: %w", err)
	}
	return made, nil
}

// tellLimit notes for the host, once a day, that the video system makes no more meetings for now.
func (c *Connector) tellLimit(ctx context.Context, host parlor.AccountID, err error) error {
	limit, ok := errors.AsType[*parlor.ThrottledError](err)
	if !ok || limit.After < time.Hour {
		return nil
	}
	why := parlor.Entry{At: c.now(), Action: "room", Code: "daily_limit", Text: "A guest stood before a door that could not open. " + limit.Reason + "."}
	return c.st.LogOnce(ctx, host, why, limit.After)
}
