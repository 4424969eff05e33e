package web

import (
	"net/http"
	"strings"

	"parlor/internal/web/outlook"
)

// appsPage is what apps.html shows.
type appsPage struct {
	Manifest string // address of the Outlook manifest, for an administrator to paste
	Secure   bool   // Outlook installs from https only
}

func (s *site) apps(v *visit) error {
	return s.show(v, http.StatusOK, "apps", "Get the apps", appsOf(s.cfg.Outlook))
}

func appsOf(addin *outlook.Outlook) appsPage {
	address := addin.ManifestURL()
	return appsPage{Manifest: address, Secure: strings.HasPrefix(address, "https://")}
}
