package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parlor/internal/parlor"
)

// connectPace is how often a person may try a password: whoever has a session must not guess at other people's servers.
var connectPace = parlor.Rate{Requests: 30, Per: 10 * time.Minute}

// ConnectByPassword connects the calendars of an address and a password. *parlor.LoginError: why it leads to none, for the
// person; *parlor.ThrottledError: too many tries.
func (d *Desk) ConnectByPassword(ctx context.Context, acct parlor.AccountID, k parlor.Kind, typed parlor.Login) error {
	allowed, wait, err := d.st.Allow(ctx, "connect:"+string(acct), connectPace)
	if err != nil {
		return fmt.Errorf("count tries: %w", err)
	}
	if !allowed {
		return &parlor.ThrottledError{After: wait, Reason: "too many tries"}
	}
	if err := d.cn.ConnectByPassword(ctx, acct, k, typed); err != nil {
		return err
	}
	if err := d.sync.Connected(ctx, acct, k); err != nil {
		return fmt.Errorf("ask to read calendars: %w", err)
	}
	return nil
}

// ConnectedBy is the address and user name by which calendars are connected, without the password; the zero Login when they
// are not.
func (d *Desk) ConnectedBy(ctx context.Context, acct parlor.AccountID, k parlor.Kind) (parlor.Login, error) {
	l, err := d.cn.Login(ctx, acct, k)
	if errors.Is(err, parlor.ErrNotFound) {
		return parlor.Login{}, nil
	}
	return l, err
}
