package web

import (
	"encoding/json"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/connect"
	"parlor/internal/desk"
	"parlor/internal/parlor"
	"parlor/internal/store"
)

// administrator makes Ada one; bob is somebody else.
func (h *house) administrator() (bob parlor.Account) {
	h.t.Helper()
	h.desk.WithAdmins(connect.Admins{"ada@example.com"})
	who := parlor.Identity{Kind: parlor.KindGoogle, Subject: "2", Email: "bob@example.com", EmailVerified: true, Name: "Bob <b>Moog</b>"}
	bob, _, err := h.st.SignIn(h.t.Context(), who)
	must(h.t, err)
	_, err = h.st.EnsureRoom(h.t.Context(), bob.ID)
	must(h.t, err)
	return bob
}

// confirmed follows a preview to its end: the form that it holds is posted as it is.
func (h *house) confirmed(preview *httptest.ResponseRecorder) *httptest.ResponseRecorder {
	h.t.Helper()
	hidden := func(name string) string {
		_, rest, found := strings.Cut(preview.Body.String(), `name="`+name+`" value="`)
		if !found {
			h.t.Fatalf("no %s in %s", name, preview.Body)
		}
		value, _, _ := strings.Cut(rest, `"`)
		return html.UnescapeString(value)
	}
	return h.post("/admin/policy", url.Values{"etag": {hidden("etag")}, "edit": {hidden("edit")}})
}

func (h *house) policyTag() string {
	h.t.Helper()
	_, rev, err := h.st.Policy(h.t.Context())
	must(h.t, err)
	return rev
}

func TestAdministrationIsUnknownToOthers(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		if page := h.get("/meetings").Body.String(); strings.Contains(page, "/admin") {
			t.Error("somebody who is no administrator is shown the way")
		}
		for _, path := range []string{"/admin", "/admin/people", "/admin/people/" + string(h.acct), "/admin/policy", "/admin/policy/rule?kind=everyone", "/admin/invitation", "/admin/audit", "/admin/audit.json"} {
			says(t, h.get(path), http.StatusNotFound, "There is no such page")
		}
		for _, path := range []string{"/admin/policy", "/admin/policy/rule", "/admin/invitation", "/admin/people/" + string(h.acct) + "/disable"} {
			says(t, h.post(path, url.Values{}), http.StatusNotFound, "There is no such page")
		}
		h.administrator()
		says(t, h.get("/meetings"), http.StatusOK, `<a href="/admin">`)
		leads(t, h.get("/admin"), "/admin/people")
		_, err := h.st.UpdateAccount(t.Context(), h.acct, func(a *parlor.Account) { a.Connections[0].Email = "ada@else.example" })
		must(t, err)
		says(t, h.get("/admin/people"), http.StatusNotFound, "There is no such page")
	})
}

func TestPeople(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		bob := h.administrator()
		h.calendars()
		says(t, h.get("/admin/people"), http.StatusOK, "2 accounts here", "Ada Lovelace", "Administrator", "You", "A calendar is being read.", "Bob &lt;b&gt;Moog&lt;/b&gt;", "No calendar.")
		found := h.get("/admin/people?q=bob+").Body.String()
		if strings.Contains(found, string(h.acct)) || !strings.Contains(found, "bob@example.com") {
			t.Errorf("found %s", found)
		}
		says(t, h.get("/admin/people?q=%3Ci%3E"), http.StatusOK, "Nobody's name or address begins with “&lt;i&gt;”.")
		says(t, h.get("/admin/people/"+string(bob.ID)), http.StatusOK, "bob@example.com", "Google, bob@example.com", "Can be used.", "0 devices and apps", "Switch off…")
		says(t, h.get("/admin/people/nobodynobodynobo"), http.StatusNotFound)
		own := h.get("/admin/people/" + string(h.acct))
		says(t, own, http.StatusOK, "This is your own account", "2 devices and apps")
		if strings.Contains(own.Body.String(), "Switch off…") {
			t.Error("one can switch oneself off")
		}
	})
}

