package desk

import (
	"context"
	"fmt"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// FeedView are the secret addresses of a person's feeds; "" of one that they do not have.
type FeedView struct{ Busy, Full string }

// Feeds are the addresses at which calendar programs can subscribe to the person's meetings.
func (d *Desk) Feeds(ctx context.Context, acct parlor.AccountID) (FeedView, error) {
	feeds, err := d.st.Feeds(ctx, acct)
	if err != nil {
		return FeedView{}, err
	}
	address := func(kind store.FeedKind) string {
		if feeds[kind] == "" {
			return ""
		}
		return d.origin + "/feeds/" + feeds[kind] + ".ics"
	}
	return FeedView{address(store.FeedBusy), address(store.FeedFull)}, nil
}

// MakeFeed makes a feed, or gives it a new address; the old one leads nowhere from then on.
func (d *Desk) MakeFeed(ctx context.Context, acct parlor.AccountID, kind store.FeedKind) error {
	if kind != store.FeedBusy && kind != store.FeedFull {
		return fmt.Errorf("make feed %q: %w", kind, parlor.ErrNotFound)
	}
	return d.st.MakeFeed(ctx, acct, kind)
}

// EndFeed takes a feed away.
func (d *Desk) EndFeed(ctx context.Context, acct parlor.AccountID, kind store.FeedKind) error {
	return d.st.EndFeed(ctx, acct, kind)
}

// FeedText is a feed as iCalendar, by its secret; parlor.ErrNotFound when it leads to none.
func (d *Desk) FeedText(ctx context.Context, secret string) (string, error) {
	acct, kind, err := d.st.FeedOf(ctx, secret)
	if err != nil {
		return "", err
	}
	account, err := d.st.Account(ctx, acct)
	if err != nil {
		return "", err
	}
	room, err := d.st.Room(ctx, acct)
	if err != nil {
		return "", err
	}
	settings, _, err := d.st.Settings(ctx, acct)
	if err != nil {
		return "", err
	}
	from, to := parlor.FeedReach(d.now())
	meetings, err := d.st.Meetings(ctx, acct, from, to)
	if err != nil {
		return "", err
	}
	name := account.Name
	if name == "" {
		name = account.Email
	}
	feed := parlor.Feed{
		Name: name + ", Parlor", Room: room, Origin: d.origin, Full: kind == store.FeedFull,
		Words: settings.Invitation(), Embed: settings.EmbedPasscode,
	}
	return feed.Text(meetings, d.now()), nil
}
