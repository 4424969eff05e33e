package web

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"parlor/internal/parlor"
)

// asked is a good request of the add-in.
func asked() url.Values {
	sum := sha256.Sum256([]byte("verifier"))
	return url.Values{
		"client_id": {"parlor-addin"}, "redirect_uri": {"https://parlor.example.com/addin/signed-in"}, "response_type": {"code"},
		"state": {hostileState}, "code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"},
	}
}

const hostileState = `</form><script>alert(1)</script> "'`

func TestConsentSaysWhoMayDoWhat(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		page := h.get("/oauth/authorize?" + asked().Encode())
		says(t, page, http.StatusOK, "Let Parlor for Outlook in?", "Ada Lovelace", "ada@example.com", "schedule meetings", "For you, it will be able to",
			"change your Parlor settings", "never sees your password", ">Allow<", ">Cancel<", "Sign in with Google",
			`name="as" value="`+string(h.acct)+`"`, `href="/signin/google?return=%2Foauth%2Fauthorize%3F`)
		if strings.Contains(page.Body.String(), `class="places"`) || page.Header().Get("Cross-Origin-Opener-Policy") != "unsafe-none" {
			t.Error("the page has the portal's navigation, or cuts the tie to the window that opened it")
		}
		ext := asked()
		ext.Set("client_id", "parlor-extension")
		ext.Set("redirect_uri", chrome+"/signed-in")
		page = h.get("/oauth/authorize?" + ext.Encode())
		says(t, page, http.StatusOK, "Let Parlor for your browser in?")
		if got, want := page.Header().Get("Content-Security-Policy"), "form-action 'self' "+chrome+";"; !strings.Contains(got, want) {
			t.Errorf("policy %q", got)
		}
	})
}

func TestConsentIsGivenByPost(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		form := asked()
		form.Set("answer", "allow")
		form.Set("as", string(h.acct))
		says(t, h.get("/oauth/authorize?"+form.Encode()), http.StatusOK, ">Allow<")
		form.Set("answer", "")
		if to := h.post("/oauth/authorize", form).Header().Get("Location"); !strings.HasPrefix(to, "/oauth/authorize?") {
			t.Errorf("sent to %q", to)
		}
	})
}

func TestStrangeAppsAreToldApart(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		q := asked()
		q.Set("redirect_uri", "https://evil.example/addin/signed-in")
		says(t, h.get("/oauth/authorize?"+q.Encode()), http.StatusBadRequest, "That app is not known here", "Nobody was let in")
		says(t, h.post("/oauth/authorize", q), http.StatusBadRequest, "That app is not known here")
		says(t, h.get("/oauth/authorize"), http.StatusBadRequest, "That app is not known here")
		says(t, h.post("/oauth/authorize", url.Values{"x": {strings.Repeat("x", maxForm)}}), http.StatusBadRequest, "could not be read")
	})
}

func TestConsentNeedsItsPerson(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		form := asked()
		form.Set("answer", "allow")
		form.Set("as", "somebody else")
		to := h.post("/oauth/authorize", form).Header().Get("Location")
		if !strings.HasPrefix(to, "/oauth/authorize?") {
			t.Errorf("sent to %q", to)
		}
		form.Set("as", string(h.acct))
		to = h.signedOut().post("/oauth/authorize", form).Header().Get("Location")
		if !strings.HasPrefix(to, "/?return=%2Foauth%2Fauthorize%3F") {
			t.Errorf("sent to %q", to)
		}
		u, err := url.Parse(to)
		must(t, err)
		leads(t, h.get(to+"&problem=denied"), u.Query().Get("return")) // somebody else was to sign in, and did not
		page := h.signedOut().get(to)
		says(t, page, http.StatusOK, `href="/signin/google?return=%2Foauth%2Fauthorize%3F`)
		if page.Header().Get("Cross-Origin-Opener-Policy") != "unsafe-none" || h.signedOut().get("/").Header().Get("Cross-Origin-Opener-Policy") != "same-origin" {
			t.Error("only a sign-in for an app keeps the window that opened it")
		}
		to = h.post("/oauth/authorize", form).Header().Get("Location")
		if !strings.HasPrefix(to, "https://parlor.example.com/addin/signed-in?code=") {
			t.Errorf("sent to %q", to)
		}
	})
}

func TestConsentOfAnAccountThatIsGone(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.session.Account = parlor.AccountID("nobody")
		says(t, h.get("/oauth/authorize?"+asked().Encode()), http.StatusNotFound)
	})
}
