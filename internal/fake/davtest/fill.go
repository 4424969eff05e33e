package davtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Fill puts many objects into a calendar at once, in the server's own form: asked one by one it would take minutes.
func (s *Server) Fill(t testing.TB, path string, objects map[string]string) {
	t.Helper()
	dir := filepath.Join(s.data, filepath.FromSlash(path))
	if s.Kind == Radicale {
		dir = filepath.Join(s.data, "collection-root", filepath.FromSlash(path))
	}
	for name, text := range objects {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if s.Kind == Radicale {
		run(t, dir, "/usr/bin/python3", "-c", remember, s.data, path)
		return
	}
	run(t, dir, "git", "add", "--all")
	run(t, dir, "git", "-c", "user.name=ada", "-c", "user.email="+User, "commit", "--quiet", "--message", "fill")
}

// remember has Radicale's own library read each file once, which it remembers, without waiting for the disk three times for
// each as the server would.
const remember = `
import sys
from radicale import config, storage
c = config.load()
c.update({"storage": {"filesystem_folder": sys.argv[1], "_filesystem_fsync": "False"}}, "fill", privileged=True)
s = storage.load(c)
with s.acquire_lock("w"):
    for calendar in s.discover(sys.argv[2], depth="0"):
        calendar.sync()
`

func run(t testing.TB, dir string, command ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), command[0], command[1:]...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", command[0], err, out)
	}
}
