package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"parlor/internal/parlor"
)

// MaxDelegates is how many delegates a person can have.
const MaxDelegates = 50

// Delegates lists who may schedule in the person's room for them, in the order they were added.
func (d *Desk) Delegates(ctx context.Context, acct parlor.AccountID) ([]PersonView, error) {
	accounts, err := d.delegates(ctx, acct)
	if err != nil {
		return nil, err
	}
	views := make([]PersonView, len(accounts))
	for i, a := range accounts {
		views[i] = PersonView{Email: addressOf(a), Name: a.Name}
	}
	return views, nil
}

// SaveDelegates replaces the list of delegates by the people with these addresses and returns it. Setting the same list
// again changes nothing. Faults name each address that cannot be taken; then nothing is saved.
func (d *Desk) SaveDelegates(ctx context.Context, acct parlor.AccountID, emails []string) ([]PersonView, error) {
	before, err := d.delegates(ctx, acct)
	if err != nil {
		return nil, err
	}
	var (
		ids    []parlor.AccountID
		faults Faults
	)
	for i, email := range emails {
		id, message, err := d.delegate(ctx, acct, before, strings.TrimSpace(email))
		if err != nil {
			return nil, err
		}
		faults.check(message == "", fmt.Sprintf("delegates[%d].email", i), email, message)
		if message == "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	faults.check(len(ids) <= MaxDelegates, "delegates", len(ids), fmt.Sprintf("must be at most %d people", MaxDelegates))
	if err := faults.orNil(); err != nil {
		return nil, err
	}
	if err := d.st.SetDelegates(ctx, acct, ids); err != nil {
		return nil, fmt.Errorf("save delegates: %w", err)
	}
	return d.Delegates(ctx, acct)
}

// delegate finds the account of an address, or says what is wrong with it. One that is a delegate already stays the same
// account. An address that several accounts have is refused: whoever was not meant must not be let in.
func (d *Desk) delegate(ctx context.Context, acct parlor.AccountID, before []parlor.Account, email string) (
	id parlor.AccountID, wrong string, err error,
) {
	if !isAddress(email) {
		return "", "must be an e-mail address: name@example.com", nil
	}
	for _, a := range before {
		if strings.EqualFold(addressOf(a), email) {
			return a.ID, "", nil
		}
	}
	found, err := d.st.AccountsByEmail(ctx, email)
	switch {
	case err != nil:
		return "", "", fmt.Errorf("find delegate: %w", err)
	case slices.Contains(found, acct):
		return "", "must not be your own; you need no permission for your own room", nil
	case len(found) == 0:
		return "", "must be of somebody who has signed in to Parlor, and " + email + " has not yet. Ask them to sign in once, then add them", nil
	case len(found) > 1:
		return "", "must be of one person, and " + email + " has several accounts in Parlor. Add them by another address of theirs", nil
	}
	return found[0], "", nil
}

// addressOf is how a delegate is listed, and found again: by their own address, or by that of another service they sign in with
// when the first tells none.
func addressOf(a parlor.Account) string {
	if a.Email != "" {
		return a.Email
	}
	for _, c := range a.Connections {
		if c.Kind.Vouches() && c.Email != "" {
			return c.Email
		}
	}
	return ""
}

// delegates reads the accounts of the delegates; one that is gone is left out.
func (d *Desk) delegates(ctx context.Context, acct parlor.AccountID) ([]parlor.Account, error) {
	ids, err := d.st.Delegates(ctx, acct)
	if err != nil {
		return nil, fmt.Errorf("read delegates: %w", err)
	}
	var found []parlor.Account
	for _, id := range ids {
		a, err := d.st.Account(ctx, id)
		if errors.Is(err, parlor.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		found = append(found, a)
	}
	return found, nil
}
