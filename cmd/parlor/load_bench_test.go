package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"
)

const (
	lines   = 16   // connections that stay open
	warmUp  = 400  // requests before anything is measured
	perTurn = 1600 // requests of one server in one round
)

// side is one of two servers that are compared, with the request that is sent to it over and over.
type side struct {
	addr    string
	request string
}

// duel loads both servers in turn, round after round, so that whatever else the machine does meets both. It reports the
// medians in requests a second, and the median of the rounds' ratios.
func duel(b *testing.B, ours, bare side) {
	b.Helper()
	volley(b, ours, warmUp)
	volley(b, bare, warmUp)
	var our, their, ratio []float64
	for turn := 0; b.Loop(); turn++ {
		first, second := ours, bare
		if turn%2 == 1 {
			first, second = bare, ours
		}
		x, y := volley(b, first, perTurn), volley(b, second, perTurn)
		if turn%2 == 1 {
			x, y = y, x
		}
		our, their, ratio = append(our, x), append(their, y), append(ratio, x/y)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(our), "ours/s")
	b.ReportMetric(median(their), "bare/s")
	b.ReportMetric(median(ratio), "ratio")
}

// volley sends n requests over open connections and returns the answers per second. It reads no more of an answer than it
// must, so that the cores are left to the server.
func volley(b *testing.B, s side, n int) float64 {
	b.Helper()
	var all sync.WaitGroup
	faults := make(chan error, lines)
	began := time.Now()
	for range lines {
		all.Go(func() { faults <- shoot(s, n/lines) })
	}
	all.Wait()
	took := time.Since(began)
	for range lines {
		if err := <-faults; err != nil {
			b.Fatal(err)
		}
	}
	return float64(n/lines*lines) / took.Seconds()
}

func shoot(s side, n int) error {
	conn, err := net.Dial("tcp", s.addr)
	if err != nil {
		return fmt.Errorf("dial: %w", err)
	}
	defer func() { _ = conn.Close() }()
	answers := bufio.NewReader(conn)
	for range n {
		if _, err := io.WriteString(conn, s.request); err != nil {
			return fmt.Errorf("send request: %w", err)
		}
		res, err := http.ReadResponse(answers, nil)
		if err != nil {
			return fmt.Errorf("read answer: %w", err)
		}
		if res.StatusCode/100 != 2 {
			text, _ := io.ReadAll(res.Body)
			return fmt.Errorf("%s: %s", res.Status, text)
		}
		if _, err := io.Copy(io.Discard, res.Body); err != nil {
			return fmt.Errorf("read body: %w", err)
		}
	}
	return nil
}

func median(of []float64) float64 {
	of = slices.Sorted(slices.Values(of))
	return of[len(of)/2]
}
