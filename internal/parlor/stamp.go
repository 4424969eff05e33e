package parlor

import (
	"fmt"
	"strings"
)

// StampKey is the name of the private property that holds the stamp.
const StampKey = "parlor"

// Stamp is our private property on an event.
type Stamp struct {
	Number  string      // the meeting number
	Kind    MeetingKind // which number the link carries
	Trigger Trigger     // why the link was added
	Hash    string      // of what we wrote
}

// String writes the stamp as "v1 n=… k=… t=… h=…". It holds no secret: other programs may read an event's properties.
func (s Stamp) String() string {
	return fmt.Sprintf("v1 n=%s k=%s t=%s h=%s", s.Number, s.Kind, s.Trigger, s.Hash)
}

// ParseStamp reads a stamp. Keys that it does not know are skipped, so that a newer version's stamp can be read; false
// when it is no stamp or names no meeting.
func ParseStamp(raw string) (Stamp, bool) {
	var s Stamp
	fields := strings.Fields(raw)
	if len(fields) == 0 || !strings.HasPrefix(fields[0], "v") {
		return Stamp{}, false
	}
	for _, field := range fields[1:] {
		key, value, _ := strings.Cut(field, "=")
		switch key {
		case "n":
			s.Number = value
		case "k":
			s.Kind = MeetingKind(value)
		case "t":
			s.Trigger = Trigger(value)
		case "h":
			s.Hash = value
		}
	}
	return s, s.Number != ""
}
