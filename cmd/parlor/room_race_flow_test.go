package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestTwoReplicasRaceForOnePMI: two people ask for it at once, each at another replica; one gets it, the other is told
// what is free.
func TestTwoReplicasRaceForOnePMI(t *testing.T) {
	h := newHouse(t)
	people := []*person{h.settled(ada), h.settled(bob)}
	second, err := build(h.cfg, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer second.store.Close()
	other := httptest.NewServer(second.handler)
	defer other.Close()
	for round, wish := range []map[string]any{
		{"pmi": newPMI}, {"pmi": "4815162344"}, {"personal_link": "the.lab"}, {"personal_link": "research"},
	} {
		statuses, answers := make([]int, 2), make([]map[string]any, 2)
		var wg sync.WaitGroup
		for i, p := range people {
			if i == 1 {
				p = &person{house: &house{demoRun: &demoRun{portal: other.URL}, t: t}, client: p.client}
			}
			wg.Go(func() { statuses[i], answers[i], _ = p.call(http.MethodPatch, "/v1/room", wish) })
		}
		wg.Wait()
		if statuses[0]+statuses[1] != http.StatusOK+http.StatusConflict {
			t.Fatalf("round %d: %v %v", round, statuses, answers)
		}
		for i, status := range statuses {
			detail, _ := answers[i]["detail"].(string)
			if status == http.StatusConflict && !strings.Contains(detail, "Free are: ") {
				t.Errorf("round %d: the loser is told %v", round, answers[i])
			}
		}
	}
}
