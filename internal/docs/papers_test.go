package docs

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	variable  = regexp.MustCompile(`\bPARLOR_[A-Z]+(?:_[A-Z]+)*\b`)
	ending    = regexp.MustCompile("`(_[A-Z]+(?:_[A-Z]+)*)`")
	localLink = regexp.MustCompile(`\]\(([^)#:\s]+)(?:#[^)]*)?\)`)
)

// ofTests are variables that only the tests and .ci/run read.
var ofTests = []string{"PARLOR_SHARED_DATA", "PARLOR_BROWSER"}

// TestReadmeKnowsTheEnvironment compares the variables that the product reads with those that the README explains.
func TestReadmeKnowsTheEnvironment(t *testing.T) {
	read := variables(t, "../../cmd/parlor/config.go")
	told := variables(t, "../../README.md")
	maps.Copy(told, endings(t, "../../README.md", read))
	for _, name := range slices.Sorted(maps.Keys(read)) {
		if !told[name] {
			t.Errorf("README.md does not explain %s", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(told)) {
		if !read[strings.TrimSuffix(name, "_FILE")] && !slices.Contains(ofTests, name) {
			t.Errorf("README.md explains %s, which nothing reads", name)
		}
	}
}

func variables(t *testing.T, file string) map[string]bool {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, name := range variable.FindAllString(string(text), -1) {
		names[name] = true
	}
	if len(names) == 0 {
		t.Fatalf("%s names no variable", at(file))
	}
	return names
}

// endings reads names that a line gives by their ending alone, after a whole one: `PARLOR_GOOGLE_ISSUER`, `_API_URL`.
func endings(t *testing.T, file string, known map[string]bool) map[string]bool {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		whole := variable.FindString(line)
		for _, end := range ending.FindAllStringSubmatch(line, -1) {
			for at := strings.LastIndex(whole, "_"); at > 0; at = strings.LastIndex(whole[:at], "_") {
				if known[whole[:at]+end[1]] {
					names[whole[:at]+end[1]] = true
				}
			}
		}
	}
	return names
}

// TestLinksLeadSomewhere follows every link from one of our papers to a file.
func TestLinksLeadSomewhere(t *testing.T) {
	for _, paper := range sources(t, ".md") {
		text, err := os.ReadFile(paper)
		if err != nil {
			t.Fatal(err)
		}
		for _, link := range localLink.FindAllStringSubmatch(string(text), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(paper), link[1])); err != nil {
				t.Errorf("%s leads to %s, which is not there", at(paper), link[1])
			}
		}
	}
}
