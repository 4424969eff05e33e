package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"parlor/internal/store"
	"parlor/internal/store/storetest"
)

// site is the product as an administrator runs it: processes that the environment configures, a redis-server of its own,
// and the stand-ins.
type site struct {
	*house
	env map[string]string
	log *journal
	bin string // what runs; the test binary itself stands for parlor unless another is named
}

// newSite opens the stand-ins and draws an environment; nothing of the product runs yet, and no Redis.
func newSite(t testing.TB) *site {
	t.Helper()
	h := &house{demoRun: &demoRun{}, t: t}
	t.Cleanup(h.stop)
	addr := fmt.Sprintf("127.0.0.1:%d", storetest.Port(t))
	h.portal = "http://" + addr
	if err := h.begin(time.Now); err != nil {
		t.Fatal(err)
	}
	keys, err := store.NewKeyset()
	if err != nil {
		t.Fatal(err)
	}
	return &site{house: h, log: &journal{}, bin: "parlor", env: map[string]string{
		"PARLOR_ADDR": addr, "PARLOR_PUBLIC_URL": h.portal, "PARLOR_KEYSET": string(keys), "PARLOR_ALLOWED_DOMAINS": "example.com",
		"PARLOR_GOOGLE_CLIENT_ID": demoClient, "PARLOR_GOOGLE_CLIENT_SECRET": demoSecret, "PARLOR_GOOGLE_ISSUER": h.google,
		"PARLOR_GOOGLE_API_URL": h.google + "/calendar/v3/", "PARLOR_JITSI_URL": h.jitsi, "PARLOR_LOG": "json",
		"PARLOR_ZOOM_CLIENT_ID": demoClient, "PARLOR_ZOOM_CLIENT_SECRET": demoSecret, "PARLOR_ZOOM_API_URL": h.zoom + "/v2", "PARLOR_ZOOM_AUTH_URL": h.zoom + "/oauth",
	}}
}

// redis starts a redis-server on a TCP port of loopback and puts its address into the environment.
func (s *site) redis(args ...string) {
	s.t.Helper()
	port := storetest.Port(s.t)
	s.env["PARLOR_REDIS_URL"] = fmt.Sprintf("redis://127.0.0.1:%d", port)
	s.redisAt(port, args...)
}

func (s *site) redisAt(port int, args ...string) {
	s.t.Helper()
	storetest.Start(s.t, append([]string{"--bind", "127.0.0.1", "--port", fmt.Sprint(port)}, args...)...)
	s.until("redis listens", func() bool { return listens(port) })
}

func listens(port int) bool {
	conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err == nil {
		_ = conn.Close()
	}
	return err == nil
}

// beside is the same site seen from a second process, which listens elsewhere.
func (s *site) beside() *site {
	s.t.Helper()
	run := *s.demoRun
	run.stops = nil
	other := &site{house: &house{demoRun: &run, t: s.t}, env: maps.Clone(s.env), log: s.log, bin: s.bin}
	other.env["PARLOR_ADDR"] = fmt.Sprintf("127.0.0.1:%d", storetest.Port(s.t))
	other.portal = "http://" + other.env["PARLOR_ADDR"]
	return other
}

func (s *site) environ() []string {
	out := []string{"PATH=" + os.Getenv("PATH"), "TMPDIR=" + os.TempDir()}
	for name, value := range s.env {
		out = append(out, name+"="+value)
	}
	return out
}

// process is one parlor that runs.
type process struct {
	*site
	cmd  *exec.Cmd
	err  error // of waiting; to be read once done is closed
	done chan struct{}
}

// serve starts parlor serve and waits until it answers at PARLOR_ADDR.
func (s *site) serve(args ...string) *process {
	s.t.Helper()
	cmd := exec.Command(s.bin, append([]string{"serve"}, args...)...)
	cmd.Env, cmd.Stdout, cmd.Stderr = s.environ(), s.log, s.log
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	p := &process{site: s, cmd: cmd, done: make(chan struct{})}
	go func() { p.err = cmd.Wait(); close(p.done) }()
	s.t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-p.done
		if s.t.Failed() {
			s.t.Logf("the log ends:\n%s", s.log.tail())
		}
	})
	s.until("it lives", func() bool { return s.status("/healthz") == http.StatusOK })
	return p
}

// ready is serve, and then waiting until Redis is there too.
func (s *site) ready(args ...string) *process {
	s.t.Helper()
	p := s.serve(args...)
	s.until("it is ready", func() bool { return s.status("/readyz") == http.StatusOK })
	return p
}

// status asks for a page; 0 when nobody answers.
func (s *site) status(path string) int {
	resp, err := http.Get(s.portal + path)
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

func (p *process) signal(sig syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(sig); err != nil {
		p.t.Fatal(err)
	}
}

// wait waits for the end and gives the exit code, -1 when a signal ended the process.
func (p *process) wait() int {
	p.t.Helper()
	var failed *exec.ExitError
	select {
	case <-p.done:
		if p.err != nil && !errors.As(p.err, &failed) {
			p.t.Fatal(p.err)
		}
	case <-time.After(time.Minute):
		p.t.Fatal("the process does not end")
	}
	return p.cmd.ProcessState.ExitCode()
}

// journal keeps what processes wrote.
type journal struct {
	mu  sync.Mutex
	all bytes.Buffer
}

// Write takes down what a process says.
func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.all.Write(b)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.all.String()
}

func (j *journal) tail() string {
	text := j.String()
	return text[strings.LastIndex(text[:max(0, len(text)-4000)], "\n")+1:]
}
