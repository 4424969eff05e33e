package api

import (
	"crypto/rand"
	"log/slog"
	"net/http"

	"github.com/gin-gonic/gin"
)

// requestHeader carries the id of a request; the log line has the same.
const requestHeader = "X-Request-Id"

// logRequest writes one line for each request. It names the route, never the address as it came: those carry tokens.
func (s *server) logRequest(c *gin.Context) {
	began := s.cfg.Now()
	id := rand.Text()
	c.Writer.Header()[requestHeader] = []string{id}
	c.Next()
	s.cfg.Log.LogAttrs(c.Request.Context(), slog.LevelInfo, "request",
		slog.String("request", id), slog.String("method", knownMethod(c.Request.Method)), slog.String("route", routeOf(c)),
		slog.Int("status", c.Writer.Status()), slog.Duration("took", s.cfg.Now().Sub(began)))
}

func routeOf(c *gin.Context) string {
	if route := c.FullPath(); route != "" {
		return route
	}
	return "(page)"
}

func knownMethod(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return m
	}
	return "(other)" // anybody may write anything there
}
