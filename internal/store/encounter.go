package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

const (
	maxEncounters = 1000 // to come, the next ones
	settleAtOnce  = 200
)

// Learn notes whom the account meets at some events, in the place of what was noted of them before. Those events that are
// over count at once, the others when they are.
func (s *Store) Learn(ctx context.Context, id parlor.AccountID, met []parlor.Encounter) error {
	if len(met) == 0 {
		return nil
	}
	met, err := s.withSeries(ctx, id, met)
	if err != nil {
		return err
	}
	if err := s.note(ctx, id, met); err != nil {
		return err
	}
	beyond, err := s.rdb.ZRange(ctx, encountersDueKey(id), maxEncounters, -1).Result()
	if err != nil || len(beyond) == 0 {
		return fail("count encounters", err)
	}
	return s.dropEncounters(ctx, id, beyond)
}

// withSeries adds the series that some of the events are occurrences of, without those occurrences. A series that is noted
// anew, but whose reading does not tell its exceptions, keeps those that are known.
func (s *Store) withSeries(ctx context.Context, id parlor.AccountID, met []parlor.Encounter) ([]parlor.Encounter, error) {
	var fields []string
	for _, e := range met {
		if e.Series.ID != "" {
			fields = append(fields, eventField(e.Series))
		} else if len(e.Recurrence) > 0 {
			fields = append(fields, eventField(e.Event))
		}
	}
	if len(fields) == 0 {
		return met, nil
	}
	known, err := s.encounters(ctx, id, fields)
	if err != nil {
		return nil, err
	}
	series := map[parlor.EventRef]parlor.Encounter{}
	for _, e := range known {
		series[e.Event] = e
	}
	var all []parlor.Encounter
	for _, e := range met {
		if before, ok := series[e.Event]; ok && e.Except == nil {
			e.Except = before.Except
		}
		if len(e.Recurrence) > 0 {
			series[e.Event] = e
		}
		if of, ok := series[e.Series]; ok && e.Series.ID != "" && !slices.ContainsFunc(of.Except, e.Original.Equal) {
			of.Except = append(slices.Clone(of.Except), e.Original)
			series[e.Series] = of
			all = append(all, of)
		}
		all = append(all, e)
	}
	return all, nil
}

// settleEncounters has the encounters count that are over by now.
func (s *Store) settleEncounters(ctx context.Context, id parlor.AccountID) error {
	for {
		due := &redis.ZRangeBy{Min: "-inf", Max: score(s.now()), Count: settleAtOnce}
		fields, err := s.rdb.ZRangeByScore(ctx, encountersDueKey(id), due).Result()
		if err != nil || len(fields) == 0 {
			return fail("find encounters", err)
		}
		met, err := s.encounters(ctx, id, fields)
		if err != nil {
			return err
		}
		if len(met) == 0 { // marks without a record, left by somebody else's hand
			return s.dropEncounters(ctx, id, fields)
		}
		if err := s.note(ctx, id, met); err != nil {
			return err
		}
	}
}

func (s *Store) encounters(ctx context.Context, id parlor.AccountID, fields []string) ([]parlor.Encounter, error) {
	values, err := s.rdb.HMGet(ctx, encountersKey(id), fields...).Result()
	if err != nil {
		return nil, fail("read encounters", err)
	}
	var met []parlor.Encounter
	for _, v := range values {
		stored, ok := v.(string)
		if !ok {
			continue
		}
		var e parlor.Encounter
		if err := json.Unmarshal([]byte(stored), &e); err != nil {
			return nil, fmt.Errorf("decode encounter: %w", err)
		}
		met = append(met, e)
	}
	return met, nil
}

func (s *Store) note(ctx context.Context, id parlor.AccountID, met []parlor.Encounter) error {
	var past []string
	_, err := s.rdb.TxPipelined(ctx, func(p redis.Pipeliner) error {
		for _, e := range met {
			field := eventField(e.Event)
			if len(e.People) == 0 {
				past = append(past, field)
				continue
			}
			if end, over := e.Last(s.now()); over {
				for _, address := range e.People {
					p.ZAddGT(ctx, metKey(id), redis.Z{Score: float64(end.Unix()), Member: address})
				}
			}
			next, comes := e.Next(s.now())
			if !comes {
				past = append(past, field)
				continue
			}
			record, err := json.Marshal(e)
			if err != nil {
				return fmt.Errorf("encode encounter: %w", err)
			}
			p.HSet(ctx, encountersKey(id), field, record)
			p.ZAdd(ctx, encountersDueKey(id), redis.Z{Score: float64(next.Unix() + 1), Member: field}) // never due already
		}
		return nil
	})
	if err != nil || len(past) == 0 {
		return fail("note encounters", err)
	}
	return s.dropEncounters(ctx, id, past)
}

func (s *Store) dropEncounters(ctx context.Context, id parlor.AccountID, fields []string) error {
	marks := make([]any, len(fields))
	for i, field := range fields {
		marks[i] = field
	}
	_, err := s.rdb.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.HDel(ctx, encountersKey(id), fields...)
		p.ZRem(ctx, encountersDueKey(id), marks...)
		return nil
	})
	return fail("drop encounters", err)
}
