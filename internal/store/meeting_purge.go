package store

import (
	"context"
	"time"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

// How many meetings one PurgeMeetings forgets at most; the next sweep goes on.
const purgeAtOnce = 500

// ForgetMeeting forgets a meeting whose number nobody was ever told, and frees the number.
func (s *Store) ForgetMeeting(ctx context.Context, id parlor.AccountID, number string) error {
	if err := dropMeetingScript.Run(ctx, s.rdb, meetingKeys(id, number), number).Err(); err != nil {
		return fail("forget meeting", err)
	}
	return fail("free number", s.rdb.Del(ctx, numberKey(number)).Err())
}

// PurgeMeetings forgets meetings 30 days after their end, and invitations that nobody saved after a day. Their numbers
// stay the account's for 365 days, so that an old link never leads to somebody else.
func (s *Store) PurgeMeetings(ctx context.Context, id parlor.AccountID, now time.Time) error {
	due := &redis.ZRangeBy{Min: "-inf", Max: score(now), Count: purgeAtOnce}
	numbers, err := s.rdb.ZRangeByScore(ctx, purgeKey(id), due).Result()
	if err != nil {
		return fail("find old meetings", err)
	}
	for _, number := range numbers {
		if err := s.rdb.Expire(ctx, numberKey(number), retirement).Err(); err != nil {
			return fail("retire number", err)
		}
		if err := dropMeetingScript.Run(ctx, s.rdb, meetingKeys(id, number), number).Err(); err != nil {
			return fail("forget meeting", err)
		}
	}
	return nil
}
