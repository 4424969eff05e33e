package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"testing"

	"parlor/internal/store"

	"github.com/gin-gonic/gin"
	"github.com/redis/go-redis/v9"
)

// tape notes what goes to Redis: one entry for each round trip, with all its commands.
type tape struct {
	mu    sync.Mutex
	trips [][]redis.Cmder
}

func (t *tape) DialHook(next redis.DialHook) redis.DialHook { return next }

func (t *tape) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		t.note(cmd)
		return next(ctx, cmd)
	}
}

func (t *tape) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		t.note(cmds...)
		return next(ctx, cmds)
	}
}

func (t *tape) note(cmds ...redis.Cmder) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.trips = append(t.trips, cmds)
}

// rewind forgets what was noted so far.
func (t *tape) rewind() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.trips = nil
}

// floor serves, with nothing but Gin, the Redis round trips that are on the tape, and answers what the last one gave.
func floor(b *testing.B, redisURL, method, path string, status int, trips [][]redis.Cmder) (addr string) {
	b.Helper()
	rdb, err := store.Dial(redisURL)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = rdb.Close() })
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.Handle(method, path, func(c *gin.Context) {
		answer := ""
		for _, trip := range trips {
			if answer, err = replay(c.Request.Context(), rdb, trip); err != nil {
				c.AbortWithStatus(http.StatusInternalServerError)
				return
			}
		}
		if status == http.StatusNoContent {
			c.Status(status)
			return
		}
		c.Data(status, "application/json", []byte(answer))
	})
	return serveBench(b, engine)
}

// replay sends the commands of one round trip as they were. What Redis answers is no concern, only that it does.
func replay(ctx context.Context, rdb redis.UniversalClient, trip []redis.Cmder) (string, error) {
	if len(trip) == 1 {
		cmd := rdb.Do(ctx, trip[0].Args()...)
		answer, _ := cmd.Text() // a number or a list is answered with nothing
		return answer, unlessAnswered(cmd.Err())
	}
	pipe := rdb.Pipeline()
	for _, cmd := range trip {
		pipe.Do(ctx, cmd.Args()...)
	}
	_, err := pipe.Exec(ctx)
	return "", unlessAnswered(err)
}

// unlessAnswered drops an error that is Redis's own answer, like a key that is not there.
func unlessAnswered(err error) error {
	if answer := redis.Error(nil); errors.As(err, &answer) {
		return nil
	}
	return err
}

// serveBench serves on a free port of the loopback until the benchmark ends.
func serveBench(b *testing.B, h http.Handler) (addr string) {
	b.Helper()
	l, err := new(net.ListenConfig).Listen(b.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(serveOn(l, h))
	return l.Addr().String()
}
