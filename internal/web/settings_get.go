package web

import "net/http"

func (s *site) settings(v *visit) error {
	current, etag, err := s.desk.Settings(v.ctx(), v.account.ID)
	if err != nil {
		return err
	}
	return s.showSettings(v, http.StatusOK, "Settings", newSettingsPage(current, etag, nil, nil))
}
