package store_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
	"parlor/internal/store/storetest"
)

func TestActivityPagesNewestFirst(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		clock := storetest.NewClock(monday)
		s, ctx := storetest.Open(t, rdb, clock.Now), t.Context()
		for i := range 5 {
			if err := s.Log(ctx, ada, parlor.Entry{Code: fmt.Sprint(i)}); err != nil {
				t.Fatal(err)
			}
			clock.Pass(time.Minute)
		}
		var codes string
		cursor, pages := "", 0
		for more := true; more; more = cursor != "" {
			lines, next, err := s.Activity(ctx, ada, cursor, 2)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range lines {
				codes += e.Code
			}
			cursor = next
			pages++
		}
		if codes != "43210" || pages != 3 {
			t.Errorf("read %s in %d pages", codes, pages)
		}
		if lines, _, _ := s.Activity(ctx, ada, "", 1); !lines[0].At.Equal(monday.Add(4 * time.Minute)) {
			t.Errorf("newest is of %s", lines[0].At)
		}
		for _, bad := range []string{"x", "1", "-", "+", "1-1 COUNT", "(1-1"} {
			if _, _, err := s.Activity(ctx, ada, bad, 2); !errors.Is(err, parlor.ErrInvalid) {
				t.Errorf("cursor %q: %v", bad, err)
			}
		}
	})
}

func TestLogOnceSaysItOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
		for _, e := range []parlor.Entry{
			{EventID: "a", Action: "keep", Code: "x"},
			{EventID: "a", Action: "keep", Code: "x", Text: "other words"},
			{EventID: "a", Action: "keep", Code: "y"},
			{EventID: "b", Action: "keep", Code: "x"},
		} {
			if err := s.LogOnce(ctx, ada, e, time.Hour); err != nil {
				t.Fatal(err)
			}
		}
		if lines, _, err := s.Activity(ctx, ada, "", 10); err != nil || len(lines) != 3 {
			t.Errorf("%d lines, %v", len(lines), err)
		}
	})
}

func TestActivityIsCapped(t *testing.T) {
	rdb := storetest.Redis(t)
	s, ctx := storetest.Open(t, rdb, time.Now), t.Context()
	together(4, func(int) {
		for range 400 {
			if err := s.Log(ctx, ada, parlor.Entry{Code: "x"}); err != nil {
				t.Error(err)
			}
		}
	})
	if n := rdb.XLen(ctx, "parlor:{"+string(ada)+"}:log").Val(); n < 1000 || n > 1200 {
		t.Errorf("%d lines are kept", n)
	}
}
