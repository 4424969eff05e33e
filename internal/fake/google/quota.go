package google

import (
	"time"
)

// quota is a sliding window of a minute over the calls of the project and of each user.
type quota struct {
	perUser, perProject int
	spent               []spending
}

type spending struct {
	at    time.Time
	user  string
	units int
}

// Quota limits what a user and the whole project may spend in a sliding minute; 0 means no limit. A call costs one unit, a
// patch three. A user over the limit gets 403 rateLimitExceeded, a project over the limit 429 rateLimitExceeded; a refused
// call costs nothing.
func (s *Server) Quota(perUserPerMinute, perProjectPerMinute int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limits = quota{perUser: perUserPerMinute, perProject: perProjectPerMinute}
}

// spend charges a call and returns the error of the limit it breaks.
func (s *Server) spend(user string, units int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := &s.limits
	if q.perUser == 0 && q.perProject == 0 {
		return nil
	}
	now := s.now()
	q.forget(now.Add(-time.Minute))
	mine, all := units, units
	for _, sp := range q.spent {
		all += sp.units
		if sp.user == user {
			mine += sp.units
		}
	}
	if q.perUser > 0 && mine > q.perUser {
		return fault("rateLimitExceeded", "")
	}
	if q.perProject > 0 && all > q.perProject {
		e := fault("rateLimitExceeded", "")
		e.Status = 429
		return e
	}
	q.spent = append(q.spent, spending{now, user, units})
	return nil
}

func (q *quota) forget(before time.Time) {
	i := 0
	for i < len(q.spent) && !q.spent[i].at.After(before) {
		i++
	}
	q.spent = q.spent[i:]
}
