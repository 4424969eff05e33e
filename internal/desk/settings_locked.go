package desk

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"parlor/internal/parlor"
)

// lockedChange returns a *LockedError for the first locked field (by name) that the change would alter.
func lockedChange(before, after parlor.Settings) error {
	if len(before.Locked) == 0 {
		return nil
	}
	was, err := asTree(before)
	if err != nil {
		return err
	}
	will, err := asTree(after)
	if err != nil {
		return err
	}
	for _, field := range slices.Sorted(maps.Keys(before.Locked)) {
		if !reflect.DeepEqual(at(was, field), at(will, field)) {
			return &LockedError{Field: field, Reason: before.Locked[field]}
		}
	}
	return nil
}

func asTree(s parlor.Settings) (map[string]any, error) {
	raw, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("encode settings: %w", err)
	}
	var tree map[string]any
	if err := json.Unmarshal(raw, &tree); err != nil {
		return nil, fmt.Errorf("decode settings: %w", err)
	}
	return tree, nil
}

func at(tree map[string]any, path string) any {
	head, rest, nested := strings.Cut(path, ".")
	if !nested {
		return tree[head]
	}
	below, _ := tree[head].(map[string]any)
	return at(below, rest)
}
