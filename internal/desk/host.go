package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"parlor/internal/parlor"
)

// host is the person whose room, settings and agenda count for a request.
type host struct {
	acct parlor.AccountID
	by   *parlor.Account // the delegate who asks, nil when people ask for themselves
	self PersonView      // with by only
}

// DelegateError says that somebody has not allowed the person to act for them. It does not say whether there is such a
// person: their address is the one that was asked for.
type DelegateError struct{ Email string }

// Error says what the other person has to do.
func (e *DelegateError) Error() string {
	return e.Email + " has not allowed you to schedule in their room. They can do that in Parlor under Settings, Delegates."
}

// host finds the account that a request is for: one's own, or the one account with this address whose delegates one is
// among. With two such accounts nobody can say which room was meant.
func (d *Desk) host(ctx context.Context, acct parlor.AccountID, email string) (host, error) {
	email = strings.TrimSpace(email)
	if email == "" {
		return host{acct: acct}, nil
	}
	if !isAddress(email) {
		return host{}, Faults{{Field: "on_behalf_of", Message: "must be an e-mail address: name@example.com", Value: email}}
	}
	candidates, err := d.st.AccountsByEmail(ctx, email)
	if err != nil {
		return host{}, fmt.Errorf("find person: %w", err)
	}
	if slices.Contains(candidates, acct) {
		return host{acct: acct}, nil
	}
	allowing, err := d.allowing(ctx, acct, candidates)
	switch {
	case err != nil:
		return host{}, err
	case len(allowing) == 0:
		return host{}, &DelegateError{Email: email}
	case len(allowing) > 1:
		return host{}, Faults{{
			Field:   "on_behalf_of",
			Message: "has two accounts that allow you; ask them to take you out of one of them", Value: email,
		}}
	}
	boss, err := d.st.Account(ctx, allowing[0])
	if err != nil {
		return host{}, err
	}
	me, err := d.st.Account(ctx, acct)
	return host{acct: boss.ID, by: &me, self: PersonView{Email: boss.Email, Name: boss.Name}}, err
}

// allowing picks the accounts that let this one act for them.
func (d *Desk) allowing(ctx context.Context, acct parlor.AccountID, candidates []parlor.AccountID) ([]parlor.AccountID, error) {
	var found []parlor.AccountID
	for _, id := range candidates {
		delegates, err := d.st.Delegates(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("read delegates: %w", err)
		}
		if slices.Contains(delegates, acct) {
			found = append(found, id)
		}
	}
	return found, nil
}

// view is whose room it is, nil when it is one's own.
func (h host) view() *PersonView {
	if h.by == nil {
		return nil
	}
	return &h.self
}

// answers gives the invitation to the one who asked: a delegate reads whose room it is, and not what other meetings in it
// are about.
func (h host) answers(inv Invitation) Invitation {
	inv.For = h.view()
	if h.by == nil {
		return inv
	}
	for _, r := range []*parlor.Reason{&inv.Why, inv.Conflict} {
		if r != nil && r.Code == parlor.ReasonRoomTaken.Code {
			*r = parlor.ReasonRoomTaken
		}
	}
	return inv
}

// noteDelegate tells the person in Activity what a delegate did.
func (d *Desk) noteDelegate(ctx context.Context, h host, m parlor.Meeting, done string, do parlor.Verb) error {
	if h.by == nil {
		return nil
	}
	who := h.by.Email
	if h.by.Name != "" {
		who = h.by.Name + " (" + h.by.Email + ")"
	}
	return d.st.Log(ctx, h.acct, parlor.Entry{
		At: d.now(), EventID: m.Event.ID, Title: m.Title, Action: string(do), Code: "delegate",
		Text: done + " by " + who + ", your delegate. " + m.Explained().Text,
	})
}