func TestPeopleArePaged(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.administrator()
		for i := range desk.StandingsPage + 3 {
			who := parlor.Identity{Kind: parlor.KindGoogle, Subject: "p" + string(rune('a'+i)), Email: string(rune('a'+i)) + "@zoo.example", Name: "Zed"}
			_, _, err := h.st.SignIn(t.Context(), who)
			must(t, err)
		}
		first := h.get("/admin/people?q=zed")
		_, rest, found := strings.Cut(first.Body.String(), `href="/admin/people?cursor=`)
		if !found || strings.Count(first.Body.String(), "<li class=\"row\">") != desk.StandingsPage {
			t.Fatalf("no next page, or another length: %s", first.Body)
		}
		next, _, _ := strings.Cut(rest, `"`)
		second := h.get("/admin/people?cursor=" + html.UnescapeString(next))
		says(t, second, http.StatusOK, "From the beginning")
		if n := strings.Count(second.Body.String(), "<li class=\"row\">"); n != 3 || strings.Contains(second.Body.String(), "Next people") {
			t.Errorf("%d on the second page", n)
		}
	})
}

func TestSwitchingSomebodyOff(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx, bob := t.Context(), h.administrator()
		at := "/admin/people/" + string(bob.ID)
		_, err := h.st.NewSession(ctx, bob.ID, "Firefox", "192.0.2.1")
		must(t, err)
		says(t, h.get(at+"/disable"), http.StatusOK, "Switch this account off?", "Bob &lt;b&gt;Moog&lt;/b&gt;", "Nothing is deleted")
		if a, err := h.st.Account(ctx, bob.ID); err != nil || a.Disabled {
			t.Fatalf("asking did it: %+v, %v", a, err)
		}
		leads(t, h.post(at+"/disable", nil), at+"?done=disable")
		a, err := h.st.Account(ctx, bob.ID)
		must(t, err)
		sessions, err := h.st.Sessions(ctx, bob.ID)
		if err != nil || !a.Disabled || len(sessions) > 0 {
			t.Errorf("%+v, %d sessions, %v", a, len(sessions), err)
		}
		says(t, h.get(at+"?done=disable"), http.StatusOK, "Their account is switched off.", "Switch on…", "Switched off")
		leads(t, h.post(at+"/enable", nil), at+"?done=enable")
		if a, err = h.st.Account(ctx, bob.ID); err != nil || a.Disabled || !slices.Contains(h.asked, "resync") {
			t.Errorf("%+v, %v, %v", a, h.asked, err)
		}
		says(t, h.post("/admin/people/"+string(h.acct)+"/disable", nil), http.StatusConflict, "your own account")
		leads(t, h.post(at+"/delete", nil), "/admin/people?done=delete")
		if list, err := h.st.Departures(ctx, bob.ID); err != nil || len(list) != 1 || !list[0].TakeOut {
			t.Errorf("departures %+v, %v", list, err)
		}
		says(t, h.post("/admin/people/"+string(h.acct)+"/delete", nil), http.StatusConflict, "your own account")
		says(t, h.post(at+"/promote", nil), http.StatusNotFound)
		says(t, h.get("/admin/audit"), http.StatusOK, "switched off the account of", "switched on the account of", "Bob &lt;b&gt;Moog&lt;/b&gt;")
	})
}

func TestWhoeverIsSwitchedOffSeesWhy(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		_, err := h.st.UpdateAccount(t.Context(), h.acct, func(a *parlor.Account) { a.Disabled = true })
		must(t, err)
		says(t, h.get("/meetings"), http.StatusForbidden, "Your account is switched off", "Nothing of yours was deleted")
	})
}

