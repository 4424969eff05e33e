package davtest

import (
	"bytes"
	"crypto/subtle"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Front stands before a server: it asks for the password, notes what is asked, and can be told to misbehave.
type Front struct {
	URL string // where programs reach the server

	web   *httptest.Server
	proxy *httputil.ReverseProxy

	mu      sync.Mutex
	calls   []Call
	faults  []Fault
	revoked bool
	expired bool
}

// Call is one request that a program made.
type Call struct {
	Method, Path, Body string
	Header             http.Header
	Status             int
}

// Fault is how the front misbehaves once.
type Fault struct {
	Method string        // "" for any
	Body   string        // what the request's body must contain, "" for anything
	After  int           // requests that are let through before
	Status int           // in the place of an answer; 0: the answer is cut off in its middle
	Wait   time.Duration // of a Retry-After
	Always bool

	Change func(answer string) string // the server's answer is changed like that, in the place of all that
}

func newFront(target *url.URL, own bool) *Front {
	f := &Front{}
	f.proxy = &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(target)
		r.Out.Host = r.In.Host
		if !own { // the server knows no passwords
			r.Out.Header.Del("Authorization")
		}
	}}
	return f
}

// Misbehave makes the front misbehave.
func (f *Front) Misbehave(fault Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.faults = append(f.faults, fault)
}

// Revoke makes the password wrong from now on.
func (f *Front) Revoke() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.revoked = true
}

// ExpireTokens makes the server meet sync tokens that it does not know in the place of those that it gave.
func (f *Front) ExpireTokens() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.expired = true
}

// Reset makes the front behave again and forgets what was asked.
func (f *Front) Reset() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls, f.faults, f.revoked, f.expired = nil, nil, false, false
}

// Calls are the requests of programs since the last reset.
func (f *Front) Calls() []Call {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.calls)
}

var token = regexp.MustCompile(`(sync-token>)[^<]*?([0-9a-f]{40,64})<`)

// ServeHTTP answers one request.
func (f *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	fault, revoked, expired := f.next(r.Method, body)
	if expired {
		body = token.ReplaceAll(body, []byte("${1}http://radicale.org/ns/sync/0000000000000000000000000000000000000000<"))
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	r.Header.Set("Content-Length", strconv.Itoa(len(body)))
	seen := &recorder{ResponseWriter: w, status: http.StatusOK}
	switch user, password, _ := r.BasicAuth(); {
	case revoked || !same(user, User) || !same(password, Password):
		seen.Header().Set("WWW-Authenticate", `Basic realm="test"`)
		http.Error(seen, "wrong password", http.StatusUnauthorized)
	case fault != nil && fault.Change != nil:
		f.changed(seen, r, fault.Change)
	case fault != nil && fault.Status != 0:
		if fault.Wait > 0 {
			seen.Header().Set("Retry-After", strconv.Itoa(int(fault.Wait.Seconds())))
		}
		http.Error(seen, "fault", fault.Status)
	case fault != nil:
		f.cut(w, r)
	default:
		f.proxy.ServeHTTP(seen, r)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, Call{Method: r.Method, Path: r.URL.EscapedPath(), Body: string(body), Header: r.Header, Status: seen.status})
}

// next takes the fault that is due for a request.
func (f *Front) next(method string, body []byte) (due *Fault, revoked, expired bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.faults {
		fault := &f.faults[i]
		if fault.Method != "" && fault.Method != method || !bytes.Contains(body, []byte(fault.Body)) {
			continue
		}
		if fault.After > 0 {
			fault.After--
			continue
		}
		taken := *fault
		if !fault.Always {
			f.faults = slices.Delete(f.faults, i, i+1)
		}
		return &taken, f.revoked, f.expired
	}
	return nil, f.revoked, f.expired
}

// changed answers with what the server says, changed.
func (f *Front) changed(w http.ResponseWriter, r *http.Request, change func(string) string) {
	whole := httptest.NewRecorder()
	f.proxy.ServeHTTP(whole, r)
	for name, values := range whole.Header() {
		w.Header()[name] = values
	}
	answer := change(whole.Body.String())
	w.Header().Set("Content-Length", strconv.Itoa(len(answer)))
	w.WriteHeader(whole.Code)
	_, _ = io.WriteString(w, answer)
}

// cut answers with the first half of what the server says.
func (f *Front) cut(w http.ResponseWriter, r *http.Request) {
	whole := httptest.NewRecorder()
	f.proxy.ServeHTTP(whole, r)
	for name, values := range whole.Header() {
		w.Header()[name] = values
	}
	w.Header().Set("Content-Length", strconv.Itoa(whole.Body.Len()))
	w.WriteHeader(whole.Code)
	_, _ = w.Write(whole.Body.Bytes()[:whole.Body.Len()/2])
	panic(http.ErrAbortHandler)
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

type recorder struct {
	http.ResponseWriter
	status int
}

// WriteHeader notes the status.
func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}
