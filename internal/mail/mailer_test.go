package mail

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	gomail "github.com/wneessen/go-mail"

	"parlor/internal/fake/post"
	"parlor/internal/parlor"
)

var (
	monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	ada    = parlor.Person{Name: "Ada \"Countess\" Lovelace", Email: "ada@example.com"}
)

func clock() time.Time { return monday }

// office is a mail server and a Mailer that hands mail to it under the address that a test gives it.
func office(t *testing.T, address string, o post.Options) (*post.Server, *Mailer) {
	t.Helper()
	s := post.New(o)
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(l) }()
	t.Cleanup(func() {
		s.Close()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	m, err := Parse(address, clock)
	if err != nil {
		t.Fatal(err)
	}
	m.options = append(m.options, gomail.WithDialContextFunc(func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, l.Addr().String())
	}))
	return s, m
}

// authority makes a certificate for mail.example.com, and a client that believes it.
func authority(t *testing.T) (server, client *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{"mail.example.com"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true,
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(cert)
	server = &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{{Certificate: [][]byte{raw}, PrivateKey: key}}}
	return server, &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: pool, ServerName: "mail.example.com"}
}

func reconnect() Notice {
	return Notice{Kind: Reconnect, Language: "en", Origin: "https://rooms.example.com", Service: "Google"}
}

func TestSend(t *testing.T) {
	s, m := office(t, "smtp://127.0.0.1:2525?from=parlor@example.com", post.Options{})
	if err := m.Send(t.Context(), ada, "id-1", reconnect()); err != nil {
		t.Fatal(err)
	}
	got := s.Mails()
	if len(got) != 1 || got[0].From != "parlor@example.com" || got[0].To != "ada@example.com" {
		t.Fatalf("%+v", got)
	}
	for name, want := range map[string]string{
		"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All", "Content-Language": "en",
		"Message-Id": "<id-1@example.com>", "Date": "Mon, 23 Nov 2026 09:00:00 +0000", "From": `"Parlor" <parlor@example.com>`,
	} {
		if v := got[0].Header.Get(name); v != want {
			t.Errorf("%s: %q, want %q", name, v, want)
		}
	}
	for _, body := range []string{got[0].Text, got[0].HTML} {
		for _, want := range []string{"Google no longer lets Parlor in", "https://rooms.example.com/calendars", "https://rooms.example.com/settings#mail", "It is sent once."} {
			if !strings.Contains(body, want) {
				t.Errorf("%q is not in:\n%s", want, body)
			}
		}
	}
}

func TestOnlyLoopbackMayStayPlain(t *testing.T) {
	s, m := office(t, "smtp://mail.example.com?from=parlor@example.com", post.Options{})
	if err := m.Send(t.Context(), ada, "id", reconnect()); err == nil || len(s.Mails()) != 0 {
		t.Errorf("a mail went to another machine in the open: %v", err)
	}
	if _, err := m.Check(t.Context()); err == nil {
		t.Error("the check found nothing wrong with it")
	}
}

func TestSignsInOverTLS(t *testing.T) {
	server, client := authority(t)
	s, m := office(t, "smtp://parlor:hush%20hush@mail.example.com?from=parlor@example.com", post.Options{TLS: server, User: "parlor", Password: "hush hush"})
	m.trust(client)
	if found, err := m.Check(t.Context()); err != nil || !strings.Contains(found, "mail.example.com:587") {
		t.Errorf("%q, %v", found, err)
	}
	if err := m.Send(t.Context(), ada, "id", reconnect()); err != nil {
		t.Fatal(err)
	}
	if got := s.Mails(); len(got) != 1 || !got[0].Encrypted {
		t.Errorf("%+v", got)
	}
	_, wrong := office(t, "smtp://parlor:guess@mail.example.com?from=parlor@example.com", post.Options{TLS: server, User: "parlor", Password: "hush"})
	wrong.trust(client)
	if _, err := wrong.Check(t.Context()); err == nil || strings.Contains(err.Error(), "guess") {
		t.Errorf("a wrong password: %v", err)
	}
}

func TestRefusedForGoodOrForNow(t *testing.T) {
	s, m := office(t, "smtp://127.0.0.1:2525?from=parlor@example.com", post.Options{})
	for code, forGood := range map[int]bool{450: false, 421: false, 550: true, 554: true} {
		s.Refuse(code)
		if err := m.Send(t.Context(), ada, "id", reconnect()); err == nil || errors.Is(err, ErrRefused) != forGood {
			t.Errorf("%d: %v", code, err)
		}
	}
	if err := m.Send(t.Context(), parlor.Person{Email: "no address"}, "id", reconnect()); !errors.Is(err, ErrRefused) {
		t.Errorf("no address: %v", err)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, address := range []string{
		"", "mail.example.com", "http://mail.example.com?from=a@b.example", "smtp://?from=a@b.example", "smtp://mail.example.com",
		"smtp://mail.example.com?from=parlor", "smtp://mail.example.com:0?from=a@b.example", "smtp://mail.example.com/path?from=a@b.example",
	} {
		if _, err := Parse(address, clock); !errors.Is(err, ErrAddress) {
			t.Errorf("%q: %v", address, err)
		}
	}
	for address, port := range map[string]int{
		"smtp://mail.example.com?from=a@b.example": 587, "smtps://mail.example.com?from=a@b.example": 465, "smtp://[::1]:25?from=a@b.example": 25,
	} {
		if m, err := Parse(address, clock); err != nil || m.port != port {
			t.Errorf("%q: %+v, %v", address, m, err)
		}
	}
	if m, err := Parse("smtp://h?from=Rooms+%3Ca@b.example%3E", clock); err != nil || m.from.Name != "Rooms" {
		t.Errorf("a sender with a name: %+v, %v", m, err)
	}
}
