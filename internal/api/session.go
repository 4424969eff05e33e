package api

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"parlor/internal/connect"
	"parlor/internal/parlor"
	"parlor/internal/store"
)

type requestIDKey struct{}

// requestID is the id of the request that a context belongs to, "" when there is none.
func requestID(ctx context.Context) string {
	if c, ok := ctx.(*gin.Context); ok {
		return c.Writer.Header().Get(requestHeader)
	}
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// identify finds out whose request it is. One that brings a token is judged by it alone, never by a cookie beside it, and
// it opens nothing but /v1: an app that may schedule must not let further apps in.
func (s *server) identify(c *gin.Context) {
	if hasBearer(c.Request) && !strings.HasPrefix(c.Request.URL.Path, "/v1/") {
		c.Header("WWW-Authenticate", `Bearer realm="parlor", error="insufficient_scope"`)
		s.problem(c, http.StatusForbidden, "Access tokens are for /v1 only.")
		return
	}
	rec, err := s.whoIs(c.Request)
	switch {
	case errors.Is(err, parlor.ErrNotFound):
		return
	case errors.Is(err, ErrToken):
		c.Header("WWW-Authenticate", `Bearer realm="parlor", error="invalid_token"`)
		s.problem(c, http.StatusUnauthorized, "The access token is not valid or has expired.")
		return
	case err != nil:
		s.fail(c, err)
		return
	}
	ctx := context.WithValue(c.Request.Context(), requestIDKey{}, requestID(c))
	c.Request = c.Request.WithContext(connect.WithSession(ctx, rec))
}

// whoIs costs no round trip for an access token and one for a cookie. parlor.ErrNotFound: nobody.
func (s *server) whoIs(r *http.Request) (store.SessionRecord, error) {
	if hasBearer(r) {
		claims, err := s.tokens.Open(r.Header.Get("Authorization")[len(bearerPrefix):])
		return store.SessionRecord{ID: claims.Device, Account: claims.Account}, err
	}
	cookie, err := r.Cookie(sessionCookie)
	if err != nil || cookie.Value == "" {
		return store.SessionRecord{}, parlor.ErrNotFound
	}
	return s.st.Session(r.Context(), cookie.Value)
}

var noStore = []string{"no-store"}

// requireSession lets only signed-in people on. What they get is theirs, and kept by no cache.
func (s *server) requireSession(c *gin.Context) {
	c.Writer.Header()["Cache-Control"] = noStore
	if _, ok := connect.SessionOf(c.Request.Context()); ok {
		return
	}
	c.Header("WWW-Authenticate", `Bearer realm="parlor"`)
	s.problem(c, http.StatusUnauthorized, "Sign in first.")
}

// me is the account that a /v1 operation acts for; requireSession has seen to it that there is one.
func me(ctx context.Context) parlor.AccountID {
	rec, _ := connect.SessionOf(ctx)
	return rec.Account
}