func TestSigningSomebodyOut(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		ctx, bob := t.Context(), h.administrator()
		token, err := h.st.NewSession(ctx, bob.ID, "Firefox", "192.0.2.1")
		must(t, err)
		session, err := h.st.Session(ctx, token)
		must(t, err)
		grant := store.GrantRecord{ID: "g", Client: "parlor-addin", Account: bob.ID}
		must(t, h.st.BeginGrant(ctx, grant, session.ID))
		at := "/admin/people/" + string(bob.ID)
		says(t, h.get(at+"/sign_out"), http.StatusOK, "Sign out everywhere?")
		leads(t, h.post(at+"/sign_out", nil), at+"?done=sign_out")
		devices, err := h.desk.Devices(ctx, bob.ID)
		if err != nil || len(devices) > 0 {
			t.Errorf("left: %v, %v", devices, err)
		}
	})
}

func TestPolicyPages(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.administrator()
		says(t, h.get("/admin/policy"), http.StatusOK, "Nothing is decided for anybody.")
		says(t, h.get("/admin/policy/rule?kind=everyone"), http.StatusOK, "What shall hold for them?", `name="h:guard.overlap"`, `<option value="" selected>People choose</option>`)
		rule := url.Values{
			"etag": {h.policyTag()}, "kind": {"domain"}, "name": {"@Example.com"}, "rooms": {"undecided"},
			"h:use_pmi_for_instant": {"locked"}, "v:use_pmi_for_instant": {"true"}, "w:use_pmi_for_instant": {"Since the <audit>."},
			"h:guard.buffer_minutes": {"default"}, "v:guard.buffer_minutes": {"15"}, "v:keyword": {"#ignored"},
		}
		preview := h.post("/admin/policy/rule", rule)
		says(t, preview, http.StatusOK, "Save this?", "Everybody at example.com: Use Personal Meeting ID for instant meetings: On, locked (“Since the &lt;audit&gt;.”)",
			"Free time around each meeting: 15 minutes, by default", "No event that has a link is written anew")
		if h.get("/admin/policy").Body.String() == "" || h.policyTag() != rule.Get("etag") {
			t.Error("the preview stored something")
		}
		leads(t, h.confirmed(preview), "/admin/policy?done=policy")
		says(t, h.get("/admin/policy?done=policy"), http.StatusOK, "The policy is saved.", "Everybody at example.com", "locked", "is on its way: 0 of 2 accounts seen", "<progress")
		says(t, h.get("/settings"), http.StatusOK, "Set by your administrator: Since the &lt;audit&gt;.")
		if s, _ := h.settings(); !s.UsePMIForInstant || s.Guard.BufferMinutes != 15 || s.Keyword != "#meet" {
			t.Errorf("settings %+v", s)
		}
		says(t, h.get("/admin/policy/rule?kind=domain&name=example.com"), http.StatusOK, "What holds for them.", `value="Since the &lt;audit&gt;."`, `name="v:guard.buffer_minutes" value="15"`)
		says(t, h.confirmed(preview), http.StatusPreconditionFailed, "The policy was changed meanwhile")
		if diff := cmp.Diff([]string{"spread"}, h.asked); diff != "" {
			t.Error(diff)
		}
		removal := h.get(editHref("remove", 0, h.policyTag()))
		says(t, removal, http.StatusOK, "No longer: Everybody at example.com: ")
		leads(t, h.confirmed(removal), "/admin/policy?done=policy")
		says(t, h.get("/admin/policy"), http.StatusOK, "Nothing is decided for anybody.")
		says(t, h.get("/admin/audit"), http.StatusOK, "changed the policy", "Since the \\u003caudit\\u003e.")
	})
}

func TestPolicyFaultsStandInTheForm(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.administrator()
		rule := url.Values{
			"etag": {h.policyTag()}, "kind": {"everyone"}, "rooms": {"off"}, "rooms-words": {strings.Repeat("x", 201)},
			"h:keyword": {"locked"}, "v:keyword": {"two words"}, "h:default_duration_minutes": {"default"}, "v:default_duration_minutes": {"soon"},
		}
		says(t, h.post("/admin/policy/rule", rule), http.StatusUnprocessableEntity, "Nothing was saved yet", `<a href="#h-keyword">Keyword</a>`, `value="two words"`,
			`<a href="#h-default_duration_minutes">Usual length</a>`, `<a href="#rooms">Personal rooms</a>`)
		rule.Set("kind", "planet")
		says(t, h.get("/admin/policy/rule?kind=domain&name=a@b"), http.StatusUnprocessableEntity, "For whom?", "Must be a domain like example.com.")
		says(t, h.post("/admin/policy/rule", rule), http.StatusUnprocessableEntity)
		says(t, h.post("/admin/policy", url.Values{"edit": {"{"}}), http.StatusBadRequest)
		says(t, h.post("/admin/policy", url.Values{"edit": {`{"do":"remove","at":7}`}}), http.StatusBadRequest)
		says(t, h.get("/admin/policy/edit?do=remove&at=7&etag="+h.policyTag()), http.StatusNotFound)
	})
}

