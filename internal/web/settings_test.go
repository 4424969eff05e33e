package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

// filled is the form as a browser sends it when nothing was changed.
func filled(s parlor.Settings, etag string) url.Values {
	posted := url.Values{"etag": {etag}}
	for _, sec := range form() {
		for _, f := range sec.Fields {
			if f.Input == "switch" {
				posted.Add(f.Name, "false")
			}
			if v := f.get(s); f.Input != "switch" || v == "true" {
				posted.Add(f.Name, v)
			}
		}
	}
	return posted
}

func (h *house) settings() (parlor.Settings, string) {
	h.t.Helper()
	s, etag, err := h.st.Settings(h.t.Context(), h.acct)
	must(h.t, err)
	return s, etag
}

func TestSaveSettings(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		before, etag := h.settings()
		leads(t, h.post("/settings", filled(before, etag)), "/settings?done=saved")
		unchanged, etag := h.settings()
		if diff := cmp.Diff(before, unchanged); diff != "" {
			t.Errorf("a form sent as it came changed something: %s", diff)
		}

		posted := filled(unchanged, etag)
		posted.Set("use_pmi_for_scheduled", "true")
		posted.Set("embed_passcode", "false")
		posted.Set("guard.buffer_minutes", " 10 ")
		leads(t, h.post("/settings", posted), "/settings?done=saved")
		want := before
		want.UsePMIForScheduled, want.EmbedPasscode, want.Guard.BufferMinutes = true, false, 10
		after, _ := h.settings()
		if diff := cmp.Diff(want, after); diff != "" {
			t.Error(diff)
		}
		says(t, h.get("/settings?done=saved"), http.StatusOK, "Your settings are saved.", `value="10"`)
	})
}

func TestMailIsOfferedWhereItCanBeSent(t *testing.T) {
	rdb, _ := storetest.Mini(t)
	h := newHouse(t, rdb)
	says(t, h.get("/settings"), http.StatusOK, `name="guard.unfamiliar" value="waiting_room" checked`, `name="waiting_room"`,
		`<option value="10">10 minutes</option>`, `name="opens_early_minutes"`, `name="closes_after_minutes"`)
	if page := h.get("/settings").Body.String(); strings.Contains(page, "notify.") {
		t.Error("mail is offered that nobody can send")
	}
	h.mails()
	says(t, h.get("/settings"), http.StatusOK, `name="notify.waiting"`, `name="notify.reconnect"`, `name="notify.rewritten"`)
}

func TestFormOfAnOlderPageKeepsNewerSettings(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		want, etag := h.settings()
		want.Keyword = "#call"
		leads(t, h.post("/settings", url.Values{"etag": {etag}, "keyword": {"#call"}}), "/settings?done=saved")
		got, _ := h.settings()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestFaultySettings(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		before, etag := h.settings()
		posted := filled(before, etag)
		posted.Set("keyword", "a b")
		posted.Set("default_duration_minutes", "an hour")
		page := h.post("/settings", posted)
		says(t, page, http.StatusUnprocessableEntity, "Nothing was saved yet", `value="a b"`, `value="an hour"`,
			`<a href="#keyword">Keyword</a>: Must be 2 to 40 characters without spaces.`, `aria-describedby="keyword-hint keyword-fault"`)
		if _, after := h.settings(); after != etag {
			t.Error("something was saved")
		}
	})
}

func TestStaleSettingsShowBothVersions(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		elsewhere, etag := h.settings()
		posted := filled(elsewhere, etag)
		posted.Set("auto_add", "always")
		elsewhere.Keyword = "#call"
		etag, err := h.st.PutSettings(t.Context(), h.acct, etag, elsewhere)
		must(t, err)
		page := h.post("/settings", posted)
		says(t, page, http.StatusPreconditionFailed, "changed somewhere else", `value="`+etag+`"`,
			`<th scope="row">Keyword</th><td dir="auto">#call</td><td dir="auto">#meet</td>`,
			`<td dir="auto">When an event says the keyword</td><td dir="auto">To every event I organise</td>`)

		posted.Set("etag", etag)
		leads(t, h.post("/settings", posted), "/settings?done=saved")
	})
}

func TestLockedSettings(t *testing.T) {
	rdb, _ := storetest.Mini(t)
	policy := `{"rules":[{"for":{"kind":"everyone"},"settings":{"embed_passcode":{"value":false,"locked":true,"words":"Since the <audit>."}}}],
		"invitation":{"languages":["en","ja"]}}`
	must(t, rdb.Set(t.Context(), "parlor:policy", policy, 0).Err())
	h := newHouse(t, rdb)
	says(t, h.get("/settings"), http.StatusOK, "Set by your administrator: Since the &lt;audit&gt;.",
		`id="embed_passcode" name="embed_passcode" value="true" aria-describedby="embed_passcode-hint embed_passcode-lock" disabled`)
	if page := h.get("/settings").Body.String(); strings.Contains(page, "Deutsch") || !strings.Contains(page, "日本語") {
		t.Error("languages that are not offered can be chosen, or others cannot")
	}
	_, etag := h.settings()
	leads(t, h.post("/settings", url.Values{"etag": {etag}, "embed_passcode": {"true"}, "keyword": {"#call"}}), "/settings?done=saved")
	got, _ := h.settings()
	if got.EmbedPasscode || got.Keyword != "#call" {
		t.Errorf("settings %+v", got)
	}
}
