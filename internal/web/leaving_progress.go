package web

import (
	"encoding/json"
	"fmt"
	"net/http"

	"parlor/internal/parlor"
)

// progress is how far leaving has got.
type progress struct {
	Service     parlor.Kind // "": the whole account
	Name        string
	Links, Done int // events that had a link, and those that have none any more
	TakeOut     bool
}

// Words say it.
func (p progress) Words() string {
	switch {
	case !p.TakeOut || p.Links == 0:
		return "This takes a few seconds."
	case p.Done == 0:
		return fmt.Sprintf("Taking the links out of %d events.", p.Links)
	}
	return fmt.Sprintf("The links are out of %d of %d events.", p.Done, p.Links)
}

func (s *site) underWay(v *visit) ([]progress, error) {
	views, err := s.desk.Departures(v.ctx(), v.account.ID)
	list := make([]progress, len(views))
	for i, d := range views {
		list[i] = progress{Service: d.Service, Name: d.Name, Links: d.Links, Done: d.Links - d.Left, TakeOut: d.TakeOut}
	}
	return list, err
}

// export hands out one file with everything.
func (s *site) export(v *visit) error {
	all, err := s.desk.Export(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return fmt.Errorf("encode export: %w", err)
	}
	h := v.w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Disposition", `attachment; filename="parlor-`+all.Made.Format("2006-01-02")+`.json"`)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	v.w.WriteHeader(http.StatusOK)
	_, err = v.w.Write(text)
	return err
}
