package desk

import (
	"context"
	"errors"

	"parlor/internal/parlor"
)

// Uninvite takes our link out of the texts of an event that the client itself saves. No pass puts it back: a claim that
// was never saved is marked here. A meeting that is bound to an event is not, because the person may yet close the form
// without saving, and guests would stand before a shut door: the pass that sees the link gone takes it for what it is.
func (d *Desk) Uninvite(ctx context.Context, acct parlor.AccountID, r Removing) (Removal, error) {
	h, err := d.host(ctx, acct, r.OnBehalfOf)
	if err != nil {
		return Removal{}, err
	}
	left := d.without(r)
	left.For = h.view()
	if r.Number == "" {
		r.Number = d.numberIn(&r.Body, &r.Location)
	}
	if r.Number == "" {
		return left, nil
	}
	m, err := d.st.Meeting(ctx, h.acct, r.Number)
	if errors.Is(err, parlor.ErrNotFound) { // of another account, or forgotten
		return left, nil
	}
	if err != nil {
		return Removal{}, err
	}
	left.Stamp = stampOf(m, parlor.Block{})
	if err := d.unclaim(ctx, h, m); err != nil || !left.Found {
		return left, err
	}
	return left, d.noteDelegate(ctx, h, m, "Taken out", parlor.Remove)
}

func (d *Desk) without(r Removing) Removal {
	left := Removal{MergedBody: r.Body, MergedLocation: r.Location}
	patch := parlor.Decompose(parlor.Event{Body: r.Body, Location: r.Location, Format: r.Format}, d.origin)
	left.Found = !patch.Empty()
	if patch.Body != nil {
		left.MergedBody = *patch.Body
	}
	if patch.Location != nil {
		left.MergedLocation = *patch.Location
	}
	return left
}

// unclaim marks a claim unless it was bound to an event, or purged, in this very moment.
func (d *Desk) unclaim(ctx context.Context, h host, m parlor.Meeting) error {
	err := d.change(ctx, h.acct, m.Number, func(m *parlor.Meeting) bool {
		if m.Event.ID != "" || m.State != parlor.Scheduled {
			return false
		}
		m.State = parlor.LinkRemoved
		return true
	})
	if errors.Is(err, parlor.ErrTaken) || errors.Is(err, parlor.ErrNotFound) {
		return nil
	}
	return err
}
