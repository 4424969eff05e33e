package api

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"
)

// problem ends a request with an RFC 9457 document, or with plain words for a person in a browser.
func (s *server) problem(c *gin.Context, status int, detail string) {
	c.Header("Cache-Control", "no-store")
	c.Abort()
	if readsHTML(c.Request) && !forPrograms(c.Request.URL.Path) {
		c.Header("Content-Type", "text/plain; charset=utf-8")
		c.String(status, "%s", detail+"\n")
		return
	}
	body, err := json.Marshal(&huma.ErrorModel{Status: status, Title: http.StatusText(status), Detail: detail})
	if err != nil { // a struct of strings and a number cannot fail
		panic(err)
	}
	c.Header("Content-Type", "application/problem+json") // Gin keeps one that a page has set before
	c.Data(status, "application/problem+json", body)
}

// retryAfter tells the client how long to wait; at least a second.
func retryAfter(h http.Header, wait time.Duration) {
	seconds := int((wait + time.Second - 1) / time.Second)
	h.Set("Retry-After", strconv.Itoa(max(1, seconds)))
}

// fail ends a request outside /v1 with what the table says of the error.
func (s *server) fail(c *gin.Context, err error) {
	p := s.asProblem(c, err)
	for name, values := range p.headers {
		c.Writer.Header()[name] = values
	}
	s.problem(c, p.status, p.detail)
}
