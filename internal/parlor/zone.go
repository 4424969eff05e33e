package parlor

import (
	"strings"
	"time"
)

// Zone gives the IANA name of a time zone that a calendar states by any of its names: IANA's own, Windows's
// ("W. Europe Standard Time"), or Exchange's address of UTC. It is false for a name that nobody knows, and for a zone that
// somebody made up (tzone://Microsoft/Custom): the time then counts by its offset.
func Zone(name string) (iana string, ok bool) {
	name = strings.TrimSpace(name)
	if known, ok := windowsZones[name]; ok {
		name = known
	}
	switch strings.ToLower(name) {
	case "utc", "etc/utc", "etc/gmt", "tzone://microsoft/utc":
		return "UTC", true
	}
	if name == "" || name == "Local" || name[0] < 'A' || name[0] > 'Z' { // a file of the system's, and no zone
		return "", false
	}
	if _, err := time.LoadLocation(name); err != nil {
		return "", false
	}
	return name, true
}
