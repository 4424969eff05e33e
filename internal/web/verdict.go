package web

import (
	"encoding/json"
	"fmt"

	"parlor/internal/web/look"
)

// verdict is what a page's script is told about a form that is being filled. Without a script the form says the same
// when it is sent.
type verdict struct {
	Says    map[string]string   `json:"says"`              // by the name of the place on the page
	Bad     []string            `json:"bad,omitempty"`     // the names of those that are faults
	Suggest map[string][]string `json:"suggest,omitempty"` // values to choose instead, by the name of the field
	Lines   []string            `json:"lines,omitempty"`
	Ready   int                 `json:"ready,omitempty"` // of Total, while something is going on
	Total   int                 `json:"total,omitempty"`
	Busy    bool                `json:"busy,omitempty"`
}

func (v *visit) tell(answer verdict) error {
	look.Protect(v.w.Header(), look.Policy(""))
	v.w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(v.w).Encode(answer); err != nil {
		return fmt.Errorf("tell script: %w", err)
	}
	return nil
}
