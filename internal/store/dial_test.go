package store

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/redis/go-redis/v9"
)

func TestOptionsReadsEveryForm(t *testing.T) {
	type want struct {
		Addrs                      []string
		User, Password, Master     string
		SentinelUser, SentinelPass string
		DB                         int
		TLS                        bool
		ServerName                 string
		Cluster                    bool
	}
	for address, expected := range map[string]want{
		"redis://localhost":               {Addrs: []string{"localhost:6379"}},
		"redis://h:7000/3":                {Addrs: []string{"h:7000"}, DB: 3},
		"redis://ada:s%40cret@h:7000":     {Addrs: []string{"h:7000"}, User: "ada", Password: "s@cret"},
		"rediss://:pw@h.example:6380/1":   {Addrs: []string{"h.example:6380"}, Password: "pw", DB: 1, TLS: true, ServerName: "h.example"},
		"unix:///run/redis.sock":          {Addrs: []string{"/run/redis.sock"}},
		"unix://:pw@/run/redis.sock?db=2": {Addrs: []string{"/run/redis.sock"}, Password: "pw", DB: 2},
		"redis+cluster://h1,h2:7102,h3":   {Addrs: []string{"h1:6379", "h2:7102", "h3:6379"}, Cluster: true},
		"rediss+cluster://u:p@h1:7101,h2": {Addrs: []string{"h1:7101", "h2:6379"}, User: "u", Password: "p", TLS: true, Cluster: true},
		"redis+cluster://h1":              {Addrs: []string{"h1:6379"}, Cluster: true},
		"redis+cluster://[::1]:7101,[::2]": {
			Addrs: []string{"[::1]:7101", "[::2]:6379"}, Cluster: true,
		},
		"redis+sentinel://h1,h2:26380/main": {Addrs: []string{"h1:26379", "h2:26380"}, Master: "main"},
		"redis+sentinel://:pw@h1/main?db=4&sentinel_username=s&sentinel_password=q": {
			Addrs: []string{"h1:26379"}, Password: "pw", Master: "main", DB: 4, SentinelUser: "s", SentinelPass: "q",
		},
		"rediss+sentinel://h1/main": {Addrs: []string{"h1:26379"}, Master: "main", TLS: true},
	} {
		opt, err := options(address)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		got := want{
			opt.Addrs, opt.Username, opt.Password, opt.MasterName, opt.SentinelUsername, opt.SentinelPassword, opt.DB, opt.TLSConfig != nil, "",
			opt.IsClusterMode,
		}
		if opt.TLSConfig != nil {
			got.ServerName = opt.TLSConfig.ServerName
		}
		if diff := cmp.Diff(expected, got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", address, diff)
		}
	}
}

func TestDialChoosesTheClient(t *testing.T) {
	for address, fits := range map[string]func(redis.UniversalClient) bool{
		"redis://localhost":         func(c redis.UniversalClient) bool { _, ok := c.(*redis.Client); return ok },
		"redis+cluster://one":       func(c redis.UniversalClient) bool { _, ok := c.(*redis.ClusterClient); return ok },
		"redis+sentinel://one/main": func(c redis.UniversalClient) bool { _, ok := c.(*redis.Client); return ok },
		"unix:///run/redis.sock": func(c redis.UniversalClient) bool {
			one, ok := c.(*redis.Client)
			return ok && one.Options().Network == "unix"
		},
	} {
		c, err := Dial(address)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if !fits(c) {
			t.Errorf("%s gives %T", address, c)
		}
		_ = c.Close()
	}
}

func TestDialRefusesWithoutShowingThePassword(t *testing.T) {
	for _, address := range []string{
		"", "localhost:6379", "http://:hunter2@h", "redis://:hunter2@h:port", "redis://:hunter2@h/zero", "redis+cluster://", "redis+cluster://:hunter2@h1,,h2",
		"redis+sentinel://:hunter2@h1", "redis+sentinel://:hunter2@h1/main?db=x", "redis+sentinel://:hunter2%@h1/main", "unix+cluster:///x",
	} {
		_, err := Dial(address)
		if err == nil {
			t.Errorf("%q was accepted", address)
		} else if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: the password is in %q", address, err)
		}
	}
}
