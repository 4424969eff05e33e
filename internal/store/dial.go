package store

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// How long Redis may take before it counts as unreachable.
const (
	dialTimeout = 2 * time.Second
	ioTimeout   = 3 * time.Second
)

// Dial makes a client of an address; nothing is contacted yet. Forms: redis://[user:password@]host[:port][/db],
// rediss://…, unix:///path[?db=n], redis+cluster://h1,h2,h3 and redis+sentinel://h1,h2/master[?db=n]. A scheme that begins
// with rediss+ speaks TLS.
func Dial(address string) (redis.UniversalClient, error) {
	opt, err := options(address)
	if err != nil {
		return nil, fmt.Errorf("read redis address: %w", err)
	}
	opt.DialTimeout, opt.ReadTimeout, opt.WriteTimeout = dialTimeout, ioTimeout, ioTimeout
	opt.PoolTimeout = ioTimeout
	opt.MaxRetries, opt.DialerRetries = 1, 1
	opt.ContextTimeoutEnabled = true
	quiet()
	return redis.NewUniversalClient(opt), nil
}

// quiet keeps go-redis from writing to standard error what its callers are told anyway. Once: its logger is a global that
// clients read.
var quiet = sync.OnceFunc(func() { redis.SetLogger(silence{}) })

type silence struct{}

func (silence) Printf(context.Context, string, ...any) {}

func options(address string) (*redis.UniversalOptions, error) {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok {
		return nil, errors.New("a scheme such as redis:// is missing")
	}
	base, mode, many := strings.Cut(scheme, "+")
	switch {
	case many && (base == "redis" || base == "rediss") && (mode == "cluster" || mode == "sentinel"):
		return manyOptions(rest, mode, base == "rediss")
	case !many && (scheme == "redis" || scheme == "rediss" || scheme == "unix"):
		return singleOptions(address)
	}
	return nil, fmt.Errorf("unknown scheme %q", scheme)
}

func singleOptions(address string) (*redis.UniversalOptions, error) {
	opt, err := redis.ParseURL(address)
	if err != nil {
		return nil, withoutAddress(err)
	}
	return &redis.UniversalOptions{
		Addrs: []string{opt.Addr}, Username: opt.Username, Password: opt.Password, DB: opt.DB, TLSConfig: opt.TLSConfig,
	}, nil
}

// manyOptions reads [user:password@]h1[:port],h2[:port][/master][?db=n]. net/url refuses more than one port, so the hosts
// are cut out before it sees the rest.
func manyOptions(rest, mode string, secure bool) (*redis.UniversalOptions, error) {
	authority, tail := rest, ""
	if i := strings.IndexAny(rest, "/?"); i >= 0 {
		authority, tail = rest[:i], rest[i:]
	}
	login, hosts := "", authority
	if i := strings.LastIndex(authority, "@"); i >= 0 {
		login, hosts = authority[:i+1], authority[i+1:]
	}
	u, err := url.Parse("redis://" + login + "host" + tail)
	if err != nil {
		return nil, withoutAddress(err)
	}
	opt := &redis.UniversalOptions{Username: u.User.Username()}
	opt.Password, _ = u.User.Password()
	if opt.Addrs, err = addresses(hosts, mode); err != nil {
		return nil, err
	}
	if secure {
		opt.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12} // each host is known by its own name
	}
	if mode == "cluster" {
		opt.IsClusterMode = true
		return opt, nil
	}
	return sentinel(opt, u)
}

func sentinel(opt *redis.UniversalOptions, u *url.URL) (*redis.UniversalOptions, error) {
	opt.MasterName = strings.Trim(u.Path, "/")
	if opt.MasterName == "" {
		return nil, errors.New("the name of the master is missing: redis+sentinel://h1,h2/master")
	}
	opt.SentinelUsername, opt.SentinelPassword = u.Query().Get("sentinel_username"), u.Query().Get("sentinel_password")
	if db := u.Query().Get("db"); db != "" {
		n, err := strconv.Atoi(db)
		if err != nil || n < 0 {
			return nil, fmt.Errorf("db %q is no number", db)
		}
		opt.DB = n
	}
	return opt, nil
}

func addresses(hosts, mode string) ([]string, error) {
	port := "6379"
	if mode == "sentinel" {
		port = "26379"
	}
	var out []string
	for _, host := range strings.Split(hosts, ",") {
		if host == "" {
			return nil, errors.New("a host is missing")
		}
		if _, _, err := net.SplitHostPort(host); err != nil {
			host = net.JoinHostPort(strings.Trim(host, "[]"), port)
		}
		out = append(out, host)
	}
	return out, nil
}

// withoutAddress keeps the reason and drops the address, which may hold a password.
func withoutAddress(err error) error {
	if wrong, ok := errors.AsType[*url.Error](err); ok {
		return wrong.Err
	}
	return err
}