func TestRulesOfAKindChangePlaces(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.administrator()
		group := func(name string) parlor.Rule {
			return parlor.Rule{For: parlor.Scope{Kind: parlor.ForGroup, Name: name}, Rooms: parlor.RoomsOff}
		}
		everyone := parlor.Rule{For: parlor.Scope{Kind: parlor.ForEveryone}, Rooms: parlor.RoomsOn}
		_, err := h.st.PutPolicy(t.Context(), h.policyTag(), parlor.Policy{Rules: []parlor.Rule{group("a"), everyone, group("b")}})
		must(t, err)
		page := h.get("/admin/policy").Body.String()
		if a, b, all := strings.Index(page, "The group a"), strings.Index(page, "The group b"), strings.Index(page, "Everyone"); a < 0 || b < a || all < b {
			t.Errorf("in another order than they count: %d, %d, %d", a, b, all)
		}
		up := h.get(editHref("up", 2, h.policyTag()))
		says(t, up, http.StatusOK, "The group b counts before The group a")
		leads(t, h.confirmed(up), "/admin/policy?done=policy")
		p, _, err := h.st.Policy(t.Context())
		if err != nil || p.Rules[0].For.Name != "b" || p.Rules[2].For.Name != "a" {
			t.Errorf("%+v, %v", p.Rules, err)
		}
	})
}

func TestSwitchingRoomsOffSaysWhatItMeans(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.administrator()
		_, err := h.st.EnsureRoom(t.Context(), h.acct)
		must(t, err)
		preview := h.post("/admin/policy/rule", url.Values{"etag": {h.policyTag()}, "kind": {"everyone"}, "rooms": {"off"}, "rooms-words": {"Use one-time links."}})
		says(t, preview, http.StatusOK, "2 people&#39;s calendars are read anew.", "2 personal rooms are switched off.", `class="button danger"`)
		leads(t, h.confirmed(preview), "/admin/policy?done=policy")
		if r, err := h.st.Room(t.Context(), h.acct); err != nil || r.Status != parlor.RoomUnavailable {
			t.Errorf("%+v, %v", r.Status, err)
		}
	})
}

func TestInvitationPage(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.administrator()
		says(t, h.get("/admin/invitation"), http.StatusOK, "Join the meeting · Parlor", "An der Besprechung teilnehmen", "会議に参加")
		texts := url.Values{"etag": {h.policyTag()}, "footer": {"Example Ltd\r\n\r\n  & Sons "}, "dial_in": {"+44 20 7946 0000"}, "languages": {"en", "de"}, "do": {"look"}}
		look := h.post("/admin/invitation", texts)
		says(t, look, http.StatusOK, "│ Example Ltd\n│ &amp; Sons\n", "│ &#43;44 20 7946 0000\n")
		if strings.Contains(look.Body.String(), "会議に参加") {
			t.Error("a language that is not offered is shown")
		}
		texts.Set("do", "save")
		preview := h.post("/admin/invitation", texts)
		says(t, preview, http.StatusOK, "Footer of invitations: “Example Ltd\n&amp; Sons”", "Languages of invitations: English, Deutsch", "2 people")
		leads(t, h.confirmed(preview), "/admin/policy?done=policy")
		room, err := h.desk.Room(t.Context(), h.acct)
		if must(t, err); !strings.Contains(room.Invitation, "│ +44 20 7946 0000\n│ Example Ltd\n│ & Sons\n") {
			t.Errorf("invitation %s", room.Invitation)
		}
		says(t, h.get("/admin/invitation"), http.StatusOK, ">&#43;44 20 7946 0000</textarea>")
		for name, bad := range map[string]string{"footer": "<b>x</b>", "dial_in": "https://zoom.us/j/12345678901"} {
			texts := url.Values{"etag": {h.policyTag()}, name: {bad}, "languages": {"en"}, "do": {"look"}}
			says(t, h.post("/admin/invitation", texts), http.StatusUnprocessableEntity, `<a href="#`+name+`">`, "Nothing was saved yet")
			texts.Set("do", "save")
			says(t, h.post("/admin/invitation", texts), http.StatusUnprocessableEntity, `<a href="#`+name+`">`)
		}
		says(t, h.post("/admin/invitation", url.Values{"etag": {h.policyTag()}, "do": {"look"}}), http.StatusUnprocessableEntity, `<a href="#languages">`)
	})
}

