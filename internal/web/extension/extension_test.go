package extension

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const origin = "https://rooms.example.com"

func made(t *testing.T, cfg Config) *Extension {
	t.Helper()
	e, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// unpacked reads a zip, by path.
func unpacked(t *testing.T, body []byte) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range r.File {
		opened, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(opened)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	return files
}

func TestBothBuildsAreOneSource(t *testing.T) {
	e := made(t, Config{Origin: origin})
	chrome, firefox := unpacked(t, e.Zip(Chrome)), unpacked(t, e.Zip(Firefox))
	for name, text := range chrome {
		if same := firefox[name] == text; same == (name == "manifest.json") {
			t.Errorf("%s: the builds have the same: %t", name, same)
		}
	}
	if len(chrome) != len(firefox) {
		t.Errorf("%d files and %d", len(chrome), len(firefox))
	}
	for _, name := range []string{"background.js", "content.js", "popup.html", "options.html", "_locales/ja/messages.json", "icons/128.png"} {
		if chrome[name] == "" {
			t.Errorf("%s is missing", name)
		}
	}
	if !strings.Contains(chrome["background.js"], `"`+origin+`"`) {
		t.Error("the worker does not know its server")
	}
}

// TestPagesHoldNoTokens holds the rule that the worker alone signs in: what content scripts and pages load must not even
// have the words for it.
func TestPagesHoldNoTokens(t *testing.T) {
	files := unpacked(t, made(t, Config{Origin: origin}).Zip(Chrome))
	for _, word := range []string{"refresh_token", "access_token", "Bearer"} {
		if !strings.Contains(files["background.js"], word) {
			t.Errorf("the worker has no %q: what is it called now?", word)
		}
		for _, page := range []string{"content.js", "popup.js", "options.js"} {
			if strings.Contains(files[page], word) {
				t.Errorf("%s has %q", page, word)
			}
		}
	}
	for name, text := range files {
		for _, never := range []string{"innerHTML", "eval(", "new Function", "onMessageExternal", "externally_connectable"} {
			if strings.HasSuffix(name, ".js") && strings.Contains(text, never) {
				t.Errorf("%s has %s", name, never)
			}
		}
	}
}

func TestTheSameBytesEveryTime(t *testing.T) {
	one, other := made(t, Config{Origin: origin}), made(t, Config{Origin: origin})
	for _, b := range []Browser{Chrome, Firefox} {
		if !bytes.Equal(one.Zip(b), other.Zip(b)) {
			t.Errorf("%s: made twice, it differs", b)
		}
		if most := 100 << 10; len(one.Zip(b)) > most {
			t.Errorf("%s: %d bytes, at most %d", b, len(one.Zip(b)), most)
		}
		t.Logf("%s: %d bytes", b, len(one.Zip(b)))
	}
}

func TestIDs(t *testing.T) {
	e := made(t, Config{Origin: origin, IDs: []string{"abcdefghijklmnopabcdefghijklmnop", "{11111111-2222-4333-8444-555555555555}"}})
	if e.ChromeID() == made(t, Config{Origin: "https://meet.example.org"}).ChromeID() {
		t.Error("two installations share an id")
	}
	if e.FirefoxID() != "parlor@rooms.example.com" || len(e.Redirects()) != 4 {
		t.Errorf("%s, %v", e.FirefoxID(), e.Redirects())
	}
	if got, want := e.Redirects()[3], "https://"+e.ChromeID()+".chromiumapp.org"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	generic := made(t, Config{})
	if generic.ChromeID() != "" || len(generic.Redirects()) != 1 {
		t.Errorf("a build for no server: %q, %v", generic.ChromeID(), generic.Redirects())
	}
	if store := made(t, Config{Origin: origin, Store: true}); store.ChromeID() != "" || strings.Contains(unpacked(t, store.Zip(Chrome))["manifest.json"], `"key"`) {
		t.Error("a build for a store has a key")
	}
	for _, wrong := range []Config{{Origin: origin, Key: "nonsense"}, {Origin: origin, Key: "AAAA"}, {Origin: origin, IDs: []string{"abc"}}} {
		if _, err := New(wrong); err == nil {
			t.Errorf("%+v is taken", wrong)
		}
	}
}

func TestHosts(t *testing.T) {
	type manifest struct {
		Hosts    []string `json:"host_permissions"`
		Optional []string `json:"optional_host_permissions"`
	}
	read := func(e *Extension, b Browser) (m manifest) {
		if err := json.Unmarshal([]byte(unpacked(t, e.Zip(b))["manifest.json"]), &m); err != nil {
			t.Fatal(err)
		}
		return m
	}
	demo := made(t, Config{Origin: "http://127.0.0.1:8080", Pages: []string{"http://127.0.0.1:9001"}})
	for b, want := range map[Browser]string{
		Chrome:  "http://127.0.0.1:8080/* https://calendar.google.com/* http://127.0.0.1:9001/*",
		Firefox: "http://127.0.0.1/* https://calendar.google.com/* http://127.0.0.1/*",
	} {
		if got := strings.Join(read(demo, b).Hosts, " "); got != want {
			t.Errorf("%s may reach %s, want %s", b, got, want)
		}
	}
	if m := read(made(t, Config{}), Chrome); strings.Join(m.Hosts, " ") != "https://calendar.google.com/*" || len(m.Optional) != 3 {
		t.Errorf("a build for no server: %+v", m)
	}
}

func TestDownloads(t *testing.T) {
	e := made(t, Config{Origin: origin})
	ask := func(method, path, etag string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, path, nil)
		r.Header.Set("If-None-Match", etag)
		w := httptest.NewRecorder()
		e.ServeHTTP(w, r)
		return w
	}
	for _, b := range []Browser{Chrome, Firefox} {
		w := ask(http.MethodGet, path(b), "")
		if w.Code != 200 || !bytes.Equal(w.Body.Bytes(), e.Zip(b)) || w.Header().Get("Content-Type") != "application/zip" {
			t.Errorf("%s: %d %v", b, w.Code, w.Header())
		}
		if got, want := w.Header().Get("Content-Disposition"), `attachment; filename="parlor-`+string(b)+`.zip"`; got != want {
			t.Errorf("%s, want %s", got, want)
		}
		if again := ask(http.MethodGet, path(b), w.Header().Get("ETag")); again.Code != http.StatusNotModified {
			t.Errorf("asked again: %d", again.Code)
		}
		if post := ask(http.MethodPost, path(b), ""); post.Code != http.StatusMethodNotAllowed {
			t.Errorf("POST: %d", post.Code)
		}
	}
	if w := ask(http.MethodGet, "/downloads/parlor-safari.zip", ""); w.Code != http.StatusNotFound {
		t.Errorf("another browser: %d", w.Code)
	}
}
