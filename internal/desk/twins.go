package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"parlor/internal/parlor"
)

// Twins are the services by which another account with a verified address of this one is signed in to; none when this is
// the person's only one. Two accounts are never joined because of it: it is told to the person, and they choose. An account
// that has the address unverified is nobody's business here (decision 0008).
func (d *Desk) Twins(ctx context.Context, acct parlor.AccountID) ([]parlor.Kind, error) {
	own, err := d.st.Account(ctx, acct)
	if err != nil {
		return nil, err
	}
	var kinds []parlor.Kind
	for _, email := range own.Proven() {
		found, err := d.st.AccountsByEmail(ctx, email)
		if err != nil {
			return nil, fmt.Errorf("find accounts of address: %w", err)
		}
		for _, id := range found {
			if id == acct {
				continue
			}
			other, err := d.st.Account(ctx, id)
			if err != nil {
				return nil, err
			}
			kinds = append(kinds, provedBy(other, email)...)
		}
	}
	slices.Sort(kinds)
	return slices.Compact(kinds), nil
}

// provedBy are the services of an account that have verified that the address is its person's.
func provedBy(a parlor.Account, email string) []parlor.Kind {
	var kinds []parlor.Kind
	for _, c := range a.Connections {
		alone := parlor.Account{Connections: []parlor.Connection{c}}
		if slices.Contains(alone.Proven(), strings.ToLower(email)) {
			kinds = append(kinds, c.Kind)
		}
	}
	return kinds
}
