// Package mail sends the few notices that people can have by mail, and holds their words. It knows SMTP; whom it writes to, when
// and whether they want it is known by internal/jobs. It stores nothing and tries nothing twice.
//
// Start reading at Mailer, then at Notice.
package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"

	"parlor/internal/parlor"
)

// What Parse and Send can refuse.
var (
	ErrRefused = errors.New("mail refused")                    // and so it will be at any later time (RFC 5321, section 4.2.1: 5yz)
	ErrAddress = errors.New("not an address of a mail server") // of Parse
)

const timeout = 20 * time.Second

// Mailer sends mail by one server. It is safe for use by many goroutines.
type Mailer struct {
	host    string
	port    int
	from    mail.Address
	options []gomail.Option
	now     func() time.Time
}

// Parse reads the address of a mail server: smtp://user:password@mail.example.com:587?from=parlor@example.com, or smtps:// for
// TLS from the first byte (RFC 8314). Plain smtp must become TLS by STARTTLS, or no mail is sent; on loopback it may stay as it
// is. Nothing is contacted.
func Parse(address string, now func() time.Time) (*Mailer, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, fmt.Errorf("%w: it must be like smtp://user:password@mail.example.com:587?from=parlor@example.com", ErrAddress)
	}
	if u.Path != "" && u.Path != "/" || u.Fragment != "" {
		return nil, fmt.Errorf("%w: nothing may follow the host but ?from=", ErrAddress)
	}
	from, err := mail.ParseAddress(u.Query().Get("from"))
	if err != nil {
		return nil, fmt.Errorf("%w: ?from= must be the address that mails come from, like parlor@example.com", ErrAddress)
	}
	if from.Name == "" {
		from.Name = "Parlor"
	}
	m := &Mailer{host: u.Hostname(), from: *from, now: now, options: []gomail.Option{gomail.WithTimeout(timeout)}}
	if m.port, err = portOf(u); err != nil {
		return nil, err
	}
	m.options = append(m.options, gomail.WithPort(m.port), secured(u))
	if password, has := u.User.Password(); has {
		m.options = append(m.options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	}
	return m, nil
}

// portOf is the one that is named, or the one for submission (RFC 6409) or for submission over TLS (RFC 8314).
func portOf(u *url.URL) (int, error) {
	switch {
	case u.Port() != "":
		port, err := strconv.ParseUint(u.Port(), 10, 16)
		if err != nil || port == 0 {
			return 0, fmt.Errorf("%w: there is no port %s", ErrAddress, u.Port())
		}
		return int(port), nil
	case u.Scheme == "smtps":
		return 465, nil
	}
	return 587, nil
}

func secured(u *url.URL) gomail.Option {
	ip := net.ParseIP(u.Hostname())
	switch {
	case u.Scheme == "smtps":
		return gomail.WithSSL()
	case u.Hostname() == "localhost" || ip != nil && ip.IsLoopback():
		return gomail.WithTLSPolicy(gomail.TLSOpportunistic)
	}
	return gomail.WithTLSPolicy(gomail.TLSMandatory)
}

// Send hands a mail to the server, in the language and with the words of the notice. id tells it from others: the same mail
// sent again is the same one to whoever reads it. ErrRefused, or an error that may pass.
func (m *Mailer) Send(ctx context.Context, to parlor.Person, id string, n Notice) error {
	msg, err := m.compose(to, id, n)
	if err != nil {
		return err
	}
	client, err := gomail.NewClient(m.host, m.options...)
	if err != nil {
		return fmt.Errorf("prepare mail: %w", err)
	}
	err = client.DialAndSendWithContext(ctx, msg)
	if refused, ok := errors.AsType[*gomail.SendError](err); ok && !refused.IsTemp() && refused.ErrorCode() >= 500 {
		return fmt.Errorf("send mail: %w: %d", ErrRefused, refused.ErrorCode())
	}
	if err != nil {
		return fmt.Errorf("send mail: %w", err)
	}
	return nil
}

// Check connects and signs in, and sends nothing.
func (m *Mailer) Check(ctx context.Context) (string, error) {
	client, err := gomail.NewClient(m.host, m.options...)
	if err != nil {
		return "", fmt.Errorf("prepare mail: %w", err)
	}
	if err := client.DialWithContext(ctx); err != nil {
		return "", fmt.Errorf("ask %s: %w", client.ServerAddr(), err)
	}
	if err := client.Close(); err != nil {
		return "", fmt.Errorf("leave %s: %w", client.ServerAddr(), err)
	}
	return client.ServerAddr() + " answers; mails come from " + m.from.Address, nil
}

// trust has a test's own authority believed.
func (m *Mailer) trust(cfg *tls.Config) { m.options = append(m.options, gomail.WithTLSConfig(cfg)) }
