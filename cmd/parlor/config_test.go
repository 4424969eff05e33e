package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parlor/internal/store"
)

var someKeyset = func() string {
	keys, err := store.NewKeyset()
	if err != nil {
		panic(err)
	}
	return string(keys)
}()

func good() map[string]string {
	return map[string]string{
		"PARLOR_PUBLIC_URL": "https://rooms.example.com", "PARLOR_REDIS_URL": "redis://127.0.0.1:6379",
		"PARLOR_KEYSET": someKeyset, "PARLOR_ALLOWED_DOMAINS": "example.com, example.org",
		"PARLOR_GOOGLE_CLIENT_ID": "id", "PARLOR_GOOGLE_CLIENT_SECRET": "secret", "PARLOR_JITSI_URL": "https://meet.example.com",
	}
}

func readMap(m map[string]string) (config, error) {
	return readConfig(func(name string) (string, bool) { v, ok := m[name]; return v, ok })
}

func TestConfigDefaults(t *testing.T) {
	c, err := readMap(good())
	if err != nil {
		t.Fatal(err)
	}
	if c.addr != ":8080" || !c.push || c.pollEvery != 15*time.Minute || len(c.allowedDomains) != 2 {
		t.Errorf("got %+v", c)
	}
	if c.google.issuer != "https://accounts.google.com" || c.google.apiURL != "https://www.googleapis.com/calendar/v3/" {
		t.Errorf("not Google's own addresses: %+v", c.google)
	}
	m := good()
	m["PARLOR_SYNC"] = "poll"
	if c, err = readMap(m); err != nil || c.push || c.pollEvery != time.Minute {
		t.Errorf("poll mode: %+v, %v", c, err)
	}
}

func withMicrosoft(m map[string]string) map[string]string {
	m["PARLOR_MICROSOFT_CLIENT_ID"], m["PARLOR_MICROSOFT_CLIENT_SECRET"] = "id", "secret"
	m["PARLOR_MICROSOFT_TENANTS"] = "72f988bf-86f1-41af-91ab-2d7cd011db47, 9188040d-6c67-4c5b-b112-36a304b66dad"
	return m
}

func TestOneCalendarServiceIsEnough(t *testing.T) {
	m := withMicrosoft(good())
	delete(m, "PARLOR_GOOGLE_CLIENT_ID")
	delete(m, "PARLOR_GOOGLE_CLIENT_SECRET")
	c, err := readMap(m)
	if err != nil {
		t.Fatal(err)
	}
	if c.google.clientID != "" || len(c.microsoftTenants) != 2 || !strings.HasPrefix(c.microsoft.issuer, "https://login.microsoftonline.com/{tenant}/") {
		t.Errorf("got %+v", c)
	}
}

func TestSignInAloneIsEnough(t *testing.T) {
	m := good()
	delete(m, "PARLOR_GOOGLE_CLIENT_ID")
	delete(m, "PARLOR_GOOGLE_CLIENT_SECRET")
	m["PARLOR_OIDC_ISSUER"], m["PARLOR_OIDC_CLIENT_ID"], m["PARLOR_OIDC_CLIENT_SECRET"] = "https://id.example.com/realms/staff", "id", "secret"
	c, err := readMap(m)
	if err != nil {
		t.Fatal(err)
	}
	if c.google.clientID != "" || c.oidc.Issuer != "https://id.example.com/realms/staff" || c.oidc.TrustEmail || c.oidc.Name == "" {
		t.Errorf("got %+v", c)
	}
}

func TestConfigNamesEveryProblemAtOnce(t *testing.T) {
	_, err := readMap(map[string]string{
		"PARLOR_PUBLIC_URL": "http://rooms.example.com", "PARLOR_SYNC": "sometimes", "PARLOR_POLL_EVERY": "soon",
		"PARLOR_TRUSTED_PROXIES": "proxy", "PARLOR_ROOMS": "skype", "PARLOR_JITSI_URL": "meet.example.com",
	})
	if err == nil {
		t.Fatal("accepted")
	}
	for _, name := range []string{
		"PARLOR_PUBLIC_URL", "PARLOR_REDIS_URL", "PARLOR_KEYSET", "PARLOR_ALLOWED_DOMAINS", "PARLOR_SYNC", "PARLOR_POLL_EVERY",
		"PARLOR_TRUSTED_PROXIES", "PARLOR_GOOGLE_CLIENT_ID", "PARLOR_GOOGLE_CLIENT_SECRET", "PARLOR_ROOMS", "PARLOR_JITSI_URL",
	} {
		if n := strings.Count("\n"+err.Error(), "\n"+name+" "); n != 1 {
			t.Errorf("%s is named %d times in:\n%v", name, n, err)
		}
	}
}

