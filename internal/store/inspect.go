package store

import (
	"context"
	"errors"
	"fmt"
)

// Close ends the connections.
func (s *Store) Close() error { return fail("close redis", s.rdb.Close()) }

// Persistence says how Redis keeps its data over a restart; an error when it does not.
func (s *Store) Persistence(ctx context.Context) (string, error) {
	conf, err := s.rdb.ConfigGet(ctx, "*").Result()
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

// Eviction says that Redis throws nothing away when memory is short; an error when it would.
func (s *Store) Eviction(ctx context.Context) (string, error) {
	conf, err := s.rdb.ConfigGet(ctx, "maxmemory-policy").Result()
	if err != nil {
		return "", fail("read configuration of redis", err)
	}
	if policy := conf["maxmemory-policy"]; policy != "noeviction" {
		return "", fmt.Errorf("maxmemory-policy is %s, so redis may throw accounts away; set noeviction", policy)
	}
	return "noeviction", nil
}
