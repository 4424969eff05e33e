package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

// graphy is a service that pushes as Microsoft Graph does: many items in one body, and a token to be sent back.
var graphy = parlor.Service{
	Kind: parlor.KindMicrosoft,
	Hear: func(_ http.Header, q url.Values, body []byte) (parlor.Heard, error) {
		if token := q.Get("validationToken"); token != "" {
			return parlor.Heard{Reply: []byte(token)}, nil
		}
		var said struct {
			Value []struct{ ClientState, LifecycleEvent string }
		}
		if err := json.Unmarshal(body, &said); err != nil {
			return parlor.Heard{}, parlor.ErrInvalid
		}
		var heard parlor.Heard
		for i, item := range said.Value {
			id, secret, _ := strings.Cut(item.ClientState, ".")
			renew := item.LifecycleEvent == "subscriptionRemoved" || item.LifecycleEvent == "reauthorizationRequired"
			heard.Pings = append(heard.Pings, parlor.Ping{Watch: id, Secret: secret, Number: int64(i), Renew: renew})
		}
		return heard, nil
	},
}

// items are what Graph sends of channels, each "id.secret" with an event's name after a space if it is of the lifecycle.
func items(channels ...string) string {
	var list []map[string]any
	for _, c := range channels {
		state, event, _ := strings.Cut(c, " ")
		item := map[string]any{
			"subscriptionId": "76222963-cc7b-42d2-882d-8aaa69cb2ba3", "subscriptionExpirationDateTime": "2026-11-29T09:00:00Z",
			"clientState": state, "tenantId": "84bd8158-6d4d-4958-8b9f-9d6445542f95",
		}
		if event != "" {
			item["lifecycleEvent"] = event
		} else {
			item["changeType"], item["resource"] = "updated", "Users/"+strings.Repeat("0", 36)+"/Events/"+strings.Repeat("A", 150)
			item["resourceData"] = map[string]string{
				"@odata.type": "#Microsoft.Graph.Event", "@odata.id": "Users/" + strings.Repeat("0", 36) + "/Events/" + strings.Repeat("A", 150),
				"@odata.etag": `W/"DwAAABYAAAA"`, "id": strings.Repeat("A", 150),
			}
		}
		list = append(list, item)
	}
	text, err := json.Marshal(map[string]any{"value": list})
	if err != nil {
		panic(err) // a map of texts
	}
	return string(text)
}

func (h *house) channel(t testing.TB, id, secret string, cal parlor.CalendarID) {
	t.Helper()
	h.channelAt(t, parlor.KindMicrosoft, id, secret, cal)
}

func (h *house) channelAt(t testing.TB, kind parlor.Kind, id, secret string, cal parlor.CalendarID) {
	t.Helper()
	err := h.st.PutWatch(t.Context(), store.WatchRecord{
		ID: id, Account: h.acct, Calendar: cal, Service: kind, SecretHash: store.HashSecret(secret), Until: testNow.Add(time.Hour),
	})
	if err != nil {
		t.Fatal(err)
	}
}

func onBothWithGraph(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	for name, open := range map[string]func() redis.UniversalClient{
		"miniredis": func() redis.UniversalClient { rdb, _ := storetest.Mini(t); return rdb },
		"redis":     func() redis.UniversalClient { return storetest.Redis(t) },
	} {
		t.Run(name, func(t *testing.T) { test(t, newHouse(t, open(), Limits{}, graphy)) })
	}
}

func TestOnePushNudgesEachCalendarOnce(t *testing.T) {
	onBothWithGraph(t, func(t *testing.T, h *house) {
		h.channel(t, "one", "s1", "work")
		h.channel(t, "two", "s2", "home")
		h.channel(t, "old", "s3", "work")
		h.channelAt(t, parlor.KindGoogle, "google", "s4", "work")
		for name, c := range map[string]struct {
			channels []string
			want     []parlor.CalendarID
		}{
			"one":                          {[]string{"one.s1"}, []parlor.CalendarID{"work"}},
			"the same again and again":     {[]string{"one.s1", "one.s1", "one.s1"}, []parlor.CalendarID{"work"}},
			"two":                          {[]string{"one.s1", "two.s2", "one.s1"}, []parlor.CalendarID{"home", "work"}},
			"two channels of one calendar": {[]string{"one.s1", "old.s3"}, []parlor.CalendarID{"work"}},
			"a guess before the right one": {[]string{"one.guess", "one.s1"}, []parlor.CalendarID{"work"}},
			"guesses":                      {[]string{"one.s2", "one.", "one", ".s1", "", "three.s1"}, nil},
			"another service's channel":    {[]string{"google.s4"}, nil},
			"removed, and changed too":     {[]string{"one.s1", "one.s1 subscriptionRemoved"}, []parlor.CalendarID{"work"}},
			"none":                         {nil, nil},
		} {
			t.Run(name, func(t *testing.T) {
				h.nudged = nil
				same(t, h.call("POST", "/hooks/microsoft", items(c.channels...)).Code, http.StatusNoContent)
				slices.Sort(h.nudged)
				same(t, h.nudged, c.want)
			})
		}
	})
}

