package manifests

import (
	"strings"
	"testing"
)

func TestManifestIsSound(t *testing.T) {
	for _, at := range []string{origin, "https://rooms.example.com:8443", "http://127.0.0.1:8080", "http://localhost:3000"} {
		for _, fault := range CheckOutlook([]byte(made(t, at)), house(at)) {
			t.Errorf("%s: %v", at, fault)
		}
	}
}

func TestManifestIsForTheOrigin(t *testing.T) {
	here, there := made(t, origin), made(t, "https://meet.example.org")
	if strings.Contains(there, "rooms.example.com") || !strings.Contains(there, "https://meet.example.org/addin/pane") {
		t.Error("the manifest of one installation names another, or not itself")
	}
	if strings.Contains(there, AddinID(origin)) || !strings.Contains(here, "<Id>"+AddinID(origin)+"</Id>") {
		t.Error("two installations share an id")
	}
	if here != made(t, origin) {
		t.Error("made twice, it differs")
	}
}

// TestAddinID holds the id fast: Graph stores what the add-in remembers under this name, so it must never change.
func TestAddinID(t *testing.T) {
	if got, want := AddinID(origin), "5de928d8-acaa-5bf7-a1c3-896b2b77618c"; got != want {
		t.Errorf("id %s, want %s", got, want)
	}
}

func TestVersionGrowsWithTheCommit(t *testing.T) {
	for commit, want := range map[string]string{
		"2026-11-22T23:59:00Z":      "1.0.2517.1439",
		"2026-11-23T00:00:30+00:00": "1.0.2518.0",
		"2026-11-23T02:00:30+02:00": "1.0.2518.0",
		"":                          "1.0.0.0",
		"yesterday":                 "1.0.0.0",
	} {
		if got := versionAt(commit); got != want {
			t.Errorf("%s: %s, want %s", commit, got, want)
		}
	}
}
