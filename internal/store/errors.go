package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

// ErrUnavailable says that Redis did not answer or cannot serve now; trying again later is right.
var ErrUnavailable = errors.New("store unavailable")

// unready are the answers of a Redis that is there but cannot serve (https://redis.io/docs/latest/develop/reference/protocol-spec/).
var unready = []string{"LOADING", "CLUSTERDOWN", "MASTERDOWN", "READONLY", "TRYAGAIN", "NOREPLICAS", "BUSY "}

// fail names what failed and turns Redis's errors into ours: a missing key is parlor.ErrNotFound, a network failure
// ErrUnavailable. A nil error stays nil.
func fail(what string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, redis.Nil):
		return fmt.Errorf("%s: %w", what, parlor.ErrNotFound)
	case isUnavailable(err):
		return fmt.Errorf("%s: %w: %w", what, ErrUnavailable, err)
	}
	return fmt.Errorf("%s: %w", what, err)
}

// wrap names what failed around an error that is already ours.
func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

func isUnavailable(err error) bool {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	var answer redis.Error
	if !errors.As(err, &answer) {
		return true
	}
	for _, prefix := range unready {
		if strings.HasPrefix(answer.Error(), prefix) {
			return true
		}
	}
	return false
}