func TestConfigRefuses(t *testing.T) {
	for name, change := range map[string]func(map[string]string){
		"plain http":          func(m map[string]string) { m["PARLOR_PUBLIC_URL"] = "http://rooms.example.com" },
		"a path":              func(m map[string]string) { m["PARLOR_PUBLIC_URL"] = "https://example.com/parlor" },
		"a query":             func(m map[string]string) { m["PARLOR_PUBLIC_URL"] = "https://example.com/?a=b" },
		"half of Jitsi's app": func(m map[string]string) { m["PARLOR_JITSI_APP_ID"] = "parlor" },
		"a short secret":      func(m map[string]string) { m["PARLOR_JITSI_RESERVATION_SECRET"] = "guess me" },
		"no template":         func(m map[string]string) { m["PARLOR_ROOMS"] = "link" },
		"a template elsewhere": func(m map[string]string) {
			m["PARLOR_ROOMS"], m["PARLOR_LINK_TEMPLATE"] = "link", "https://{user}.example.com/"
		},
		"a password in it":    func(m map[string]string) { m["PARLOR_JITSI_URL"] = "https://u:p@meet.example.com" },
		"both value and file": func(m map[string]string) { m["PARLOR_KEYSET_FILE"] = "/etc/hostname" },
		"a file not there":    func(m map[string]string) { delete(m, "PARLOR_KEYSET"); m["PARLOR_KEYSET_FILE"] = "/nowhere" },
		"an empty keyset":     func(m map[string]string) { m["PARLOR_KEYSET"] = "{}" },
		"an odd redis":        func(m map[string]string) { m["PARLOR_REDIS_URL"] = "http://127.0.0.1:6379" },
		"no port to listen":   func(m map[string]string) { m["PARLOR_ADDR"] = "127.0.0.1" },
		"no metrics port":     func(m map[string]string) { m["PARLOR_METRICS_ADDR"] = "9090" },
		"no tenants":          func(m map[string]string) { delete(withMicrosoft(m), "PARLOR_MICROSOFT_TENANTS") },
		"a tenant's name":     func(m map[string]string) { withMicrosoft(m)["PARLOR_MICROSOFT_TENANTS"] = "example.com" },
		"everybody's tenant":  func(m map[string]string) { withMicrosoft(m)["PARLOR_MICROSOFT_TENANTS"] = "common" },
		"one tenant's issuer": func(m map[string]string) {
			withMicrosoft(m)["PARLOR_MICROSOFT_ISSUER"] = "https://login.example.com/v2.0"
		},
		"half a Google":       func(m map[string]string) { delete(withMicrosoft(m), "PARLOR_GOOGLE_CLIENT_SECRET") },
		"half an OIDC client": func(m map[string]string) { m["PARLOR_OIDC_ISSUER"] = "https://id.example.com" },
		"an OIDC provider over plain http": func(m map[string]string) {
			m["PARLOR_OIDC_ISSUER"], m["PARLOR_OIDC_CLIENT_ID"], m["PARLOR_OIDC_CLIENT_SECRET"] = "http://id.example.com", "id", "secret"
		},
		"polling too often": func(m map[string]string) { m["PARLOR_POLL_EVERY"] = "1s" },
	} {
		m := good()
		change(m)
		if _, err := readMap(m); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestSecretsFromFiles(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("from the file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	m := good()
	delete(m, "PARLOR_GOOGLE_CLIENT_SECRET")
	m["PARLOR_GOOGLE_CLIENT_SECRET_FILE"] = file
	if c, err := readMap(m); err != nil || c.google.clientSecret != "from the file" {
		t.Errorf("got %q, %v", c.google.clientSecret, err)
	}
}
