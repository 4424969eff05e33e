// Package post is a stand-in for a mail server: it takes every mail over real SMTP, keeps it, and shows what it took on a page.
// It sends nothing on. Start reading at Server.
package post

import (
	"bytes"
	"crypto/tls"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/http"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Options shape a Server. Zero values take mail from everybody without TLS.
type Options struct {
	TLS      *tls.Config // offered by STARTTLS
	User     string      // who may send; "" is everybody
	Password string
}

// Mail is what the server took.
type Mail struct {
	From, To   string // of the envelope
	Header     mail.Header
	Subject    string // decoded
	Text, HTML string
	Encrypted  bool // it came over TLS
}

// Server is the stand-in. Close it.
type Server struct {
	smtp *smtp.Server
	opt  Options

	mu      sync.Mutex
	taken   []Mail
	refuse  *smtp.SMTPError
	refused int
}

// New returns a server that takes mail once Serve is called.
func New(o Options) *Server {
	s := &Server{opt: o}
	s.smtp = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &session{server: s, conn: c}, nil }))
	s.smtp.Domain, s.smtp.TLSConfig, s.smtp.AllowInsecureAuth = "post.example.com", o.TLS, true
	s.smtp.ReadTimeout, s.smtp.WriteTimeout, s.smtp.MaxMessageBytes = 10*time.Second, 10*time.Second, 1<<20
	s.smtp.ErrorLog = silence{}
	return s
}

// Serve takes mail on a listener until Close.
func (s *Server) Serve(l net.Listener) error {
	if err := s.smtp.Serve(l); err != nil && !errors.Is(err, smtp.ErrServerClosed) {
		return fmt.Errorf("serve mail: %w", err)
	}
	return nil
}

// Close ends it.
func (s *Server) Close() { _ = s.smtp.Close() }

// Mails lists what was taken, oldest first.
func (s *Server) Mails() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.taken)
}

// Refuse answers every mail with this code from now on: 450 for later, 550 for never. 0 takes them again.
func (s *Server) Refuse(code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse = nil
	if code != 0 {
		s.refuse = &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 0, 0}, Message: "not now, or never"}
	}
}

// Refused says how many mails were refused.
func (s *Server) Refused() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refused
}

func (s *Server) take(m Mail) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refuse != nil {
		s.refused++
		return s.refuse
	}
	s.taken = append(s.taken, m)
	return nil
}

type silence struct{}

func (silence) Printf(string, ...any) {}
func (silence) Println(...any)        {}

// session is one connection.
type session struct {
	server *Server
	conn   *smtp.Conn
	signed bool
	mail   Mail
}

// AuthMechanisms offers PLAIN (RFC 4616).
func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

// Auth checks who sends.
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != s.server.opt.User || password != s.server.opt.Password {
			return smtp.ErrAuthFailed
		}
		s.signed = true
		return nil
	}), nil
}

// Mail begins a mail.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.server.opt.User != "" && !s.signed {
		return smtp.ErrAuthRequired
	}
	_, encrypted := s.conn.TLSConnectionState()
	s.mail = Mail{From: from, Encrypted: encrypted}
	return nil
}

// Rcpt says who it is to.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.mail.To = to
	return nil
}

// Data takes the mail itself.
func (s *session) Data(r io.Reader) error {
	msg, err := mail.ReadMessage(r)
	if err != nil {
		return fmt.Errorf("read mail: %w", err)
	}
	m := s.mail
	m.Header = msg.Header
	if m.Subject, err = new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject")); err != nil {
		return fmt.Errorf("read subject: %w", err)
	}
	if err := m.read(msg.Body); err != nil {
		return err
	}
	return s.server.take(m)
}

// read takes the parts of a multipart/alternative apart.
func (m *Mail) read(body io.Reader) error {
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		return fmt.Errorf("a mail must be multipart/alternative, and this is %q", kind)
	}
	for parts := multipart.NewReader(body, params["boundary"]); ; {
		part, err := parts.NextPart() // decodes quoted-printable
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read parts: %w", err)
		}
		var text bytes.Buffer
		var from io.Reader = part
		if strings.EqualFold(part.Header.Get("Content-Transfer-Encoding"), "quoted-printable") {
			from = quotedprintable.NewReader(part)
		}
		if _, err := text.ReadFrom(from); err != nil {
			return fmt.Errorf("read part: %w", err)
		}
		if strings.HasPrefix(part.Header.Get("Content-Type"), "text/html") {
			m.HTML = text.String()
		} else {
			m.Text = text.String()
		}
	}
}

// Reset forgets a mail that was begun.
func (s *session) Reset() { s.mail = Mail{} }

// Logout ends the connection.
func (s *session) Logout() error { return nil }

//go:embed pages/mails.html
var pageFile embed.FS

var page = template.Must(template.ParseFS(pageFile, "pages/mails.html"))

// ServeHTTP shows the mails, newest first.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/" {
		http.NotFound(w, r)
		return
	}
	list := s.Mails()
	slices.Reverse(list)
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-store")
	_ = page.Execute(w, list)
}
