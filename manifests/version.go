package manifests

import (
	"fmt"
	"runtime/debug"
	"sync"
	"time"
)

// version is the manifest's: 1.0, then the day and the minute of the commit that the binary was built from, so that a later
// build always has a higher one and all replicas have the same. Office reads four numbers of at most five digits.
var version = sync.OnceValue(func() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return versionAt("")
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.time" {
			return versionAt(s.Value)
		}
	}
	return versionAt("")
})

// versionAt counts from the year 2020; without a readable time it is 1.0.0.0.
func versionAt(commit string) string {
	at, err := time.Parse(time.RFC3339, commit)
	if err != nil {
		return "1.0.0.0"
	}
	since := at.Sub(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC))
	return fmt.Sprintf("1.0.%d.%d", int(since.Hours())/24, int(since.Minutes())%(24*60))
}
