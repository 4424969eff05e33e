package desk

import (
	"context"
	"errors"
	"fmt"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// Administration is what an administrator may do. Only Desk.Administer gives it, to whom it belongs; it is asked for with
// each request and kept for none.
type Administration struct {
	d  *Desk
	by parlor.Account
}

// Administrator says whether an account is an administrator's.
func (d *Desk) Administrator(a parlor.Account) bool { return d.admins.Are(a) }

// Administer lets an administrator in; parlor.ErrNotFound for everybody else, who is not told that there is such a thing.
func (d *Desk) Administer(ctx context.Context, acct parlor.AccountID) (*Administration, error) {
	a, err := d.st.Account(ctx, acct)
	if err != nil {
		return nil, err
	}
	if !d.Administrator(a) {
		return nil, fmt.Errorf("administer: %w", parlor.ErrNotFound)
	}
	return &Administration{d: d, by: a}, nil
}

// What administrators do, as the audit trail names it.
const (
	ActPolicy  = "policy"
	ActSignOut = "sign_out"
	ActDisable = "disable"
	ActEnable  = "enable"
	ActDelete  = "delete"
)

// act does something that is on record before it happens: no act is without its line. One that failed gets a second line.
func (a *Administration) act(ctx context.Context, line store.Act, do func() error) error {
	line.By = doer(a.by)
	if err := a.d.st.Record(ctx, line); err != nil {
		return fmt.Errorf("put on record: %w", err)
	}
	err := do()
	if err == nil {
		return nil
	}
	line.Failed, line.Before, line.After = "It was not carried out.", nil, nil
	return errors.Join(err, a.d.st.Record(context.WithoutCancel(ctx), line))
}

func doer(a parlor.Account) store.Doer {
	return store.Doer{Account: a.ID, Name: a.Name, Email: a.Email}
}

// Acts lists what administrators did, newest first; see store.Store.Acts.
func (a *Administration) Acts(ctx context.Context, cursor string, n int) ([]store.Act, string, error) {
	acts, next, err := a.d.st.Acts(ctx, cursor, n)
	if errors.Is(err, parlor.ErrInvalid) {
		return nil, "", Faults{parlor.FieldError{Field: "cursor", Message: "is not one that was given out", Value: cursor}}
	}
	return acts, next, err
}
