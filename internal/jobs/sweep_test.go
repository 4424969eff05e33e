package jobs

import (
	"testing"
	"time"

	"parlor/internal/parlor"
)

func TestStretchKeepsAllAccountsWithinTheQuota(t *testing.T) {
	google := parlor.Pace{PerProject: parlor.Rate{Requests: 10_000, Per: time.Minute}, PerDay: 1_000_000}
	for accounts, want := range map[int64]time.Duration{
		0: time.Minute, 5: time.Minute, 300: time.Minute, 1000: 173 * time.Second, 100_000: 17280 * time.Second,
	} {
		got := Stretch(time.Minute, accounts, google)
		if got != want {
			t.Errorf("%d accounts are polled every %s, want %s", accounts, got, want)
		}
		if perDay := float64(accounts) * float64(24*time.Hour) / float64(got); perDay > 501_000 && accounts > 0 {
			t.Errorf("%d accounts make %.0f requests a day, more than half the quota", accounts, perDay)
		}
	}
	if got := Stretch(time.Minute, 1_000_000, parlor.Pace{}); got != time.Minute {
		t.Errorf("no quota known: %s, want the wish", got)
	}
}
