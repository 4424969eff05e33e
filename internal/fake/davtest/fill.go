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
	if s.Kind == Radicale { // it reads each file once, and remembers
		const list = `<sync-collection xmlns="DAV:"><sync-token/><sync-level>1</sync-level><prop><getetag/></prop></sync-collection>`
		s.Ask(t, "REPORT", path, list, "Content-Type", "application/xml")
		return
	}
	for _, args := range [][]string{
		{"add", "--all"}, {"-c", "user.name=ada", "-c", "user.email=" + User, "commit", "--quiet", "--message", "fill"},
	} {
		cmd := exec.CommandContext(t.Context(), "git", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v\n%s", args[0], err, out)
		}
	}
}
