package connect

import (
	"context"

	"parlor/internal/store"
)

type sessionKey struct{}

// WithSession puts the session that a request was made in into its context.
func WithSession(ctx context.Context, s store.SessionRecord) context.Context {
	return context.WithValue(ctx, sessionKey{}, s)
}

// SessionOf returns the session that a request was made in; false when nobody is signed in.
func SessionOf(ctx context.Context) (store.SessionRecord, bool) {
	s, ok := ctx.Value(sessionKey{}).(store.SessionRecord)
	return s, ok
}
