package api

import (
	"fmt"
	"net/http"
	"runtime/debug"

	"github.com/gin-gonic/gin"
)

// recoverPanic answers a panic with 500. It logs what panicked and where, and nothing of the request but its id: Gin's
// own recovery would write the headers too.
func (s *server) recoverPanic(c *gin.Context) {
	defer func() {
		cause := recover()
		if cause == nil {
			return
		}
		if cause == http.ErrAbortHandler { //nolint:errorlint // compared as net/http does
			panic(cause)
		}
		s.cfg.Log.ErrorContext(c, "panic", "request", c.Writer.Header().Get(requestHeader),
			"cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
		if c.Writer.Written() {
			c.Abort()
			return
		}
		s.problem(c, http.StatusInternalServerError, "Something went wrong on our side. It has been written down.")
	}()
	c.Next()
}
