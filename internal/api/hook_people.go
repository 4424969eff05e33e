package api

import (
	"context"
	"errors"

	"parlor/internal/parlor"
)

// takePeople asks for the rooms of the people whom a push names to be read again. A push that was taken already counts for
// nothing: somebody may have written it down and sent it again. People whom we do not know are nobody's affair here.
func (s *server) takePeople(ctx context.Context, kind parlor.Kind, heard parlor.Heard) error {
	if len(heard.People) == 0 {
		return nil
	}
	if heard.Once != "" {
		if known, err := s.st.Heard(ctx, kind, heard.Once); err != nil || known {
			return err
		}
	}
	for _, subject := range heard.People {
		acct, err := s.st.AccountByIdentity(ctx, kind, subject)
		if errors.Is(err, parlor.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if err := s.cfg.Sync.Room(ctx, acct); err != nil {
			return err
		}
		pushes.WithLabelValues(string(kind)).Inc()
	}
	if heard.Once == "" {
		return nil
	}
	return s.st.NoteHeard(ctx, kind, heard.Once) // last: a push that could not be taken is sent again
}
