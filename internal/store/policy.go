package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"time"

	"parlor/internal/parlor"
)

// How long a policy that was read is believed; an administrator's change takes this long to be everywhere.
const policyLife = 5 * time.Second

// Policy is what administrators hold for everybody. Fields are JSON paths of parlor.Settings: "guard.overlap".
type Policy struct {
	Locked map[string]string          `json:"locked"` // field -> reason
	Values map[string]json.RawMessage `json:"values"` // field -> value that holds
}

type policyCache struct {
	sync.Mutex
	policy Policy
	read   time.Time
}

// Policy reads the policy, at most once in 5 s; the empty one when there is none.
func (s *Store) Policy(ctx context.Context) (Policy, error) {
	s.policy.Lock()
	defer s.policy.Unlock()
	if age := s.now().Sub(s.policy.read); age >= 0 && age < policyLife {
		return s.policy.policy, nil
	}
	p, _, err := read[Policy](ctx, s.rdb, policyKey)
	if err != nil && !errors.Is(err, parlor.ErrNotFound) {
		return Policy{}, wrap("read policy", err)
	}
	s.policy.policy, s.policy.read = p, s.now()
	return p, nil
}

// Apply lays the policy over a person's own settings and fills Settings.Locked.
func (p Policy) Apply(st parlor.Settings) (parlor.Settings, error) {
	for field, value := range p.Values {
		if err := json.Unmarshal(nest(field, value), &st); err != nil {
			return st, fmt.Errorf("apply policy for %s: %w", field, err)
		}
	}
	st.Locked = map[string]string{}
	maps.Copy(st.Locked, p.Locked)
	return st, nil
}

// encode writes settings for storing, with the person's own value wherever the policy forces one.
func (p Policy) encode(st, own parlor.Settings) ([]byte, error) {
	mine, err := fields(own)
	if err != nil {
		return nil, err
	}
	for field := range p.Values {
		if value, ok := lookUp(mine, field); ok {
			if err := json.Unmarshal(nest(field, value), &st); err != nil {
				return nil, fmt.Errorf("keep own %s: %w", field, err)
			}
		}
	}
	st.Locked = nil
	out, err := json.Marshal(st)
	if err != nil {
		return nil, fmt.Errorf("encode settings: %w", err)
	}
	return out, nil
}

func fields(v any) (map[string]json.RawMessage, error) {
	out := map[string]json.RawMessage{}
	text, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	if err != nil {
		return nil, fmt.Errorf("take settings apart: %w", err)
	}
	return out, nil
}

// lookUp finds a field by its path.
func lookUp(in map[string]json.RawMessage, path string) (json.RawMessage, bool) {
	head, tail, deeper := strings.Cut(path, ".")
	value, ok := in[head]
	if !ok || !deeper {
		return value, ok
	}
	inner := map[string]json.RawMessage{}
	if json.Unmarshal(value, &inner) != nil {
		return nil, false
	}
	return lookUp(inner, tail)
}

// nest turns "guard.overlap" and a value into {"guard":{"overlap":value}}, which decodes over a whole record.
func nest(path string, value json.RawMessage) []byte {
	parts := strings.Split(path, ".")
	out := value
	for i := len(parts) - 1; i >= 0; i-- {
		name, _ := json.Marshal(parts[i])
		out = []byte("{" + string(name) + ":" + string(out) + "}")
	}
	return out
}