func TestPolicyThatContradictsItself(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.administrator()
		rule := parlor.Rule{For: parlor.Scope{Kind: parlor.ForEveryone}, Settings: map[string]parlor.Held{"language": {Value: "ja", Locked: true}}, Rooms: parlor.RoomsUndecided}
		_, err := h.st.PutPolicy(t.Context(), h.policyTag(), parlor.Policy{Rules: []parlor.Rule{rule}})
		must(t, err)
		says(t, h.post("/admin/invitation", url.Values{"etag": {h.policyTag()}, "languages": {"en"}, "do": {"save"}}), http.StatusUnprocessableEntity,
			"This does not fit the rest of the policy", "language: must be one of en")
	})
}

func TestALockedLanguageIsOneThatIsOffered(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.administrator()
		_, err := h.st.PutPolicy(t.Context(), h.policyTag(), parlor.Policy{Invitation: parlor.Wording{Languages: []string{"de"}}})
		must(t, err)
		page := h.get("/admin/policy/rule?kind=everyone")
		says(t, page, http.StatusOK, `<option value="de" selected>Deutsch`)
		if strings.Contains(page.Body.String(), `<option value="en"`) {
			t.Error("a language is to be chosen that is not offered")
		}
		rule := url.Values{"kind": {"everyone"}, "rooms": {""}, "h:language": {"locked"}, "v:language": {"en"}, "etag": {h.policyTag()}, "do": {"look"}}
		says(t, h.post("/admin/policy/rule", rule), http.StatusUnprocessableEntity, "offered in: Deutsch.")
	})
}

func TestAuditTrail(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		bob := h.administrator()
		says(t, h.get("/admin/audit"), http.StatusOK, "No administrator has done anything yet.")
		for i := range auditRows + 5 {
			h.clock.Pass(time.Minute)
			act := store.Act{By: store.Doer{Account: h.acct, Name: "Ada Lovelace"}, What: desk.ActSignOut, On: &store.Doer{Account: bob.ID, Name: "Bob"}}
			if i == 0 {
				act.What, act.Failed = "teleport", "It was not carried out."
			}
			must(t, h.st.Record(t.Context(), act))
		}
		first := h.get("/admin/audit")
		says(t, first, http.StatusOK, "ended every sign-in of", `href="/admin/audit.json"`)
		_, rest, _ := strings.Cut(first.Body.String(), `href="/admin/audit?cursor=`)
		cursor, _, _ := strings.Cut(rest, `"`)
		says(t, h.get("/admin/audit?cursor="+cursor), http.StatusOK, "teleport", "It was not carried out.", ">Newest</a>")
		says(t, h.get("/admin/audit?cursor=x"), http.StatusBadRequest)
		export := h.get("/admin/audit.json")
		var all []store.Act
		must(t, json.Unmarshal(export.Body.Bytes(), &all))
		if len(all) != auditRows+5 || all[len(all)-1].What != "teleport" || export.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%d acts exported, %v", len(all), export.Header())
		}
	})
}
