package faketest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Exchange is a recorded request with its answer.
type Exchange struct {
	Request struct {
		Headers map[string]string
		Body    map[string]any
	}
	Response struct {
		Status int
		Body   map[string]any
	}
}

// Read reads one recording of a service's real answers, named without its ending.
func Read[T any](t *testing.T, name string) (v T) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(sharedData(t), filepath.FromSlash(name)+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// sharedData is the folder of recordings: PARLOR_SHARED_DATA, or shared/data beside the repository.
func sharedData(t *testing.T) string {
	t.Helper()
	if dir := os.Getenv("PARLOR_SHARED_DATA"); dir != "" {
		return dir
	}
	dir, err := os.Getwd()
	for err == nil && dir != "/" {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return filepath.Join(dir, "..", "shared", "data")
		}
		dir = filepath.Dir(dir)
	}
	t.Fatalf("no go.mod above the test: %v", err)
	return ""
}