func TestLifecycleMarksTheChannel(t *testing.T) {
	onBothWithGraph(t, func(t *testing.T, h *house) {
		info := parlor.CalendarInfo{ID: "work", Name: "Work", Writable: true}
		if err := h.st.SaveCalendars(t.Context(), h.acct, []store.CalendarState{{Info: info, Service: parlor.KindMicrosoft, On: true}}); err != nil {
			t.Fatal(err)
		}
		h.channel(t, "one", "s1", "work")
		h.channel(t, "two", "s2", "gone")
		for _, c := range []struct{ said, want string }{
			{"one.s1 missed", ""},
			{"one.guess subscriptionRemoved", ""},
			{"two.s2 subscriptionRemoved", ""},
			{"one.s1 reauthorizationRequired", "one"},
		} {
			same(t, h.call("POST", "/hooks/microsoft/lifecycle", items(c.said)).Code, http.StatusNoContent)
			state, err := h.st.Calendar(t.Context(), h.acct, "work")
			if err != nil || state.WatchEnding != c.want {
				t.Errorf("%s: marked %q, %v", c.said, state.WatchEnding, err)
			}
		}
		same(t, h.nudged, []parlor.CalendarID{"work", "gone", "work"})
	})
}

func TestValidationTokenIsSentBackAsText(t *testing.T) {
	rdb, mini := storetest.Mini(t)
	h := newHouse(t, rdb, Limits{}, graphy)
	mini.Close() // nothing is looked up
	for _, token := range []string{"Validation: Testing client application reachability for subscription", "<script>alert(1)</script>", "a+b&c=ä"} {
		for _, path := range []string{"/hooks/microsoft", "/hooks/microsoft/lifecycle"} {
			w := h.call("POST", path+"?validationToken="+url.QueryEscape(token), "", "Content-Type: text/plain; charset=utf-8")
			same(t, []any{w.Code, w.Body.String()}, []any{http.StatusOK, token})
			same(t, w.Header().Get("Content-Type"), "text/plain; charset=utf-8")
			same(t, w.Header().Get("X-Content-Type-Options"), "nosniff")
		}
	}
	same(t, h.call("POST", "/hooks/google?validationToken=x", "").Code, http.StatusNotFound)
}

// flood is 500 items of so many channels in one body, about half a megabyte.
func flood(channels int) string {
	var list []string
	for i := range 500 {
		list = append(list, fmt.Sprintf("ch-%d.%s", i%channels, strings.Repeat("s", 26)))
	}
	return items(list...)
}

func TestFloodIsAnsweredInTime(t *testing.T) {
	h := newHouse(t, storetest.Redis(t), Limits{}, graphy)
	for i := range 500 {
		h.channel(t, fmt.Sprint("ch-", i), strings.Repeat("s", 26), parlor.CalendarID(fmt.Sprint("cal-", i)))
	}
	for _, channels := range []int{1, 500} {
		body := flood(channels)
		if len(body) < 300<<10 || len(body) > maxHook {
			t.Fatalf("the body has %d bytes", len(body))
		}
		h.nudged = nil
		began := time.Now()
		same(t, h.call("POST", "/hooks/microsoft", body).Code, http.StatusNoContent)
		if took := time.Since(began); took > time.Second { // Graph drops the pushes of a host that needs more than 2.9 s
			t.Errorf("500 items of %d channels took %s", channels, took)
		}
		same(t, len(h.nudged), channels)
	}
}
