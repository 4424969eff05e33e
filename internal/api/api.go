// Package api is Parlor's HTTP edge: /v1, sign-in, hooks, health, and the middleware that every answer passes, pages
// included. It decides nothing: what a person may ask for is done by desk, who they are is found out by connect.
//
// Start reading at New.
package api

import (
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"parlor/internal/connect"
	"parlor/internal/desk"
	"parlor/internal/grant"
	"parlor/internal/store"
)

// Config is what the edge needs to know of the installation.
type Config struct {
	Origin         string        // public address without a slash at its end
	Seal           *store.Sealer // opens access tokens
	Sync           desk.Sync     // takes the nudges of the hooks
	Grants         *grant.Authority
	TrustedProxies []string // addresses or CIDRs whose X-Forwarded-For is believed; none by default
	Limits         Limits
	Mails          bool // the installation can send mail
	Log            *slog.Logger
	Now            func() time.Time
}

// Pages are the handlers of everything that people see.
type Pages struct {
	Portal http.Handler // every path that is nobody else's
	Door   http.Handler // /j/ and /my/
}

type server struct {
	cfg    Config
	desk   *desk.Desk
	cn     *connect.Connector
	st     *store.Store
	pages  Pages
	tokens Tokens
	origin *http.CrossOriginProtection
	secure bool // served over https
}

// New builds the handler of the whole installation. It fails on a proxy address or an origin that cannot be read.
func New(cfg Config, d *desk.Desk, cn *connect.Connector, st *store.Store, pages Pages) (http.Handler, error) {
	s := &server{
		cfg: cfg, desk: d, cn: cn, st: st, pages: pages,
		tokens: Tokens{Seal: cfg.Seal, Now: cfg.Now},
		origin: http.NewCrossOriginProtection(),
		secure: strings.HasPrefix(cfg.Origin, "https://"),
	}
	if err := s.origin.AddTrustedOrigin(cfg.Origin); err != nil {
		return nil, fmt.Errorf("trust own origin: %w", err)
	}
	engine, err := newEngine(cfg.TrustedProxies)
	if err != nil {
		return nil, err
	}
	s.route(engine)
	return headAsGet(engine), nil
}

// headAsGet answers HEAD for programs as it would GET; net/http leaves the body out (RFC 9110, section 9.3.2). Pages do so
// by themselves, and a sign-in must not begin by it.
func headAsGet(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead && forPrograms(r.URL.Path) {
			asGet := *r
			asGet.Method = http.MethodGet
			r = &asGet
		}
		h.ServeHTTP(w, r)
	})
}

func newEngine(proxies []string) (*gin.Engine, error) {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.ContextWithFallback = true
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false
	if err := engine.SetTrustedProxies(proxies); err != nil {
		return nil, fmt.Errorf("read trusted proxies: %w", err)
	}
	return engine, nil
}
