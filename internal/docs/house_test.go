// Package docs holds the papers about the house, and the tests that keep the house as the papers say: who imports whom,
// how long a file may be, what may lie at the top. No product code.
//
// Start reading at architecture.md.
package docs

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

const (
	module = "parlor/"
	root   = "../.."
)

// listed is what `go list -json` tells of one package.
type listed struct {
	ImportPath   string
	Name         string
	Dir          string
	Standard     bool
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// room is the package's place in the house: "internal/store", "cmd/parlor"; "" for a package that is not ours.
func (p listed) room() string { return room(p.ImportPath) }

func room(importPath string) string {
	r, ours := strings.CutPrefix(importPath, module)
	if !ours {
		return ""
	}
	return r
}

// deps lists every package that ours are made of, ours included.
var deps = sync.OnceValues(func() ([]listed, error) {
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Name,Dir,Standard,Imports,TestImports,XTestImports", "./...")
	cmd.Dir, cmd.Stderr = root, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("list packages: %w", err)
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("read package list: %w", err)
		}
		all = append(all, p)
	}
})

// ours lists the packages of this module.
func ours(t *testing.T) []listed {
	t.Helper()
	all, err := deps()
	if err != nil {
		t.Fatal(err)
	}
	var own []listed
	for _, p := range all {
		if p.room() != "" {
			own = append(own, p)
		}
	}
	if len(own) == 0 {
		t.Fatal("no package of ours was listed")
	}
	return own
}

// sources walks our hand-written files with one of the extensions, without what tools install or generate.
func sources(t *testing.T, extensions ...string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		name := d.Name()
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "node_modules" || name == "testdata" || name == "out"):
			return filepath.SkipDir
		case d.IsDir() || strings.Contains(name, ".gen."):
			return nil
		}
		for _, ext := range extensions {
			if strings.HasSuffix(name, ext) {
				files = append(files, path)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatalf("no file ends in %v", extensions)
	}
	return files
}

// at names a file as seen from the top of the repository.
func at(path string) string {
	rel, err := filepath.Rel(root, path)
	if err != nil {
		return path
	}
	return filepath.ToSlash(rel)
}
