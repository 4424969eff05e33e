package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"parlor/internal/store/storetest"
)

func TestServeOnEveryKindOfRedis(t *testing.T) {
	for name, start := range map[string]func(*site){
		"TCP with a password": func(s *site) {
			s.redis("--requirepass", "hunter2")
			s.env["PARLOR_REDIS_URL"] = strings.Replace(s.env["PARLOR_REDIS_URL"], "//", "//:hunter2@", 1) + "/3"
		},
		"unix socket": func(s *site) {
			dir := storetest.Start(s.t, "--port", "0", "--unixsocket", "redis.sock")
			s.env["PARLOR_REDIS_URL"] = "unix://" + filepath.Join(dir, "redis.sock")
		},
		"TLS": func(s *site) {
			cert, key := certificate(s.t)
			port := fmt.Sprint(storetest.Port(s.t))
			storetest.Start(s.t, "--port", "0", "--tls-port", port, "--tls-cert-file", cert, "--tls-key-file", key, "--tls-auth-clients", "no")
			s.env["PARLOR_REDIS_URL"], s.env["SSL_CERT_FILE"] = "rediss://127.0.0.1:"+port, cert
		},
		"Sentinel": func(s *site) {
			port := storetest.Port(s.t)
			s.redisAt(port)
			s.env["PARLOR_REDIS_URL"] = fmt.Sprintf("redis+sentinel://127.0.0.1:%d/main", storetest.Sentinel(s.t, port))
		},
		"Cluster": func(s *site) { s.env["PARLOR_REDIS_URL"] = storetest.ClusterAddress(s.t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			start(s)
			p := s.ready()
			s.settled(ada)
			p.signal(syscall.SIGTERM)
			if code := p.wait(); code != 0 || strings.Contains(s.log.String(), "hunter2") {
				t.Errorf("exit code %d, want 0, and no password in:\n%s", code, s.log)
			}
		})
	}
}

func TestServeTrustsNoUnknownCertificate(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	cert, key := certificate(t)
	port := storetest.Port(t)
	storetest.Start(t, "--port", "0", "--tls-port", fmt.Sprint(port), "--tls-cert-file", cert, "--tls-key-file", key, "--tls-auth-clients", "no")
	s.until("redis listens", func() bool { return listens(port) })
	s.env["PARLOR_REDIS_URL"] = fmt.Sprintf("rediss://127.0.0.1:%d", port)
	s.serve()
	s.until("it says that it is not ready", func() bool { return s.status("/readyz") == http.StatusServiceUnavailable })
	s.until("the log says why", func() bool { return strings.Contains(s.log.String(), "certificate signed by unknown authority") })
}

func TestServeBeforeRedis(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	port := storetest.Port(t)
	s.env["PARLOR_REDIS_URL"] = fmt.Sprintf("redis://127.0.0.1:%d", port)
	s.serve()
	if health, ready, page := s.status("/healthz"), s.status("/readyz"), s.status("/j/2345678901"); health != 200 || ready != 503 || page != 503 {
		t.Errorf("without Redis /healthz answers %d, /readyz %d, the door %d", health, ready, page)
	}
	s.redisAt(port)
	s.until("it is ready", func() bool { return s.status("/readyz") == http.StatusOK })
	p := s.settled(ada) // the calendar is listed by the workers of the same process
	p.linked(p.adds(fields("Planning #meet", tomorrow(9))))
}

func TestRoles(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.redis()
	web := s.ready("--role", "web")
	p := s.arrive(ada)
	if p.listed("google") {
		t.Errorf("a web process listed the calendar: %v", p.get("/v1/calendars"))
	}
	worker := s.beside()
	worker.ready("--role", "worker")
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/": 404, "/v1/settings": 404, "/signin/google": 404, "/metrics": 404} {
		if got := worker.status(path); got != want {
			t.Errorf("a worker answers %s with %d, want %d", path, got, want)
		}
	}
	p.linked(p.adds(fields("Planning #meet", tomorrow(9))))
	web.signal(syscall.SIGTERM)
	if code := web.wait(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// certificate makes a certificate for 127.0.0.1 that is its own authority, and gives its files.
func certificate(t testing.TB) (cert, key string) {
	t.Helper()
	pair, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	no(t, err)
	about := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	signed, err := x509.CreateCertificate(rand.Reader, about, about, &pair.PublicKey, pair)
	no(t, err)
	private, err := x509.MarshalPKCS8PrivateKey(pair)
	no(t, err)
	dir := t.TempDir()
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	no(t, os.WriteFile(cert, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signed}), 0o600))
	no(t, os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o600))
	return cert, key
}

func no(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
