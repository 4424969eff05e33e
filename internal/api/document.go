package api

import (
	_ "embed"
	"net/http"

	"github.com/gin-gonic/gin"
)

// committed is the document of /v1 as a test keeps it up to date: go test ./internal/api -run OpenAPI -update
//
//go:embed openapi.yaml
var committed []byte

func (s *server) document(c *gin.Context) {
	c.Data(http.StatusOK, "application/yaml; charset=utf-8", committed)
}
