package door

import (
	"context"
	"errors"
	"time"

	"parlor/internal/parlor"
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
	known   bool // somebody has this number
	host    parlor.Account
	room    parlor.Room
	meeting parlor.Meeting // its number is empty for the bare room
}

// find looks up what is behind a link. A number that nobody has costs the same questions as one that somebody has.
func (d *door) find(ctx context.Context, link parlor.Link) (place, error) {
	owner, err := d.owner(ctx, link.ID)
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
	if len(link.ID) == pmiDigits && !p.room.Numbered(link.ID, d.cfg.Now()) {
		p.known = false
	}
	return p, nil
}

func (d *door) owner(ctx context.Context, id string) (parlor.AccountID, error) {
	ask := d.st.AccountByPMI
	if len(id) == oneTimeDigits {
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
