package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"parlor/internal/store"
)

// TestScripts runs the verbs as an administrator does. Beside the usual commands a script has
//
//	env-good                    a whole environment over the stand-ins, without a Redis that answers
//	redis [ARG...]              a redis-server, put into that environment
//	public-address              somebody who answers /healthz at PARLOR_PUBLIC_URL
//	rotates OLD ADDED PROMOTED  wants old ciphertexts to open with every later keyset
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Values[siteKey{}] = newSite(env.T().(testing.TB))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"env-good": goodEnvironment, "redis": redisServer, "public-address": publicAddress, "rotates": rotates,
		},
		RequireExplicitExec: true,
	})
}

type siteKey struct{}

func siteOf(ts *testscript.TestScript) *site { return ts.Value(siteKey{}).(*site) }

func goodEnvironment(ts *testscript.TestScript, _ bool, _ []string) {
	s := siteOf(ts)
	s.env["PARLOR_REDIS_URL"] = "redis://127.0.0.1:1"
	for name, value := range s.env {
		ts.Setenv(name, value)
	}
}

func redisServer(ts *testscript.TestScript, _ bool, args []string) {
	s := siteOf(ts)
	s.redis(args...)
	ts.Setenv("PARLOR_REDIS_URL", s.env["PARLOR_REDIS_URL"])
}

func publicAddress(ts *testscript.TestScript, _ bool, _ []string) {
	siteOf(ts).ready()
}

func rotates(ts *testscript.TestScript, _ bool, files []string) {
	place := []byte("ada token:google")
	var sealed [][]byte
	for _, file := range files {
		seal, err := store.NewSealer([]byte(ts.ReadFile(file)))
		ts.Check(err)
		fresh, err := seal.Seal([]byte("secret"), place)
		ts.Check(err)
		sealed = append(sealed, fresh)
		for i, old := range sealed {
			if plain, err := seal.Open(old, place); err != nil || string(plain) != "secret" {
				ts.Fatalf("%s does not open what %s sealed: %v", file, files[i], err)
			}
		}
	}
	first, err := store.NewSealer([]byte(ts.ReadFile(files[0])))
	ts.Check(err)
	if _, err := first.Open(sealed[len(sealed)-1], place); err == nil {
		ts.Fatalf("%s opens what %s sealed: it was not promoted", files[0], files[len(files)-1])
	}
}
