package look

import "time"

// When is one point in time on a page: written by the server in one zone, rewritten by the script in the reader's own.
type When struct{ ISO, As, Text string }

// Layouts of the shapes that the script knows too (script/zone.ts).
var layouts = map[string]string{
	"time":   "15:04",
	"moment": "Mon 2 Jan, 15:04",
	"date":   "Monday 2 January 2006",
	"full":   "Monday 2 January 2006, 15:04",
}

// At writes a time in a zone, in the shape named by as: "time", "moment", "date" or "full".
func At(t time.Time, as string, zone *time.Location) When {
	return When{ISO: t.UTC().Format(time.RFC3339), As: as, Text: t.In(zone).Format(layouts[as])}
}
