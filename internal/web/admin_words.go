package web

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"parlor/internal/parlor"
)

// ruleLines says in words what a rule decides, in the order of the settings page.
func ruleLines(r parlor.Rule) []string {
	var lines []string
	switch r.Rooms {
	case parlor.RoomsOff:
		lines = append(lines, "Personal rooms are switched off"+because(r.Words))
	case parlor.RoomsOn:
		lines = append(lines, "Personal rooms are on"+because(r.Words))
	}
	known := map[string]bool{}
	for _, sec := range form() {
		for _, f := range sec.Fields {
			if held, ok := r.Settings[f.Name]; ok {
				known[f.Name] = true
				lines = append(lines, heldWords(f.Label, f.words(wordOf(held.Value)), held))
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Settings)) {
		if held := r.Settings[name]; !known[name] {
			lines = append(lines, heldWords(name, wordOf(held.Value), held))
		}
	}
	return lines
}

func heldWords(label, value string, held parlor.Held) string {
	how := "by default"
	if held.Locked {
		how = "locked"
	}
	return fmt.Sprintf("%s: %s, %s%s", label, value, how, because(held.Words))
}

func because(words string) string {
	if words == "" {
		return ""
	}
	return " (“" + words + "”)"
}

// wordOf is a setting's value as forms hold it.
func wordOf(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(value)
}

func languageNames(codes []string) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = language.words(code)
	}
	return strings.Join(names, ", ")
}
