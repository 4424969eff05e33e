package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"parlor/internal/fake/calendar"
)

// TestMemoryStaysFlat lists a calendar of one page and one of twenty, each in a process of its own: the larger one is
// streamed, so its peak must be nearly that of the smaller one. The processes are built as people build them: what the race
// detector keeps of a program's past grows with it.
func TestMemoryStaysFlat(t *testing.T) {
	t.Parallel()
	const page = 2500
	bin := filepath.Join(t.TempDir(), "parlor")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	small, large := peakOfFirstPass(t, bin, page), peakOfFirstPass(t, bin, 20*page)
	t.Logf("peak of %d events: %d MB, of %d events: %d MB", page, small>>10, 20*page, large>>10)
	if large > small*3/2 {
		t.Errorf("the peak grew from %d to %d kB", small, large)
	}
}

// peakOfFirstPass is the peak resident memory, in kB, of a parlor that has just listed so many events.
func peakOfFirstPass(t *testing.T, bin string, events int) int {
	t.Helper()
	s := newSite(t)
	s.bin = bin
	s.redis()
	start := tomorrow(9)
	for i := range events {
		f := fields(fmt.Sprintf("Event %d", i), start, "description", "Nobody asks for a link here, so that only reading is measured.")
		if _, err := s.world.Insert(ada, "", f, calendar.Write{}); err != nil {
			t.Fatal(err)
		}
	}
	p := s.ready()
	who := s.arrive(ada)
	who.untilWithin(5*time.Minute, "everything is listed", func() bool { return who.listed("google") })
	return peak(t, p.cmd.Process.Pid)
}

var highWater = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

func peak(t *testing.T, pid int) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	found := highWater.FindSubmatch(status)
	if found == nil {
		t.Fatalf("no peak in %s", status)
	}
	kB, err := strconv.Atoi(string(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	return kB
}
