package main

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"parlor/internal/store/storetest"
)

func TestMetrics(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.redis()
	s.env["PARLOR_METRICS_ADDR"] = fmt.Sprintf("127.0.0.1:%d", storetest.Port(t))
	s.ready()
	p := s.settled(ada)
	p.quiet()
	p.linked(p.adds(fields("Planning #meet", tomorrow(9))))
	text := fetch(t, http.DefaultClient, "http://"+s.env["PARLOR_METRICS_ADDR"]+"/metrics")
	for _, want := range []string{
		`parlor_passes_total\{outcome="done"\} [1-9]`, `parlor_event_writes_total [1-9]`,
		`parlor_pushes_total\{service="google"\} [1-9]`, `go_goroutines [1-9]`,
	} {
		if !regexp.MustCompile("(?m)^" + want).MatchString(text) {
			t.Errorf("no %s in:\n%s", want, text)
		}
	}
	if got := s.status("/metrics"); got != http.StatusNotFound {
		t.Errorf("/metrics at the public address answers %d, want 404", got)
	}
}
