package api

import (
	"net"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

// elsewhere answers every path without a route of its own: those for programs with a problem, the portal's with the portal.
func (s *server) elsewhere(c *gin.Context) {
	if forPrograms(c.Request.URL.Path) {
		s.problem(c, http.StatusNotFound, "There is nothing at this address.")
		return
	}
	s.serve(s.pages.Portal)(c)
}

// forPrograms says whether people never see what is at a path.
func forPrograms(path string) bool {
	for _, room := range []string{"/v1", "/hooks", "/oauth/token", "/oauth/revoke", "/healthz", "/readyz"} {
		if path == room || strings.HasPrefix(path, room+"/") {
			return true
		}
	}
	return false
}

// serve hands a request to pages, which see the client's own address also behind a trusted proxy. A client that does not
// read HTML gets a missing page or method as a problem.
func (s *server) serve(pages http.Handler) gin.HandlerFunc {
	return func(c *gin.Context) {
		c.Status(http.StatusOK) // Gin has set 404 for NoRoute already
		c.Request.RemoteAddr = net.JoinHostPort(c.ClientIP(), "0")
		if readsHTML(c.Request) {
			pages.ServeHTTP(c.Writer, c.Request)
			return
		}
		w := &withoutErrorPage{ResponseWriter: c.Writer}
		pages.ServeHTTP(w, c.Request)
		if w.status != 0 {
			c.Header("Content-Security-Policy", policyNone)
			s.problem(c, w.status, w.words(c.Request.Method))
		}
	}
}

func readsHTML(r *http.Request) bool { return strings.Contains(r.Header.Get("Accept"), "text/html") }

// withoutErrorPage swallows the body of a page that is not there or does not take the method.
type withoutErrorPage struct {
	http.ResponseWriter
	status int // of the page swallowed, 0 when there is none
}

func (w *withoutErrorPage) WriteHeader(status int) {
	if status == http.StatusNotFound || status == http.StatusMethodNotAllowed {
		w.status = status
		return
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *withoutErrorPage) Write(b []byte) (int, error) {
	if w.status != 0 {
		return len(b), nil
	}
	return w.ResponseWriter.Write(b)
}

func (w *withoutErrorPage) words(method string) string {
	if w.status == http.StatusMethodNotAllowed {
		return methodNotTaken(method)
	}
	return "There is nothing at this address."
}

func methodNotTaken(method string) string { return "This address does not take " + method + "." }

// Unwrap lets http.ResponseController reach the connection.
func (w *withoutErrorPage) Unwrap() http.ResponseWriter { return w.ResponseWriter }
