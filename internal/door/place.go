package door

import (
	"context"
	"errors"
	"time"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// nobody is an account that does not exist. What is asked of it takes as long as what is asked of one that does.
const nobody parlor.AccountID = "aaaaaaaaaaaaaaaa"

// Lengths of the numbers in links, digits.
const (
	pmiDigits     = 10
	oneTimeDigits = 11
)

// place is what a link leads to.
type place struct {
	known    bool // somebody has this number
	host     parlor.Account
	room     parlor.Room
	meeting  parlor.Meeting // its number is empty for the bare room
	settings parlor.Settings
	hostings []store.Hosting
}

// find looks up what is behind a link, or behind a personal link's name. A number that nobody has costs the same questions
// as one that somebody has.
func (d *Door) find(ctx context.Context, link parlor.Link, name string) (place, error) {
	owner, err := d.owner(ctx, link.ID, name)
	if err != nil {
		return place{}, err
	}
	p := place{known: owner != nobody}
	if p.room, err = orNone(d.st.Room(ctx, owner)); err != nil {
		return place{}, err
	}
	if p.host, err = orNone(d.st.Account(ctx, owner)); err != nil {
		return place{}, err
	}
	if p.meeting, err = orNone(d.st.Meeting(ctx, owner, link.Number)); err != nil {
		return place{}, err
	}
	if p.settings, _, err = d.st.Settings(ctx, owner); err != nil {
		return place{}, err
	}
	if p.hostings, err = d.st.Hostings(ctx, owner); err != nil {
		return place{}, err
	}
	p.known = p.known && p.has(link, name, d.cfg.Now())
	return p, nil
}

// has says whether the number or name is the room's, or was not long ago: a retired one leads to its account, too. Who shows
// the token of one that is long gone may hear that it is.
func (p place) has(link parlor.Link, name string, now time.Time) bool {
	if name != "" {
		return p.room.Named(name, now)
	}
	return len(link.ID) != pmiDigits || p.room.Numbered(link.ID, now) || p.room.Moved(link, now)
}

func (d *Door) owner(ctx context.Context, id, name string) (parlor.AccountID, error) {
	ask := d.st.AccountByPMI
	switch {
	case name != "":
		ask, id = d.st.AccountByPersonalLink, name
	case len(id) == oneTimeDigits:
		ask = d.st.AccountByNumber
	}
	owner, err := orNone(ask(ctx, id))
	if owner == "" {
		owner = nobody
	}
	return owner, err
}

// orNone takes what is not there for an empty one.
func orNone[T any](found T, err error) (T, error) {
	if errors.Is(err, parlor.ErrNotFound) {
		var none T
		return none, nil
	}
	return found, err
}

// zone is the host's, in which the page is written until the guest's browser rewrites it.
func (p place) zone() *time.Location {
	for _, name := range []string{p.host.Zone, p.meeting.Start.Zone} {
		if loc, err := time.LoadLocation(name); err == nil && name != "" {
			return loc
		}
	}
	return time.UTC
}
