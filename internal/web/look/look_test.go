package look

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAssets(t *testing.T) {
	l, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]struct{ kind, text string }{
		"parlor.css": {"text/css; charset=utf-8", "--accent"},
		"parlor.js":  {"text/javascript; charset=utf-8", "AbortController"},
		"mark.svg":   {"image/svg+xml", "<svg"},
	} {
		w := httptest.NewRecorder()
		l.ServeHTTP(w, httptest.NewRequest(http.MethodGet, l.Path(name), nil))
		if w.Header().Get("Content-Type") != want.kind || !strings.Contains(w.Body.String(), want.text) {
			t.Errorf("%s: %d %s", name, w.Code, w.Header())
		}
		if !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s may not be kept", name)
		}
		for _, outside := range []string{"http://127", "https://", "//fonts", "innerHTML"} {
			if strings.Contains(w.Body.String(), outside) {
				t.Errorf("%s holds %q", name, outside)
			}
		}
	}
	w := httptest.NewRecorder()
	l.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/assets/parlor.css", nil))
	if w.Code != 404 {
		t.Errorf("an address without the hash: status %d", w.Code)
	}
}
