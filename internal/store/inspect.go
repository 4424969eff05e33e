package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/redis/go-redis/v9"
)

// Close ends the connections.
func (s *Store) Close() error { return fail("close redis", s.rdb.Close()) }

// Persistence says how Redis keeps its data over a restart; an error when it does not.
func (s *Store) Persistence(ctx context.Context) (string, error) {
	conf, err := s.rdb.ConfigGet(ctx, "*").Result()
	if refused := redis.Error(nil); errors.As(err, &refused) {
		return s.persistenceTold(ctx)
	}
	switch {
	case err != nil:
		return "", fail("read configuration of redis", err)
	case conf["appendonly"] == "yes":
		return "append-only file (appendfsync " + conf["appendfsync"] + ")", nil
	case conf["save"] != "":
		return "snapshots only (save " + conf["save"] + "): what came after the last one is lost in a crash; appendonly yes is safer", nil
	}
	return "", errors.New("redis writes nothing to disk, so a restart forgets every account; set appendonly yes")
}

// persistenceTold asks a Redis that hides its configuration, as rented ones do.
func (s *Store) persistenceTold(ctx context.Context) (string, error) {
	enabled, err := s.told(ctx, "persistence", "aof_enabled")
	if err != nil {
		return "", err
	}
	if enabled == "1" {
		return "append-only file", nil
	}
	return "no append-only file, and its configuration is hidden; make sure that it keeps snapshots or replicas", nil
}

// Eviction says that Redis throws nothing away when memory is short; an error when it would.
func (s *Store) Eviction(ctx context.Context) (string, error) {
	policy, err := s.told(ctx, "memory", "maxmemory_policy")
	if err != nil {
		return "", err
	}
	if policy != "noeviction" {
		return "", fmt.Errorf("maxmemory-policy is %s, so redis may throw accounts away; set noeviction", policy)
	}
	return policy, nil
}

// told reads one line of what Redis tells about itself, which no Redis hides.
func (s *Store) told(ctx context.Context, section, name string) (string, error) {
	info, err := s.rdb.Info(ctx, section).Result()
	if err != nil {
		return "", fail("ask redis about its "+section, err)
	}
	_, rest, _ := strings.Cut(info, "\n"+name+":")
	value, _, _ := strings.Cut(rest, "\r\n")
	return value, nil
}
