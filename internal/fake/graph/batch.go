package graph

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"

	"parlor/internal/fake/stage"
)

// mostBatch is how many requests one batch may hold.
const mostBatch = 20

// batchStep is one request of a batch.
type batchStep struct {
	ID        string            `json:"id"`
	Method    string            `json:"method"`
	URL       string            `json:"url"`
	Headers   map[string]string `json:"headers"`
	Body      json.RawMessage   `json:"body"`
	DependsOn []string          `json:"dependsOn"`
}

// batch is POST /$batch: the outer answer is 200 whatever the inner ones are. The steps run one after the other.
func (s *Server) batch(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Requests []batchStep `json:"requests"`
	}
	if s.unzip(r) != nil || json.NewDecoder(io.LimitReader(r.Body, maxBody)).Decode(&body) != nil {
		fault("BadRequest", "Invalid batch payload format.").write(w, s.now())
		return
	}
	if len(body.Requests) > mostBatch || len(body.Requests) == 0 {
		fault("BadRequest", "Number of batch request steps exceeds the maximum value of 20.").write(w, s.now())
		return
	}
	responses := []any{}
	var failed []string
	for _, step := range body.Requests {
		answer := s.step(r, step, failed)
		if answer["status"].(int) >= 400 {
			failed = append(failed, step.ID)
		}
		responses = append(responses, answer)
	}
	writeJSON(w, http.StatusOK, map[string]any{"responses": responses})
}

// step answers one request of a batch, with the failures that are due for it.
func (s *Server) step(r *http.Request, step batchStep, failed []string) map[string]any {
	for _, id := range step.DependsOn {
		if slices.Contains(failed, id) {
			return map[string]any{"id": step.ID, "status": http.StatusFailedDependency}
		}
	}
	req, err := http.NewRequestWithContext(r.Context(), step.Method, apiBase+strings.TrimPrefix(step.URL, "/"), bytes.NewReader(step.Body))
	if err != nil {
		return map[string]any{"id": step.ID, "status": http.StatusBadRequest}
	}
	for k, v := range step.Headers {
		req.Header.Set(k, v)
	}
	req.Header.Set("Authorization", r.Header.Get("Authorization"))
	kept := &stage.Kept{}
	t, _ := s.grants.Bearer(r, s.now())
	s.Serve(kept, req, t.Email, s.mux, s.refuse)
	headers := map[string]string{}
	for k := range kept.Header() {
		headers[k] = kept.Header().Get(k)
	}
	answer := map[string]any{"id": step.ID, "status": stage.Or(kept.Status, http.StatusOK), "headers": headers}
	if len(kept.Body) > 0 {
		answer["body"] = json.RawMessage(kept.Body)
	}
	return answer
}
