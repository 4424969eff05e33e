package docs

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"testing"
)

const (
	fileMost   = 400
	fileMedian = 120
	funcMost   = 60
	funcMedian = 12
)

func TestFilesAreShort(t *testing.T) {
	var lengths []int
	for _, path := range sources(t, ".go", ".ts", ".mjs", ".css", ".html", ".tmpl", ".sh") {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		n := bytes.Count(text, []byte("\n"))
		if n > fileMost {
			t.Errorf("%s has %d lines, at most %d", at(path), n, fileMost)
		}
		lengths = append(lengths, n)
	}
	checkMedian(t, "file", lengths, fileMedian)
}

func TestFunctionsAreShort(t *testing.T) {
	var lengths []int
	for path, file := range parsed(t) {
		for _, decl := range file.tree.Decls {
			fn, isFunc := decl.(*ast.FuncDecl)
			if !isFunc {
				continue
			}
			n := file.line(fn.End()) - file.line(fn.Pos()) + 1
			if n > funcMost {
				t.Errorf("%s: %s has %d lines, at most %d", at(path), fn.Name.Name, n, funcMost)
			}
			lengths = append(lengths, n)
		}
	}
	checkMedian(t, "function", lengths, funcMedian)
}

func checkMedian(t *testing.T, what string, lengths []int, most int) {
	t.Helper()
	slices.Sort(lengths)
	median := lengths[len(lengths)/2]
	t.Logf("%d of kind %s, median %d lines, longest %d", len(lengths), what, median, lengths[len(lengths)-1])
	if median > most {
		t.Errorf("the median %s has %d lines, at most %d", what, median, most)
	}
}

// goFile is one parsed file with the positions of its nodes.
type goFile struct {
	tree *ast.File
	set  *token.FileSet
}

func (f goFile) line(p token.Pos) int { return f.set.Position(p).Line }

// parsed reads every hand-written Go file, whatever its build tags.
func parsed(t *testing.T) map[string]goFile {
	t.Helper()
	files := map[string]goFile{}
	for _, path := range sources(t, ".go") {
		set := token.NewFileSet()
		tree, err := parser.ParseFile(set, path, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files[path] = goFile{tree, set}
	}
	return files
}
