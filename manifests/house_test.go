package manifests

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"strconv"
	"strings"
	"testing"
)

const origin = "https://rooms.example.com"

// house serves what a manifest names: pages, the commands' script, and blank icons of the size in their name.
func house(at string) Installation {
	return Installation{Origin: at, Get: func(address string) ([]byte, error) {
		path, ours := strings.CutPrefix(address, at)
		switch {
		case !ours:
		case path == "/addin/pane":
			return []byte("<!doctype html>"), nil
		case path == "/addin/commands":
			return []byte(`<script src="https://office.example/office.js"></script><script src="/addin/assets/commands.1.js" defer></script>`), nil
		case path == "/addin/assets/commands.1.js" || path == "/addin/commands.js":
			return []byte(`Office.actions.associate("addParlorMeeting",f);Office.actions.associate("onNewAppointmentOrganizer",g)`), nil
		case strings.HasPrefix(path, "/addin/icons/"):
			return blank(path)
		}
		return nil, fs.ErrNotExist
	}}
}

func blank(path string) ([]byte, error) {
	name := strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(path, "/addin/icons/parlor-"), ".png"), "-grey")
	size, err := strconv.Atoi(name)
	if err != nil {
		return nil, fmt.Errorf("no icon at %s", path)
	}
	var out bytes.Buffer
	err = png.Encode(&out, image.NewGray(image.Rect(0, 0, size, size)))
	return out.Bytes(), err
}

func made(t *testing.T, at string) string {
	t.Helper()
	manifest, err := Outlook(at)
	if err != nil {
		t.Fatal(err)
	}
	return string(manifest)
}

// swap replaces the first occurrence of a text, which must be there.
func swap(t *testing.T, manifest, from, to string) string {
	t.Helper()
	if !strings.Contains(manifest, from) {
		t.Fatalf("the manifest has no %q", from)
	}
	return strings.Replace(manifest, from, to, 1)
}
