package docs

import (
	"slices"
	"strings"
	"testing"
)

// storeys are the rooms from the ground up: a room may import those below it, never one beside or above it.
var storeys = [][]string{
	{"internal/parlor"},
	{"internal/store"},
	{"internal/connect", "internal/grant"},
	{"internal/syncer"},
	{"internal/jobs"},
	{"internal/desk"},
	{"internal/api", "internal/door", "internal/web"},
	{"cmd"},
}

// annexes stand beside the storeys: what they may import of ours, and which storeys may import them.
var annexes = []struct {
	room     string
	imports  []string
	usedFrom []string
}{
	{"integrations", []string{"internal/parlor"}, []string{"cmd"}},
	{"internal/fake", []string{"internal/fake"}, []string{"internal/fake", "cmd"}},
	{"internal/mail", []string{"internal/parlor"}, []string{"internal/jobs", "cmd"}},
	{"internal/web/look", []string{"internal/web/bundle"}, []string{"internal/api", "internal/door", "internal/web", "cmd"}},
	{"internal/web/bundle", nil, []string{"internal/web"}},
	{"internal/web/client", nil, []string{"internal/web"}},
	{"addin", nil, []string{"internal/web", "cmd"}},
	{"extension", nil, []string{"internal/web", "cmd"}},
	{"manifests", nil, []string{"internal/web", "cmd"}},
	{"internal/docs", nil, nil},
}

// owners says which rooms alone may import an outside module, in their tests too.
var owners = []struct {
	module string
	rooms  []string
}{
	{"google.golang.org/api", []string{"integrations/google"}},
	{"github.com/microsoftgraph", []string{"integrations/microsoft"}},
	{"github.com/hibiken/asynq", []string{"internal/jobs"}},
	{"github.com/danielgtaylor/huma", []string{"internal/api"}},
	{"github.com/go-redis/redis_rate", []string{"internal/store"}},
	{"github.com/tink-crypto", []string{"internal/store"}},
	{"github.com/wneessen/go-mail", []string{"internal/mail"}},
	{"github.com/emersion/go-smtp", []string{"internal/fake"}},
	{"github.com/evanw/esbuild", []string{"internal/web"}},
}

// ownersOfCode are as owners, but the tests of every room may import the module: a test brings its own server.
var ownersOfCode = []struct {
	module string
	rooms  []string
}{
	{"github.com/gin-gonic", []string{"internal/api"}},
	{"github.com/coreos/go-oidc", []string{"internal/connect"}},
	{"github.com/redis/go-redis", []string{"internal/store", "internal/jobs"}},
	{"github.com/alicebob/miniredis", []string{"internal/store/storetest", "cmd"}},
}

// sealed are packages of the standard library that the domain must do without: it does no I/O.
var sealed = []string{"os", "net", "io/fs", "database/sql", "log", "log/slog", "syscall"}

func TestImportsGoDownTheHouse(t *testing.T) {
	for _, p := range ours(t) {
		for _, imp := range p.Imports {
			to := room(imp)
			if to == "" || to == p.room() || forTests(p.room()) && !forTests(to) {
				continue
			}
			if forTests(to) {
				t.Errorf("%s imports %s, which is for tests", p.room(), to)
			} else if !mayImport(p.room(), to) {
				t.Errorf("%s imports %s: not below it in the house (internal/docs/architecture.md)", p.room(), to)
			}
		}
	}
}

func TestIntegrationsAreTestedAlone(t *testing.T) {
	for _, p := range ours(t) {
		if !within(p.room(), "integrations") {
			continue
		}
		for _, imp := range append(p.TestImports, p.XTestImports...) {
			to := room(imp)
			if to != "" && to != p.room() && !forTests(to) && !within(to, "internal/parlor", "internal/fake") {
				t.Errorf("a test of %s imports %s", p.room(), to)
			}
		}
	}
}

func TestOutsideModulesHaveOneOwner(t *testing.T) {
	for _, p := range ours(t) {
		all := slices.Concat(p.Imports, p.TestImports, p.XTestImports)
		for _, o := range owners {
			for _, imp := range all {
				if within(imp, o.module) && !within(p.room(), o.rooms...) {
					t.Errorf("%s imports %s, which only %v may", p.room(), imp, o.rooms)
				}
			}
		}
		for _, o := range ownersOfCode {
			for _, imp := range p.Imports {
				if within(imp, o.module) && !within(p.room(), o.rooms...) && !forTests(p.room()) {
					t.Errorf("%s imports %s, which only %v may", p.room(), imp, o.rooms)
				}
			}
		}
		if slices.Contains(all, "github.com/microsoftgraph/msgraph-sdk-go") {
			t.Errorf("%s imports the root of msgraph-sdk-go, which doubles the build", p.room())
		}
	}
}

func TestDomainDoesNoIO(t *testing.T) {
	for _, p := range ours(t) {
		if p.room() != "internal/parlor" {
			continue
		}
		for _, imp := range p.Imports {
			if slices.Contains(sealed, imp) {
				t.Errorf("internal/parlor imports %s", imp)
			}
		}
		return
	}
	t.Error("internal/parlor was not listed")
}

// mayImport says whether code of one room may use another room.
func mayImport(from, to string) bool {
	for _, a := range annexes {
		if within(from, a.room) && !within(to, a.room) {
			return within(to, a.imports...)
		}
		if within(to, a.room) {
			return within(from, a.usedFrom...)
		}
	}
	up, down := storey(from), storey(to)
	return up >= 0 && down >= 0 && (down < up || samePart(from, to))
}

// storey is the height of a room, -1 for one that the house does not have.
func storey(r string) int {
	return slices.IndexFunc(storeys, func(rooms []string) bool { return within(r, rooms...) })
}

// samePart says whether two packages lie in one room of the storeys: a room and a folder inside it.
func samePart(a, b string) bool {
	for _, rooms := range storeys {
		for _, r := range rooms {
			if within(a, r) && within(b, r) {
				return true
			}
		}
	}
	return false
}

// forTests tells the packages that only tests import: parlortest, storetest.
func forTests(r string) bool { return strings.HasSuffix(r, "test") }

// within says whether a path is one of the given ones or lies below one.
func within(path string, tops ...string) bool {
	return slices.ContainsFunc(tops, func(top string) bool {
		return path == top || strings.HasPrefix(path, top+"/")
	})
}
