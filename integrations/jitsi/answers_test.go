package jitsi

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestAnswers(t *testing.T) {
	for status, up := range map[int]bool{200: true, 404: true, 500: true, 502: false, 503: false, 504: false} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodHead {
				t.Errorf("asked by %s", r.Method)
			}
			w.WriteHeader(status)
		}))
		if err := New(Config{URL: server.URL, HTTP: server.Client()}).Answers(t.Context()); (err == nil) != up {
			t.Errorf("status %d: %v", status, err)
		}
		server.Close()
		if err := New(Config{URL: server.URL, HTTP: server.Client()}).Answers(t.Context()); err == nil {
			t.Error("a server that is gone answers")
		}
	}
	if New(Config{URL: "https://meet.example.com"}).Answers != nil {
		t.Error("without a client nobody can ask")
	}
}
