package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
)

func TestPeopleAreAddedRemovedAndTakenBack(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		says(t, h.get("/settings"), http.StatusOK, `<a href="/settings/people">People you know</a>`)
		says(t, h.get("/settings/people"), http.StatusOK, "Nobody yet.", "example.com</span> is known already")
		leads(t, h.post("/settings/people", url.Values{"address": {" Eve@Other.example.org "}}), "/settings/people?done=person")
		leads(t, h.post("/settings/people", url.Values{"address": {"known.example.org"}}), "/settings/people?done=person")
		met := parlor.Encounter{
			Event: parlor.EventRef{Calendar: "work", ID: "e"}, People: []string{"kay@third.example.org"},
			Start: parlor.Moment{Time: noon.Add(-2 * time.Hour)}, End: parlor.Moment{Time: noon.Add(-time.Hour)},
		}
		must(t, h.st.Learn(t.Context(), h.acct, []parlor.Encounter{met}))
		says(t, h.get("/settings/people?done=person"), http.StatusOK, "They are known to you now.", "3 known to you",
			`<h3 dir="auto">eve@other.example.org</h3>`, "On your list.", `<h3 dir="auto">@known.example.org</h3>`, "Everybody there, on your list.",
			`<h3 dir="auto">kay@third.example.org</h3>`, `You met on <time datetime="`)

		leads(t, h.post("/settings/people/remove", url.Values{"address": {"kay@third.example.org"}, "search": {"kay"}}),
			"/settings/people?removed=kay%40third.example.org&search=kay")
		says(t, h.get("/settings/people?removed=kay%40third.example.org&search=kay"), http.StatusOK, "is not known to you any more",
			`action="/settings/people/restore"`, `name="address" value="kay@third.example.org"`, "Nobody is found.")
		leads(t, h.post("/settings/people/restore", url.Values{"address": {"kay@third.example.org"}}), "/settings/people?done=restored")
		says(t, h.get("/settings/people?search=KAY"), http.StatusOK, "1 found", `<h3 dir="auto">kay@third.example.org</h3>`)
	})
}

func TestWhoCannotBeAddedIsExplainedBesideTheField(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		for address, words := range map[string]string{
			"gmail.com": "Must not be gmail.com as a whole", "eve": "Must be an e-mail address, or a domain", hostile: "&lt;",
		} {
			says(t, h.post("/settings/people", url.Values{"address": {address}}), http.StatusUnprocessableEntity, words,
				`aria-describedby="address-hint address-fault" aria-invalid="true"`)
		}
		says(t, h.get("/settings/people?removed="+url.QueryEscape(hostile)), http.StatusOK, "&lt;")
	})
}

func TestManyPeopleAreSearchedAndPaged(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		for i := range 120 {
			must(t, h.st.AddPerson(t.Context(), h.acct, fmt.Sprintf("p%03d@other.example.org", i)))
		}
		page := h.get("/settings/people?search=other")
		says(t, page, http.StatusOK, "120 found", "p099@", `href="/settings/people?cursor=`)
		_, after, _ := strings.Cut(page.Body.String(), `<a href="/settings/people?cursor=`)
		cursor, _, _ := strings.Cut(after, "&amp;")
		says(t, h.get("/settings/people?search=other&cursor="+cursor), http.StatusOK, "p100@", "p119@", "From the beginning")
	})
}

func TestWhoWaitsIsToldWithTheMeeting(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		m := h.meeting(parlor.InRoom, "Talk", noon.Add(time.Hour))
		m.Waits = &parlor.Reason{Code: "unfamiliar_waits", Text: "Guests wait, because " + hostile + " has not met you here before."}
		rev, err := h.st.UpdateMeeting(t.Context(), h.acct, h.rev, m)
		must(t, err)
		h.rev = rev
		for _, path := range []string{"/meetings", "/meetings/" + m.Number} {
			page := h.get(path)
			says(t, page, http.StatusOK, `<p class="note">Guests wait, because &lt;/h3&gt;`)
			if times := strings.Count(page.Body.String(), "Guests wait, because"); times != 1 {
				t.Errorf("%s tells %d times why guests wait", path, times)
			}
		}
	})
}
