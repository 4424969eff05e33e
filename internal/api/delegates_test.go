package api

import (
	"context"
	"strings"
	"testing"

	"parlor/internal/desk"
	"parlor/internal/parlor"
)

type delegateList struct{ Delegates []desk.PersonView }

// person signs somebody else in and returns the header that signs their requests.
func (h *house) person(email, name string) string {
	h.t.Helper()
	who := parlor.Identity{Kind: parlor.KindGoogle, Subject: email, Email: email, EmailVerified: true, Name: name}
	account, _, err := h.st.SignIn(context.Background(), who)
	if err != nil {
		h.t.Fatal(err)
	}
	token, err := h.st.NewSession(context.Background(), account.ID, "test", "127.0.0.1")
	if err != nil {
		h.t.Fatal(err)
	}
	return "Cookie: " + sessionCookie + "=" + token
}

func TestDelegates(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		grace := h.person("grace@example.com", "Grace Hopper")
		same(t, h.call("GET", "/v1/delegates", "", grace).Body.String(), `{"delegates":[]}`+"\n")
		mine := teaIn(t, map[string]any{"on_behalf_of": "grace@example.com"})
		p := aProblem(t, h.call("POST", "/v1/invitations", mine, h.as()), 403)
		same(t, p.Type, "urn:parlor:delegate")
		same(t, strings.HasSuffix(p.Detail, "under Settings, Delegates."), true)

		list := delegateList{[]desk.PersonView{{Email: "ada@example.com", Name: "Ada"}}}
		put := h.call("PUT", "/v1/delegates", `{"delegates":[{"email":"ada@example.com"}]}`, grace)
		same(t, decode[delegateList](t, put, 200), list)
		same(t, decode[delegateList](t, h.call("PUT", "/v1/delegates", put.Body.String(), grace), 200), list)
		made := decode[desk.Invitation](t, h.call("POST", "/v1/invitations", mine, h.as()), 200)
		same(t, made.For, &desk.PersonView{Email: "grace@example.com", Name: "Grace Hopper"})
		removal := asJSON(t, map[string]any{"current_body": made.Body, "format": "html", "on_behalf_of": "grace@example.com"})
		same(t, decode[desk.Removal](t, h.call("POST", "/v1/invitations/removal", removal, h.as()), 200).For, made.For)

		p = aProblem(t, h.call("PUT", "/v1/delegates", `{"delegates":[{"email":"nobody@example.com"}]}`, grace), 422)
		if len(p.Errors) != 1 || p.Errors[0].Location != "body.delegates[0].email" || !strings.Contains(p.Errors[0].Message, "nobody@example.com") {
			t.Errorf("errors %+v", p.Errors)
		}
		many := `{"delegates":[` + strings.Repeat(`{"email":"a@example.com"},`, 50) + `{"email":"b@example.com"}]}`
		aProblem(t, h.call("PUT", "/v1/delegates", many, grace), 422)
		aProblem(t, h.call("PUT", "/v1/delegates", `{}`, grace), 422)
		aProblem(t, h.call("PUT", "/v1/delegates", `{"delegates":null}`, grace), 422)
		same(t, decode[delegateList](t, h.call("GET", "/v1/delegates", "", grace), 200), list)
	})
}

func TestSession(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		if err := h.st.SetConnectionState(t.Context(), h.acct, parlor.KindGoogle, parlor.ReconnectNeeded); err != nil {
			t.Fatal(err)
		}
		same(t, h.call("GET", "/v1/session", "", h.bearer()).Body.String(),
			`{"name":"Ada","email":"ada@example.com","zone":"","services":[{"kind":"google","state":"reconnect"}],"mail":false}`+"\n")
		aProblem(t, h.call("GET", "/v1/session", ""), 401)
	})
}
