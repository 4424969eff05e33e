package parlor

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Settings are what holds for a person who stored these choices of their own, as JSON: Parlor's defaults, over them the
// administrator's, over them the person's own, over them what is locked.
func (r Ruling) Settings(own []byte) (Settings, error) {
	s := DefaultSettings()
	if err := r.lay(&s, false); err != nil {
		return s, err
	}
	if len(own) > 0 {
		if err := json.Unmarshal(own, &s); err != nil {
			return s, fmt.Errorf("decode settings: %w", err)
		}
	}
	if err := r.lay(&s, true); err != nil {
		return s, err
	}
	s.Locked = map[string]string{}
	for field, held := range r.Held {
		if held.Locked {
			s.Locked[field] = held.reason()
		}
	}
	s.Wording = r.Invitation
	if offered := s.Wording.Offered(); !slices.Contains(offered, s.Language) {
		s.Language = offered[0]
	}
	return s, nil
}

// lay writes what is locked, or what is not, over settings.
func (r Ruling) lay(s *Settings, locked bool) error {
	for field, held := range r.Held {
		if held.Locked != locked {
			continue
		}
		if err := set(s, field, held.Value); err != nil {
			return fmt.Errorf("apply policy for %s: %w", field, err)
		}
	}
	return nil
}

// Choices returns what to store of settings that a person saved: what they had chosen before, and what they changed now.
// What they left as it was is no choice, so that a default of the administrator's still reaches it.
func (r Ruling) Choices(own []byte, saved Settings) ([]byte, error) {
	before, err := r.Settings(own)
	if err != nil {
		return nil, err
	}
	was, err := leaves(before)
	if err != nil {
		return nil, err
	}
	is, err := leaves(saved)
	if err != nil {
		return nil, err
	}
	kept := map[string]any{}
	if len(own) > 0 {
		if err := json.Unmarshal(own, &kept); err != nil {
			return nil, fmt.Errorf("decode settings: %w", err)
		}
	}
	for field, value := range is {
		if !reflect.DeepEqual(value, was[field]) {
			put(kept, strings.Split(field, "."), value)
		}
	}
	return json.Marshal(kept)
}

// SettingNames are the settings that a policy can hold, sorted.
func SettingNames() []string {
	all, err := leaves(DefaultSettings())
	if err != nil { // a struct of plain fields
		panic(err)
	}
	return slices.Sorted(maps.Keys(all))
}

// Value is one setting, by its name in a policy.
func (s Settings) Value(field string) (any, bool) {
	all, err := leaves(s)
	value, ok := all[field]
	return value, ok && err == nil
}

// set writes one setting, by its name in a policy.
func set(s *Settings, field string, value any) error {
	tree := map[string]any{}
	put(tree, strings.Split(field, "."), value)
	text, err := json.Marshal(tree)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, s)
}

// leaves are settings by name; those that stand in a group have its name before theirs: "guard.overlap".
func leaves(s Settings) (map[string]any, error) {
	s.Locked = nil
	text, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("encode settings: %w", err)
	}
	var tree map[string]any
	if err := json.Unmarshal(text, &tree); err != nil {
		return nil, fmt.Errorf("take settings apart: %w", err)
	}
	delete(tree, "locked")
	found := map[string]any{}
	collect(found, "", tree)
	return found, nil
}

func collect(into map[string]any, prefix string, tree map[string]any) {
	for name, value := range tree {
		if below, isGroup := value.(map[string]any); isGroup {
			collect(into, prefix+name+".", below)
			continue
		}
		into[prefix+name] = value
	}
}

// put writes a value into a tree at a path.
func put(tree map[string]any, path []string, value any) {
	if len(path) == 1 {
		tree[path[0]] = value
		return
	}
	below, ok := tree[path[0]].(map[string]any)
	if !ok {
		below = map[string]any{}
		tree[path[0]] = below
	}
	put(below, path[1:], value)
}
