package graph

import (
	"strings"

	"parlor/internal/fake/calendar"
)

// addPlace writes location and locations, which mirror each other.
func addPlace(out map[string]any, f calendar.Fields) {
	name := calendar.Text(f, "location")
	list := placesOf(f)
	out["locations"] = list
	if len(list) == 1 {
		out["location"] = list[0]
		return
	}
	if name == "" {
		out["location"] = map[string]any{
			"displayName": "", "locationType": "default", "uniqueIdType": "unknown",
			"address": map[string]any{}, "coordinates": map[string]any{},
		}
		return
	}
	out["location"] = place(name)
}

func place(name string) map[string]any {
	return map[string]any{"displayName": name, "locationType": "default", "uniqueId": name, "uniqueIdType": "private"}
}

// placesOf are the locations as written, or the one text when somebody else wrote it since.
func placesOf(f calendar.Fields) []any {
	name := calendar.Text(f, "location")
	if kept := calendar.Maps(f, "locations"); len(kept) > 0 && joinPlaces(kept) == name {
		out := make([]any, len(kept))
		for i, p := range kept {
			out[i] = p
		}
		return out
	}
	if name == "" {
		return []any{}
	}
	return []any{place(name)}
}

func joinPlaces(list []calendar.Fields) string {
	names := make([]string, 0, len(list))
	for _, p := range list {
		names = append(names, calendar.Text(p, "displayName"))
	}
	return strings.Join(names, "; ")
}
