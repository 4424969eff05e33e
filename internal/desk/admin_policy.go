package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"parlor/internal/parlor"
	"parlor/internal/store"
)

// Policy reads what administrators decided, with the ETag that SavePolicy needs.
func (a *Administration) Policy(ctx context.Context) (parlor.Policy, string, error) {
	return a.d.st.Policy(ctx)
}

// SavePolicy puts a policy in the place of the one that has this ETag, and returns it as it is stored with the new one. Whose
// events it may change is then found out, and their calendars are read anew. parlor.ErrStale: it was changed since.
func (a *Administration) SavePolicy(ctx context.Context, etag string, p parlor.Policy) (parlor.Policy, string, error) {
	before, after, err := a.succession(ctx, etag, p)
	if err != nil {
		return p, "", err
	}
	if reflect.DeepEqual(before, after) {
		return after, etag, nil
	}
	line := store.Act{What: ActPolicy}
	if line.Before, err = json.Marshal(before); err == nil {
		line.After, err = json.Marshal(after)
	}
	if err != nil {
		return p, "", fmt.Errorf("encode policy: %w", err)
	}
	err = a.act(ctx, line, func() error { etag, err = a.putPolicy(ctx, etag, before, after); return err })
	return after, etag, err
}

// succession is the policy as it is, and the one that shall follow it, found in order.
func (a *Administration) succession(ctx context.Context, etag string, p parlor.Policy) (before, after parlor.Policy, err error) {
	before, current, err := a.d.st.Policy(ctx)
	if err != nil {
		return before, p, err
	}
	if etag != current {
		return before, p, parlor.ErrStale
	}
	after, err = plainPolicy(p.Tidy())
	if err != nil {
		return before, p, err
	}
	return before, after, Faults(after.Validate(a.d.origin)).orNil()
}

// plainPolicy is a policy as it comes out of the store, so that two can be compared.
func plainPolicy(p parlor.Policy) (out parlor.Policy, err error) {
	text, err := json.Marshal(p)
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	if err != nil {
		return p, fmt.Errorf("encode policy: %w", err)
	}
	return out, nil
}

// putPolicy has the policy's way to everybody noted before it is stored, and begun after.
func (a *Administration) putPolicy(ctx context.Context, etag string, before, after parlor.Policy) (string, error) {
	rev, err := store.PolicyRevision(after)
	if err != nil {
		return "", err
	}
	if err := a.d.st.BeginSpread(ctx, store.Spread{Revision: rev, Before: before, After: after}); err != nil {
		return "", err
	}
	if etag, err = a.d.st.PutPolicy(ctx, etag, after); err != nil {
		return "", err
	}
	if err := a.d.sync.Spread(ctx); err != nil { // the sweep will ask again
		return "", fmt.Errorf("ask to apply the policy: %w", err)
	}
	return etag, nil
}

// Spreading is how far the last policy has come; false when none was saved lately.
func (a *Administration) Spreading(ctx context.Context) (store.Spread, bool, error) {
	sp, err := a.d.st.Spread(ctx)
	if errors.Is(err, parlor.ErrNotFound) {
		return sp, false, nil
	}
	return sp, err == nil, err
}
