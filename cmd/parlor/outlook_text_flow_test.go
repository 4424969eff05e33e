package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"parlor/internal/parlor"
)

// graphs is what Outlook itself does to the person's mailbox: it speaks Graph.
func (p *person) graphs(method, path string, body any, headers ...string) map[string]any {
	p.t.Helper()
	access, _ := p.graph.Grant(p.email)
	raw, err := json.Marshal(body)
	if err != nil {
		p.t.Fatal(err)
	}
	req := must(http.NewRequest(method, p.microsoft+"/v1.0/me/events"+path, bytes.NewReader(raw)))
	req.Header.Set("Authorization", "Bearer "+access)
	req.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, _ := io.ReadAll(resp.Body)
	var out map[string]any
	if resp.StatusCode >= 300 || json.Unmarshal(answer, &out) != nil {
		p.t.Fatalf("%s %s: %s %.500s", method, path, resp.Status, answer)
	}
	return out
}

func (p *person) posts(event map[string]any) map[string]any {
	p.t.Helper()
	return p.graphs(http.MethodPost, "", event)
}

// reads is the event as Graph shows it, and its text.
func (p *person) reads(id string) (event map[string]any, text string) {
	p.t.Helper()
	event = p.graphs(http.MethodGet, "/"+id, nil)
	text, _ = event["body"].(map[string]any)["content"].(string)
	return event, text
}

func TestBodiesAndPlacesOfEveryKind(t *testing.T) {
	h := newHouse(t)
	p := h.outlook(ada)
	p.quiet()
	words := strings.Repeat("Some words of a person. ", 40_000)
	for name, tt := range map[string]struct {
		kind, text string
		places     []any
		keeps      []string
	}{
		"plain text":       {"text", "Agenda <1> & 2\r\n\r\n- tea", nil, []string{"tea"}},
		"nothing":          {"text", "", nil, nil},
		"nearly 1 MB":      {"html", "<html><body><p>" + words + "</p></body></html>", nil, []string{words}},
		"nearly 1 MB text": {"text", words, nil, []string{strings.TrimSpace(words)}},
		"a room":           {"html", "<p>x</p>", []any{map[string]any{"displayName": "Room 5", "locationType": "conferenceRoom", "locationEmailAddress": "room5@example.com", "uniqueId": "room5@example.com", "uniqueIdType": "directory"}}, []string{"<p>x</p>"}},
		"broken HTML":      {"html", "<html><body><div>a<b>b</i></div><table><tr><td>c", nil, []string{"c"}},
	} {
		start := tomorrow(9)
		event := map[string]any{
			"subject": name + " #meet", "body": map[string]any{"contentType": tt.kind, "content": tt.text},
			"start": map[string]any{"dateTime": start.Format("2006-01-02T15:04:05"), "timeZone": "UTC"},
			"end":   map[string]any{"dateTime": start.Add(time.Hour).Format("2006-01-02T15:04:05"), "timeZone": "UTC"},
		}
		if tt.places != nil {
			event["locations"] = tt.places
		}
		id := p.posts(event)["id"].(string)
		var shown map[string]any
		var text string
		p.untilWithin(3*time.Minute, name+" has its link", func() bool {
			shown, text = p.reads(id)
			_, _, ok := parlor.Find(text, p.portal)
			return ok
		})
		p.quiet()
		for _, keep := range tt.keeps {
			if !strings.Contains(text, keep) {
				t.Errorf("%s: the person's text became %.300q", name, text)
			}
		}
		if left := parlor.Strip(text, p.portal); strings.Contains(left, "/j/") {
			t.Errorf("%s: a second link in %.300q", name, left)
		}
		if places, _ := json.Marshal(shown["locations"]); tt.places != nil && !strings.Contains(string(places), "room5@example.com") {
			t.Errorf("%s: the room was lost: %s", name, places)
		}
	}
}
