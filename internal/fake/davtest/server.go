// Package davtest gives tests calendar servers that nobody here wrote: Radicale and Xandikos, as Debian packages them, each
// behind a front of ours that asks for a password, counts requests and can be told to misbehave. Nothing in it is part of
// the product.
//
// Start at Start.
package davtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// Kind is which server.
type Kind string

// The servers.
const (
	Radicale Kind = "radicale"
	Xandikos Kind = "xandikos"
)

// Kinds are all of them.
var Kinds = []Kind{Radicale, Xandikos}

// User is who has calendars on a server, and the password that their programs bring.
const (
	User     = "ada@example.com"
	Password = "app-password of ada"
)

// Server is one running server, empty at first.
type Server struct {
	*Front
	Kind Kind
	Home string // path at which the person's calendars are listed

	data string // where the server keeps what it is given
}

// Start runs a server in a directory of its own; it ends with the test.
func Start(t testing.TB, kind Kind) *Server {
	t.Helper()
	dir, port := t.TempDir(), freePort(t)
	s := &Server{Kind: kind, Home: "/" + User + "/", data: filepath.Join(dir, "data")}
	command := []string{"radicale", "-C", radicaleConf(t, dir, port)}
	if kind == Xandikos {
		s.Home = "/ada/calendars/"
		command = []string{
			"xandikos", "-d", s.data, "--defaults", "-l", "127.0.0.1", "-p", fmt.Sprint(port),
			"--current-user-principal", "/ada/",
		}
	}
	launch(t, dir, command)
	target := &url.URL{Scheme: "http", Host: fmt.Sprintf("127.0.0.1:%d", port)}
	await(t, target.Host, dir)
	s.Front = newFront(target, kind == Radicale)
	s.web = httptest.NewServer(s.Front)
	t.Cleanup(s.web.Close)
	s.URL = s.web.URL
	s.Clear(t)
	return s
}

func radicaleConf(t testing.TB, dir string, port int) string {
	t.Helper()
	conf, users := filepath.Join(dir, "conf"), filepath.Join(dir, "users")
	text := fmt.Sprintf("[server]\nhosts=127.0.0.1:%d\nmax_connections=100\n[auth]\ntype=htpasswd\nhtpasswd_filename=%s\n"+
		"htpasswd_encryption=plain\ndelay=0\n[storage]\nfilesystem_folder=%s\n[logging]\nlevel=warning\n",
		port, users, filepath.Join(dir, "data"))
	if err := errors.Join(os.WriteFile(conf, []byte(text), 0o600), os.WriteFile(users, []byte(User+":"+Password+"\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	return conf
}

// watchdog ends the server, and clears up after it, when its standard input closes: with the test, or with the test binary
// whatever that died of.
const watchdog = `"$@" >"$DIR/log" 2>&1 & cat >/dev/null; kill $!; wait; rm -rf "$DIR"`

func launch(t testing.TB, dir string, command []string) {
	t.Helper()
	cmd := exec.CommandContext(context.Background(), "sh", append([]string{"-c", watchdog, "sh"}, command...)...)
	cmd.Env = append(os.Environ(), "DIR="+dir)
	lifeline, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("start %s: %v", command[0], err)
	}
	t.Cleanup(func() {
		_ = lifeline.Close()
		_ = cmd.Wait()
	})
}

func freePort(t testing.TB) int {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// await waits until the server takes connections.
func await(t testing.TB, host, dir string) {
	t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", host)
		if err == nil {
			_ = conn.Close()
			return
		}
		if time.Now().After(deadline) {
			log, _ := os.ReadFile(filepath.Join(dir, "log"))
			t.Fatalf("the server did not start: %v\n%s", err, log)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func closeBody(body io.Closer) { _ = body.Close() }
