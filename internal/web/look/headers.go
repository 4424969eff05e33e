package look

import "net/http"

// Policy is the content security policy of every page; formsTo names where else its forms may lead, usually nothing.
// Chromium holds a form's redirects against form-action too (CSP level 3, section 4.2.5).
func Policy(formsTo string) string {
	forms := "'self'"
	if formsTo != "" {
		forms += " " + formsTo
	}
	return "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; " +
		"form-action " + forms + "; base-uri 'none'; frame-ancestors 'none'"
}

// Protect sets the headers of a page that speaks to one person: never cached, never framed, never guessed at.
func Protect(h http.Header, policy string) {
	h.Set("Content-Security-Policy", policy)
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
}

// Opened keeps the tie to the window that opened this page, which Protect cuts: Office closes its dialog, as if the person
// had, at the first page that has no such tie
// (https://learn.microsoft.com/office/dev/add-ins/develop/dialog-handle-errors-events, 12006). For the pages of signing in
// to a client; nothing of theirs can be reached through it.
func Opened(h http.Header) { h.Set("Cross-Origin-Opener-Policy", "unsafe-none") }
