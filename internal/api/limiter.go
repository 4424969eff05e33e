package api

import (
	"hash/maphash"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"parlor/internal/parlor"
)

const (
	shards    = 16
	shardSize = 4096 // buckets; when a shard is full the idle ones go, then all
)

// limiter counts the requests of each name in a token bucket. It is split so that requests do not wait for each other.
type limiter struct {
	rate  rate.Limit
	burst int
	idle  time.Duration // after this long a bucket is full again and may be forgotten
	now   func() time.Time
	seed  maphash.Seed
	shard [shards]struct {
		sync.Mutex
		buckets map[string]*bucket
	}
}

type bucket struct {
	*rate.Limiter
	used time.Time
}

// newLimiter returns nil for the zero rate, which is no limit.
func newLimiter(r parlor.Rate, now func() time.Time) *limiter {
	if r.Requests <= 0 || r.Per <= 0 {
		return nil
	}
	l := &limiter{
		rate: rate.Limit(float64(r.Requests) / r.Per.Seconds()), burst: r.Requests, idle: r.Per, now: now, seed: maphash.MakeSeed(),
	}
	for i := range l.shard {
		l.shard[i].buckets = map[string]*bucket{}
	}
	return l
}

// take counts one request and returns 0, or how long to wait before the next would be taken.
func (l *limiter) take(name string) time.Duration {
	now := l.now()
	reservation := l.bucket(name, now).ReserveN(now, 1)
	wait := reservation.DelayFrom(now)
	if wait > 0 {
		reservation.CancelAt(now)
	}
	return wait
}

func (l *limiter) bucket(name string, now time.Time) *rate.Limiter {
	sh := &l.shard[maphash.String(l.seed, name)%shards]
	sh.Lock()
	defer sh.Unlock()
	b := sh.buckets[name]
	if b == nil {
		if len(sh.buckets) >= shardSize {
			sh.buckets = l.alive(sh.buckets, now)
		}
		b = &bucket{Limiter: rate.NewLimiter(l.rate, l.burst)}
		sh.buckets[name] = b
	}
	b.used = now
	return b.Limiter
}

// alive keeps what was used lately. If that is nearly everything, it keeps nothing: memory comes before exactness.
func (l *limiter) alive(buckets map[string]*bucket, now time.Time) map[string]*bucket {
	kept := map[string]*bucket{}
	for name, b := range buckets {
		if now.Sub(b.used) < l.idle {
			kept[name] = b
		}
	}
	if len(kept) > shardSize*3/4 {
		return map[string]*bucket{}
	}
	return kept
}
