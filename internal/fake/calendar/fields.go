package calendar

// Fields is a tree of JSON values (string, float64, bool, nil, []any, map[string]any) under Google's field names, which
// are the richer of the two dialects. The world keeps fields it does not know as they are.
type Fields = map[string]any

// Clone copies a tree deeply.
func Clone(f Fields) Fields { return cloneValue(f).(Fields) }

func cloneValue(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, x := range v {
			out[k] = cloneValue(x)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = cloneValue(x)
		}
		return out
	default:
		return v
	}
}

// Merge applies patch to target as RFC 7386 says: maps merge, arrays and scalars replace, null deletes.
func Merge(target, patch Fields) Fields {
	out := Clone(target)
	for k, v := range patch {
		switch v := v.(type) {
		case nil:
			delete(out, k)
		case map[string]any:
			old, _ := out[k].(map[string]any)
			out[k] = Merge(old, v)
		default:
			out[k] = cloneValue(v)
		}
	}
	return out
}

// Text is the string under a path of keys, "" when there is none.
func Text(f Fields, path ...string) string {
	for _, key := range path[:len(path)-1] {
		f, _ = f[key].(map[string]any)
	}
	s, _ := f[path[len(path)-1]].(string)
	return s
}

// Map is the map under key, nil when there is none.
func Map(f Fields, key string) Fields {
	m, _ := f[key].(map[string]any)
	return m
}

// Maps lists the maps in the array under key.
func Maps(f Fields, key string) []Fields {
	list, _ := f[key].([]any)
	var out []Fields
	for _, v := range list {
		if m, ok := v.(map[string]any); ok {
			out = append(out, m)
		}
	}
	return out
}

// Lines lists the strings in the array under key.
func Lines(f Fields, key string) []string {
	list, _ := f[key].([]any)
	var out []string
	for _, v := range list {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// List turns values into the array form that Fields holds.
func List[T any](values ...T) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = v
	}
	return out
}
