package web

import (
	"net/http"
	"strings"

	"parlor/internal/web/extension"
	"parlor/internal/web/outlook"
)

// appsPage is what apps.html shows.
type appsPage struct {
	Manifest string // address of the Outlook manifest, for an administrator to paste
	Secure   bool   // Outlook installs from https only

	ChromeID, FirefoxID string // of the browser extension
}

func (s *site) apps(v *visit) error {
	return s.show(v, http.StatusOK, "apps", "Get the apps", appsOf(s.cfg.Outlook, s.cfg.Extension))
}

func appsOf(addin *outlook.Outlook, browsers *extension.Extension) appsPage {
	address := addin.ManifestURL()
	return appsPage{
		Manifest: address, Secure: strings.HasPrefix(address, "https://"),
		ChromeID: browsers.ChromeID(), FirefoxID: browsers.FirefoxID(),
	}
}
