package web

import (
	"net/http"
	"net/url"
	"testing"

	"parlor/internal/parlor"
)

// person is somebody else who has signed in.
func (h *house) person(email, name string) {
	h.t.Helper()
	who := parlor.Identity{Kind: parlor.KindGoogle, Subject: email, Email: email, EmailVerified: true, Name: name}
	_, _, err := h.st.SignIn(h.t.Context(), who)
	must(h.t, err)
}

func TestDelegatesAreAddedAndRemoved(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.person("bob@example.com", hostile)
		h.person("nameless@example.com", "")
		says(t, h.get("/settings"), http.StatusOK, "Delegates", "Nobody yet.")
		leads(t, h.post("/settings/delegates", url.Values{"email": {" Bob@example.com "}}), "/settings?done=delegate")
		leads(t, h.post("/settings/delegates", url.Values{"email": {"nameless@example.com"}}), "/settings?done=delegate")
		says(t, h.get("/settings?done=delegate"), http.StatusOK, "They may schedule in your room now.",
			`name="email" value="bob@example.com"`, `<h3 dir="auto">nameless@example.com</h3>`, "&lt;/h3&gt;")
		leads(t, h.post("/settings/delegates/remove", url.Values{"email": {"bob@example.com"}}), "/settings?done=no-delegate")
		leads(t, h.post("/settings/delegates/remove", url.Values{"email": {"bob@example.com"}}), "/settings?done=no-delegate")
		ids, err := h.st.Delegates(t.Context(), h.acct)
		must(t, err)
		if len(ids) != 1 {
			t.Errorf("delegates %v", ids)
		}
	})
}

func TestADelegateWhoCannotBeAddedIsExplainedBesideTheField(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		for email, words := range map[string]string{
			"nobody@example.com": "signed in to Parlor, and nobody@example.com has not yet", "ada@example.com": "Must not be your own", "bob": "Must be an e-mail address", "": "Must be an e-mail address",
		} {
			page := h.post("/settings/delegates", url.Values{"email": {email}})
			says(t, page, http.StatusUnprocessableEntity, words, `<a href="#delegate">Delegate</a>`, `value="`+email+`"`,
				`aria-describedby="delegate-hint delegate-fault" aria-invalid="true"`)
		}
	})
}
