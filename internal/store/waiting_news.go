package store

import (
	"context"
	"strings"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

// What is said on the channel of a door, besides tickets.
const (
	newsAll  = "all"
	newsList = "list"
	named    = 100 // so many tickets at most; more are told as everything
)

// News is what changed at an account's door. It says where to look, never what is there: a message may be lost.
type News struct {
	All     bool     // anything may have changed; the first news, and after each interruption
	Tickets []string // these guests were decided about
	// Neither: somebody began or ceased to wait.
}

// Listen tells of changes at an account's door, with one subscription, until the context ends; then the channel closes.
// It goes on by itself when Redis was away.
func (s *Store) Listen(ctx context.Context, id parlor.AccountID) <-chan News {
	sub := s.rdb.Subscribe(ctx, doorChannel(id))
	news := make(chan News)
	heard := sub.ChannelWithSubscriptions()
	go func() {
		defer close(news)
		defer func() { _ = sub.Close() }()
		for {
			select {
			case <-ctx.Done():
				return
			case said := <-heard:
				select {
				case news <- newsOf(said):
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	return news
}

func newsOf(said any) News {
	message, ok := said.(*redis.Message)
	switch {
	case !ok || message.Payload == newsAll:
		return News{All: true}
	case message.Payload == newsList:
		return News{}
	}
	return News{Tickets: strings.Fields(message.Payload)}
}

func aboutTickets(about []string) string {
	if len(about) > named {
		return newsAll
	}
	return strings.Join(about, " ")
}

func (s *Store) tellDoor(ctx context.Context, id parlor.AccountID, what string) error {
	return fail("tell the door", s.rdb.Publish(ctx, doorChannel(id), what).Err())
}
