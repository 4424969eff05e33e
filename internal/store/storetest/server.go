// Package storetest gives tests a Redis: a real redis-server, one for each test binary, or miniredis. Nothing in it is part
// of the product.
//
// Start at Redis.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"parlor/internal/store"
)

// watchdog ends the server, and clears up after it, when the test binary is gone: its standard input closes then,
// whatever the test binary died of.
const watchdog = `redis-server "$@" >"$DIR/log" 2>&1 & cat >/dev/null; kill $!; wait; rm -rf "$DIR"`

// lifelines are the standard inputs of the watchdogs; a collected one would be closed and end its server.
var lifelines []io.Closer

// Redis gives an empty Redis 7 on a unix socket. Tests that share it must not run in parallel. Commands that a Redis
// Cluster would refuse because their keys lie in several slots fail.
func Redis(t testing.TB) redis.UniversalClient {
	t.Helper()
	address, err := server()
	return client(t, address, err)
}

// Address starts the same server as Redis and gives its address in the form of store.Dial.
func Address(t testing.TB) string {
	t.Helper()
	address, err := server()
	if err != nil {
		t.Fatal(err)
	}
	return address
}

// Start runs a redis-server of the test's own with further arguments, which count over the usual ones (no persistence, a
// fresh directory, port 6379). It ends with the test, and may not yet answer when Start returns.
func Start(t testing.TB, args ...string) (dir string) {
	t.Helper()
	dir, lifeline, err := start(args...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = lifeline.Close() })
	return dir
}

// Sentinel runs a Redis Sentinel that watches over the master called main at a port of loopback, and gives its own port.
func Sentinel(t testing.TB, master int) int {
	t.Helper()
	port := Port(t)
	dir, err := freshDir()
	if err != nil {
		t.Fatal(err)
	}
	conf := filepath.Join(dir, "sentinel.conf")
	text := fmt.Sprintf("port %d\nbind 127.0.0.1\nsentinel monitor main 127.0.0.1 %d 1\n", port, master)
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	lifeline, err := launch(dir, conf, "--sentinel")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = lifeline.Close() })
	return port
}

// Port gives a port of loopback that nobody listens on.
func Port(t testing.TB) int {
	t.Helper()
	port, err := freePort()
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// Cluster gives an empty Redis Cluster of one node, which itself refuses keys of several slots; it takes two seconds to
// come up.
func Cluster(t testing.TB) redis.UniversalClient {
	t.Helper()
	address, err := cluster()
	return client(t, address, err)
}

// ClusterAddress starts the same Redis Cluster and gives its address in the form of store.Dial.
func ClusterAddress(t testing.TB) string {
	t.Helper()
	address, err := cluster()
	if err != nil {
		t.Fatal(err)
	}
	return address
}

// Mini gives an empty miniredis and its controls.
func Mini(t testing.TB) (redis.UniversalClient, *miniredis.Miniredis) {
	t.Helper()
	m := miniredis.RunT(t)
	return client(t, "redis://"+m.Addr(), nil), m
}

func client(t testing.TB, address string, err error) redis.UniversalClient {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	rdb, err := store.Dial(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = rdb.Close() })
	if err := rdb.FlushDB(context.Background()).Err(); err != nil {
		t.Fatalf("empty redis: %v", err)
	}
	rdb.AddHook(oneSlot{})
	return rdb
}

var server = sync.OnceValues(func() (string, error) {
	dir, lifeline, err := start("--port", "0", "--unixsocket", "redis.sock")
	if err != nil {
		return "", err
	}
	lifelines = append(lifelines, lifeline)
	address := "unix://" + filepath.Join(dir, "redis.sock")
	return address, await(address, func(ctx context.Context, rdb redis.UniversalClient) error { return rdb.Ping(ctx).Err() })
})

var cluster = sync.OnceValues(func() (string, error) {
	port, err := freePort()
	if err != nil {
		return "", err
	}
	_, lifeline, err := start("--port", fmt.Sprint(port), "--bind", "127.0.0.1", "--cluster-enabled", "yes")
	if err != nil {
		return "", err
	}
	lifelines = append(lifelines, lifeline)
	address := fmt.Sprintf("redis://127.0.0.1:%d", port)
	err = await(address, func(ctx context.Context, rdb redis.UniversalClient) error {
		rdb.Do(ctx, "CLUSTER", "ADDSLOTSRANGE", 0, 16383) // refused once it is done
		return rdb.Set(ctx, "up", 1, 0).Err()
	})
	return fmt.Sprintf("redis+cluster://127.0.0.1:%d", port), err
})

// start runs redis-server in a fresh directory until its lifeline is closed, by the end of the test binary at the latest.
func start(args ...string) (dir string, lifeline io.Closer, err error) {
	if dir, err = freshDir(); err != nil {
		return "", nil, err
	}
	lifeline, err = launch(dir, append([]string{"--save", "", "--appendonly", "no", "--dir", dir}, args...)...)
	return dir, lifeline, err
}

// freshDir makes a directory that the watchdog removes, not the test: the server writes into it until it has ended.
func freshDir() (string, error) {
	dir, err := os.MkdirTemp("", "parlor-redis-")
	if err != nil {
		return "", fmt.Errorf("make directory: %w", err)
	}
	return dir, nil
}

func launch(dir string, args ...string) (lifeline io.Closer, err error) {
	cmd := exec.CommandContext(context.Background(), "sh", append([]string{"-c", watchdog, "redis"}, args...)...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "DIR="+dir)
	if lifeline, err = cmd.StdinPipe(); err != nil {
		return nil, fmt.Errorf("watch over redis-server: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start redis-server: %w", err)
	}
	return lifeline, nil
}

// await asks a server that is starting until it answers.
func await(address string, ask func(context.Context, redis.UniversalClient) error) error {
	rdb, err := store.Dial(address)
	if err != nil {
		return err
	}
	defer func() { _ = rdb.Close() }()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for tick := time.NewTicker(10 * time.Millisecond); ; {
		if err = ask(ctx, rdb); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("redis-server did not come up: %w", err)
		case <-tick.C:
		}
	}
}

// freePort looks below the ports that the system hands out by itself, and gives none twice: tests run beside each other.
func freePort() (int, error) {
	for range 1000 {
		port := firstPort + (os.Getpid()+int(ports.Add(1)))%portRange
		l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			return port, l.Close()
		}
	}
	return 0, errors.New("find free port: none is free")
}

const firstPort, portRange = 20_000, 10_000

var ports atomic.Int64 // given so far
