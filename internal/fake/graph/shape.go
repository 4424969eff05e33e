package graph

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"parlor/internal/fake/calendar"
)

// Both forms of asking for extended properties by $expand, and of finding events by one.
var (
	expandOne  = regexp.MustCompile(`(?i)^singleValueExtendedProperties\(\s*\$filter\s*=(.*)\)$`)
	idEquals   = regexp.MustCompile(`(?i)\bid\s+eq\s+'((?:[^']|'')*)'`)
	propFilter = regexp.MustCompile(`(?i)^singleValueExtendedProperties/any\(\s*(\w+)\s*:\s*(\w+)/id\s+eq\s+'((?:[^']|'')*)'\s+and\s+(\w+)/value\s+eq\s+'((?:[^']|'')*)'\s*\)$`)
)

// shape applies $select and $expand to a rendered event.
func (s *Server) shape(r *http.Request, v scene, e calendar.Event, out map[string]any) (map[string]any, error) {
	q := r.URL.Query()
	picked := list(q.Get("$select"))
	if slices.Contains(picked, "cancelledOccurrences") {
		out["cancelledOccurrences"] = s.cancelled(v, e)
	}
	if slices.Contains(picked, "exceptionOccurrences") || slices.Contains(expansions(q.Get("$expand")), "exceptionOccurrences") {
		out["exceptionOccurrences"] = s.exceptions(v, e)
	}
	for _, part := range expansions(q.Get("$expand")) {
		switch m := expandOne.FindStringSubmatch(part); {
		case m != nil:
			if found := properties(e.Fields, m[1]); len(found) > 0 {
				out["singleValueExtendedProperties"] = found
			}
		case part == "singleValueExtendedProperties" || part == "multiValueExtendedProperties":
			return nil, fault("ErrorInvalidProperty", "Expanding extended properties needs a $filter on their ids.")
		case part != "exceptionOccurrences" && part != "calendar" && part != "attachments" && part != "extensions" && part != "instances":
			return nil, fault("BadRequest", "Parsing OData Select and Expand failed: Could not find a property named '"+part+"' on type 'microsoft.graph.event'.")
		}
	}
	if len(picked) == 0 {
		return out, nil
	}
	return only(out, picked)
}

// only keeps the selected properties; id and annotations always stay, and so does what was expanded.
func only(out map[string]any, picked []string) (map[string]any, error) {
	kept := map[string]any{}
	for _, key := range picked {
		v, ok := out[key]
		if !ok && key != "originalStart" && key != "singleValueExtendedProperties" {
			return nil, fault("BadRequest", "Parsing OData Select and Expand failed: Could not find a property named '"+key+"' on type 'microsoft.graph.event'.")
		}
		if ok {
			kept[key] = v
		}
	}
	for key, v := range out {
		if key == "id" || strings.HasPrefix(key, "@") || key == "singleValueExtendedProperties" || key == "exceptionOccurrences" {
			kept[key] = v
		}
	}
	return kept, nil
}

func list(raw string) []string {
	var out []string
	for _, part := range strings.Split(raw, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// expansions splits $expand at the commas outside brackets.
func expansions(raw string) []string {
	var out []string
	depth, from := 0, 0
	for i, c := range raw + "," {
		switch {
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == ',' && depth == 0:
			if part := strings.TrimSpace(raw[from:i]); part != "" {
				out = append(out, part)
			}
			from = i + 1
		}
	}
	return out
}

// properties are the extended properties whose ids a filter names.
func properties(f calendar.Fields, filter string) []any {
	var out []any
	kept := calendar.Map(calendar.Map(f, "outlook"), "properties")
	for _, m := range idEquals.FindAllStringSubmatch(filter, -1) {
		if p := calendar.Map(kept, strings.ToLower(strings.ReplaceAll(m[1], "''", "'"))); p != nil && p["value"] != nil {
			out = append(out, map[string]any{"id": p["id"], "value": p["value"]})
		}
	}
	return out
}

// filterOf reads the one $filter on events that is supported: by an extended property's value.
func filterOf(raw string) (func(calendar.Event) bool, error) {
	if raw == "" {
		return func(calendar.Event) bool { return true }, nil
	}
	m := propFilter.FindStringSubmatch(strings.TrimSpace(raw))
	if m == nil || m[1] != m[2] || m[1] != m[4] {
		return nil, fault("ErrorInvalidUrlQueryFilter", "The query filter contains one or more invalid nodes.")
	}
	id, value := strings.ToLower(strings.ReplaceAll(m[3], "''", "'")), strings.ReplaceAll(m[5], "''", "'")
	return func(e calendar.Event) bool {
		return calendar.Text(e.Fields, "outlook", "properties", id, "value") == value
	}, nil
}

// stored lists the changed and the cancelled occurrences of a master.
func (s *Server) stored(e calendar.Event) []calendar.Event {
	all, _ := s.world.Exceptions(e.Calendar, e.ID)
	return all
}

// cancelled are the occurrence ids of a series' deleted occurrences.
func (s *Server) cancelled(v scene, e calendar.Event) []any {
	out := []any{}
	for _, i := range s.stored(e) {
		if i.Cancelled {
			out = append(out, s.occurrenceID(v, i))
		}
	}
	return out
}

// exceptions are a series' changed occurrences, complete.
func (s *Server) exceptions(v scene, e calendar.Event) []any {
	out := []any{}
	for _, i := range s.stored(e) {
		if !i.Cancelled {
			out = append(out, s.render(v, i))
		}
	}
	return out
}
