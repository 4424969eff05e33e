// Package door is the page behind a join link: it finds out what the link is for, asks for the passcode where the link
// alone does not open it, and sends people on to the video system. To open the page changes nothing: mail scanners do.
//
// Start reading at New, then find.
package door

import (
	"embed"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"parlor/internal/connect"
	"parlor/internal/store"
	"parlor/internal/web/look"
)

//go:embed pages/*.html
var templates embed.FS

// Config is what the door needs to know of the installation.
type Config struct {
	Look   *look.Look
	Origin string // public address without a slash at its end
	Now    func() time.Time
	Log    *slog.Logger
}

type door struct {
	st     *store.Store
	cn     *connect.Connector
	cfg    Config
	pages  *look.Pages
	policy string
}

// New makes the handler of /j/ and /my/. A host is known by the session in the request's context (connect.SessionOf);
// requests from other sites must have been refused before, and RemoteAddr must be the client's.
func New(st *store.Store, cn *connect.Connector, cfg Config) http.Handler {
	d := &door{st: st, cn: cn, cfg: cfg, pages: cfg.Look.Pages(templates, "pages"), policy: policy(cfg.Origin)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /", d.answers(d.open))
	mux.HandleFunc("POST /", d.answers(d.act))
	return mux
}

// policy lets the form lead on to the video system, whose own redirects a browser holds against the form too.
func policy(origin string) string {
	if strings.HasPrefix(origin, "http://") {
		return look.Policy("https: http:")
	}
	return look.Policy("https:")
}
