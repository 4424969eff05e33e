package api

import (
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"
)

// How long a client may take to send its body. huma leaves the deadline on the connection, and one that passes ends the
// request's context: it must be longer than the slowest operation, which waits for a calendar service.
const bodyTimeout = time.Minute

// registerV1 adds the operations of /v1 to a group of routes and returns the API that describes them.
func registerV1(e *gin.Engine, g *gin.RouterGroup, s *server) huma.API {
	api := humagin.NewWithGroup(e, g, v1Config())
	s.registerSettings(api)
	s.registerRoom(api)
	s.registerEvents(api)
	s.registerInvitations(api)
	s.registerLinks(api)
	s.registerMeetings(api)
	s.registerCalendars(api)
	s.registerActivity(api)
	s.registerDelegates(api)
	s.registerPeople(api)
	s.registerSession(api)
	s.registerPolicy(api)
	return api
}

// strictNames makes huma tell PAUSED, which is no field of ours, from paused. It is a switch of the whole process.
var strictNames = sync.OnceFunc(func() { huma.ValidateStrictCasing = true })

// v1Config is huma's without its pages, its $schema property and its other formats.
func v1Config() huma.Config {
	strictNames()
	cfg := huma.DefaultConfig("Parlor", "1")
	cfg.Info.Description = "What a signed-in person can ask Parlor for. Errors are RFC 9457 problems. " +
		"400 malformed, 401 signed out, 403 refused, 404 not there, 413 over 1 MiB where nothing else is said, 415 no JSON, 422 with the fields that are " +
		"wrong, 429 and 503 with Retry-After. Times are RFC 3339."
	cfg.OpenAPIPath, cfg.DocsPath, cfg.SchemasPath = "", "", ""
	cfg.CreateHooks = nil
	cfg.Formats = map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat}
	cfg.Transformers = []huma.Transformer{shorten}
	cfg.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: sessionCookie},
		"token":   {Type: "http", Scheme: "bearer"},
	}
	cfg.Security = []map[string][]string{{"session": {}}, {"token": {}}}
	return cfg
}

// operation describes one operation. Every error is a problem; the description names those that are its own.
func operation(id, method, path, summary, description string) huma.Operation {
	return huma.Operation{
		OperationID: id, Method: method, Path: path, Summary: summary, Description: description,
		MaxBodyBytes: maxBody, BodyReadTimeout: bodyTimeout,
	}
}
