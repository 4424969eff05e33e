package connect

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"parlor/internal/parlor"
)

// slowTimeout is how long a server of somebody's own may take: it may be small, and read thousands of files for one list.
const slowTimeout = 3 * time.Minute

// ConnectByPassword looks for the calendars of a login, tries the password, and keeps both for the account. It replaces what
// was connected at that service before. *parlor.LoginError: why it leads to no calendars; parlor.ErrNotFound: no such
// service. It says nothing of who the person is: nobody signs in by it.
func (c *Connector) ConnectByPassword(ctx context.Context, id parlor.AccountID, k parlor.Kind, typed parlor.Login) error {
	s, err := c.passwordService(k)
	if err != nil {
		return err
	}
	account, err := c.st.Account(ctx, id)
	if err != nil {
		return fmt.Errorf("connect %s: %w", k, err)
	}
	typed.Addresses = append(typed.Addresses, account.Email)
	if typed.Zone == "" {
		typed.Zone = account.Zone
	}
	found, err := s.Password.Find(ctx, typed)
	if err != nil {
		return fmt.Errorf("connect %s: %w", k, err)
	}
	if err := c.st.PutLogin(ctx, id, k, found); err != nil {
		return fmt.Errorf("keep login: %w", err)
	}
	conn := parlor.Connection{Kind: k, Subject: found.User + " " + found.URL, Email: known(found), State: parlor.Connected}
	if err := c.st.SetConnection(ctx, id, conn); err != nil {
		return fmt.Errorf("keep connection: %w", err)
	}
	return nil
}

// known is the name by which the person knows a login.
func known(l parlor.Login) string {
	if strings.Contains(l.User, "@") || len(l.Addresses) == 0 {
		return l.User
	}
	for _, a := range l.Addresses {
		if strings.Contains(a, "@") {
			return a
		}
	}
	return l.User
}

// Login is how the account is connected to a service by password; parlor.ErrNotFound when it is not. The password is left out.
func (c *Connector) Login(ctx context.Context, id parlor.AccountID, k parlor.Kind) (parlor.Login, error) {
	l, err := c.st.Login(ctx, id, k)
	l.Password = ""
	return l, err
}

func (c *Connector) passwordService(k parlor.Kind) (parlor.Service, error) {
	s, err := c.service(k)
	if err == nil && s.Password == nil {
		err = fmt.Errorf("%s is not opened by a password: %w", k, parlor.ErrNotFound)
	}
	return s, err
}

func (c *Connector) byPassword(ctx context.Context, id parlor.AccountID, s parlor.Service) (parlor.Calendar, error) {
	l, err := c.st.Login(ctx, id, s.Kind)
	if errors.Is(err, parlor.ErrNotFound) {
		return nil, fmt.Errorf("%s has no password: %w", s.Kind, parlor.ErrRevoked)
	}
	if err != nil {
		return nil, err
	}
	client := &http.Client{Transport: &transport{c: c, account: id, service: s, login: &l}, Timeout: slowTimeout}
	return s.Password.Calendar(client, l)
}
