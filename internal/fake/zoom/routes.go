package zoom

import (
	"encoding/json"
	"net/http"
	"strings"
)

// handler answers an API call of a person.
type handler func(r *http.Request, p Person) (status int, answer any)

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("/oauth/authorize", s.authorize)
	mux.HandleFunc("POST /oauth/token", s.token)
	mux.HandleFunc("POST /oauth/revoke", s.revoke)
	s.pageRoutes(mux)
	mux.Handle("GET /v2/users/{user}", s.api(s.user))
	mux.Handle("GET /v2/users/{user}/settings", s.api(s.settings))
	mux.Handle("POST /v2/users/{user}/meetings", s.api(s.create))
	mux.Handle("GET /v2/meetings/{meeting}", s.api(s.meeting))
	mux.Handle("PATCH /v2/meetings/{meeting}", s.api(s.update))
	mux.Handle("DELETE /v2/meetings/{meeting}", s.api(s.remove))
	mux.HandleFunc("/v2/", func(w http.ResponseWriter, r *http.Request) {
		write(w, r, http.StatusNotFound, fault{Code: 2300, Message: "This API endpoint is not recognized."})
	})
	return mux
}

// api checks the bearer, and whose data is asked for: a user-managed app knows "me" alone.
func (s *Server) api(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		t, live := s.grants.Bearer(r, s.now())
		p, known := s.find(t.Email)
		switch id := r.PathValue("user"); {
		case !live || !known:
			write(w, r, http.StatusUnauthorized, fault{Code: 124, Message: "Invalid access token."})
		case id != "" && id != "me":
			write(w, r, http.StatusNotFound, fault{Code: 1001, Message: "User does not exist: " + id + "."})
		default:
			status, answer := h(r, p)
			write(w, r, status, answer)
		}
	})
}

// read decodes a body strictly: what we do not know here, an adapter has no reason to send.
func read(r *http.Request, v any) *fault {
	if kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); kind != "application/json" {
		return &fault{Code: 300, Message: "Unsupported Content-Type."}
	}
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return invalid("body", err.Error())
	}
	return nil
}
