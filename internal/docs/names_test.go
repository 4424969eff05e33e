package docs

import (
	"go/ast"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// top is everything that may lie at the top of the repository, besides dot-files and the built binary.
var top = []string{
	"cmd", "integrations", "addin", "extension", "internal", "manifests",
	"go.mod", "go.sum", "README.md", "LICENSE",
}

// nameless are package names that say nothing of what a package is.
var nameless = []string{
	"util", "utils", "common", "helper", "helpers", "model", "models", "type", "types", "manager", "managers",
	"misc", "base", "service", "services",
}

// undated matches the two words for unfinished work when no day stands behind them.
var undated = regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME)\b(?:[^\[]|$)`)

func TestTopLevelIsFixed(t *testing.T) {
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		binary := e.Name() == "parlor" && !e.IsDir()
		if !strings.HasPrefix(e.Name(), ".") && !binary && !slices.Contains(top, e.Name()) {
			t.Errorf("%s lies at the top of the repository", e.Name())
		}
	}
}

func TestPackageNamesSaySomething(t *testing.T) {
	for _, p := range ours(t) {
		for _, part := range append(strings.Split(p.room(), "/"), p.Name) {
			if slices.Contains(nameless, part) {
				t.Errorf("%s: %q says nothing", p.room(), part)
			}
		}
	}
}

// TestInterfacesAreThePorts holds the rule that an interface exists only where two real implementations do.
func TestInterfacesAreThePorts(t *testing.T) {
	ports := 0
	for file, parsed := range parsed(t) {
		ast.Inspect(parsed.tree, func(n ast.Node) bool {
			spec, isType := n.(*ast.TypeSpec)
			if !isType {
				return true
			}
			face, isInterface := spec.Type.(*ast.InterfaceType)
			switch {
			case !isInterface || !hasMethods(face):
			case at(file) == "internal/parlor/port.go":
				ports++
			default:
				t.Errorf("%s: interface %s", at(file), spec.Name.Name)
			}
			return true
		})
	}
	if ports != 2 {
		t.Errorf("internal/parlor/port.go has %d interfaces, want Calendar and Rooms", ports)
	}
}

// TestNothingHappensAtImport finds init functions: wiring is written out in cmd.
func TestNothingHappensAtImport(t *testing.T) {
	for file, parsed := range parsed(t) {
		for _, decl := range parsed.tree.Decls {
			if fn, isFunc := decl.(*ast.FuncDecl); isFunc && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s has an init function", at(file))
			}
		}
	}
}

func TestUnfinishedWorkIsDated(t *testing.T) {
	for _, file := range sources(t, ".go", ".ts", ".mjs", ".css", ".html", ".md") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if undated.MatchString(line) {
				t.Errorf("%s:%d: unfinished work without a day: %s", at(file), i+1, strings.TrimSpace(line))
			}
		}
	}
}

func TestTestFilesWithASharedNameCarryTheTag(t *testing.T) {
	tagged := 0
	for file, parsed := range parsed(t) {
		named := strings.HasSuffix(path.Base(file), "_shared_test.go")
		carries := slices.ContainsFunc(parsed.tree.Comments, func(c *ast.CommentGroup) bool {
			return c.Pos() < parsed.tree.Package && c.List[0].Text == "//go:build shareddata"
		})
		if named != carries {
			t.Errorf("%s: the name _shared_test.go and the tag shareddata go together", at(file))
		}
		if named {
			tagged++
		}
	}
	t.Logf("%d files read the shared data", tagged)
}

func hasMethods(face *ast.InterfaceType) bool {
	return slices.ContainsFunc(face.Methods.List, func(f *ast.Field) bool {
		_, isFunc := f.Type.(*ast.FuncType)
		return isFunc
	})
}
