// Package door is the page behind a join link: it finds out what the link is for, asks for the passcode where the link
// alone does not open it, lets guests wait until the host admits them, and sends people on to the video system. To open a
// page changes nothing: mail scanners do. What people do is posted; a page that waits gives its sign of life by itself.
//
// Start reading at New, then find, then judge.
package door

import (
	"context"
	"embed"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"parlor/internal/connect"
	"parlor/internal/parlor"
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
	// Waits is told of each guest who begins to wait while the host is not in that meeting; nil: nobody is told.
	Waits func(ctx context.Context, host parlor.AccountID, guest store.Guest)
}

// Door is the handler of /j/ and /my/. It is safe for concurrent use.
type Door struct {
	st     *store.Store
	cn     *connect.Connector
	cfg    Config
	pages  *look.Pages
	policy string
	mux    *http.ServeMux
	video  probe

	beat   time.Duration // how often pages that wait show that they are there
	again  time.Duration // after which Redis is asked once more when it did not answer
	mu     sync.Mutex
	halls  map[parlor.AccountID]*hall
	closed chan struct{}
	close  func()
	open   sync.WaitGroup // halls
}

// New makes the door. A host is known by the session in the request's context (connect.SessionOf); requests from other
// sites must have been refused before, and RemoteAddr must be the client's.
func New(st *store.Store, cn *connect.Connector, cfg Config) *Door {
	d := &Door{
		st: st, cn: cn, cfg: cfg, pages: cfg.Look.Pages(templates, "pages"), policy: policy(cfg.Origin), mux: http.NewServeMux(),
		beat: 15 * time.Second, again: time.Second, halls: map[parlor.AccountID]*hall{}, closed: make(chan struct{}),
	}
	d.close = sync.OnceFunc(func() { close(d.closed) })
	d.mux.HandleFunc("GET /", d.answers(d.show))
	d.mux.HandleFunc("POST /", d.answers(d.act))
	return d
}

// ServeHTTP answers one request.
func (d *Door) ServeHTTP(w http.ResponseWriter, r *http.Request) { d.mux.ServeHTTP(w, r) }

// Close ends the streams of all pages, which go on at another replica, and returns when nothing is under way.
func (d *Door) Close() {
	d.close()
	d.open.Wait()
}

// policy lets the form lead on to the video system, whose own redirects a browser holds against the form too.
func policy(origin string) string {
	if strings.HasPrefix(origin, "http://") {
		return look.Policy("https: http:")
	}
	return look.Policy("https:")
}
