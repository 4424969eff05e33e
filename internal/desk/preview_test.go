package desk

import (
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"

	"parlor/internal/parlor"
)

// keys is everything in a Redis.
func keys(t *testing.T, rdb redis.UniversalClient) map[string]any {
	t.Helper()
	found := map[string]any{}
	for _, key := range rdb.Keys(t.Context(), "*").Val() {
		var cmd redis.Cmder
		switch rdb.Type(t.Context(), key).Val() {
		case "string":
			cmd = rdb.Get(t.Context(), key)
		case "hash":
			cmd = rdb.HGetAll(t.Context(), key)
		case "set":
			cmd = rdb.SMembers(t.Context(), key)
		case "zset":
			cmd = rdb.ZRangeWithScores(t.Context(), key, 0, -1)
		default:
			cmd = rdb.XRange(t.Context(), key, "-", "+")
		}
		must(t, cmd.Err())
		found[key] = cmd.String()
	}
	return found
}

func TestPreviewStoresNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		yes := true
		in := Inviting{Request: p.at(1, "Tea"), Format: parlor.Text, Preview: true}
		in.UsePMI, in.IdempotencyKey = &yes, "pressed"
		before := keys(t, p.st.Client())
		ahead := p.invite(t, in)
		same(t, keys(t, p.st.Client()), before)
		same(t, []any{ahead.Kind, ahead.Why.Code, ahead.JoinURL, ahead.Number, ahead.Stamp}, []any{parlor.InRoom, "pmi_asked", "", "", ""})
		if !strings.Contains(ahead.Body, "(Your join link will be here.)") || strings.Contains(ahead.Body, "Meeting ID") {
			t.Errorf("body %q", ahead.Body)
		}
		p.set(t, func(s *parlor.Settings) { s.Language = "ja" })
		room, err := p.Room(t.Context(), p.acct)
		must(t, err)
		body := p.invite(t, in).Body
		shown := strings.ReplaceAll(body, " ", "")
		if !strings.Contains(body, "（参加用リンクはここに入ります）") || !strings.Contains(shown, room.PMI) {
			t.Errorf("body %q does not have words for the link and %s", body, room.PMI)
		}
	})
}

func TestPreviewSaysWhatInvitingWould(t *testing.T) {
	onBoth(t, func(t *testing.T, p *person) {
		p.set(t, func(s *parlor.Settings) { s.UsePMIForScheduled, s.Guard.Overlap = true, parlor.GuardWarn })
		p.schedule(t, p.at(1, "first"))
		made := p.invite(t, Inviting{Request: p.at(3, "Tea"), Format: parlor.HTML})
		no := false
		asks := map[string]Inviting{
			"new":          {Request: p.at(5, "Tea")},
			"in the way":   {Request: p.at(1, "Tea")},
			"again":        {Request: p.at(3, "Tea"), Number: made.Number},
			"moved":        {Request: p.at(1.5, "Tea"), Body: &made.Body},
			"other number": {Request: p.at(3, "Tea"), Number: made.Number},
		}
		for name, in := range asks {
			in.Format, in.Preview = parlor.HTML, true
			if name == "other number" {
				in.UsePMI = &no
			}
			before := keys(t, p.st.Client())
			ahead := p.invite(t, in)
			same(t, keys(t, p.st.Client()), before)
			in.Preview = false
			got := p.invite(t, in)
			t.Log(name)
			same(t, []any{ahead.Kind, ahead.Why, ahead.Conflict}, []any{got.Kind, got.Why, got.Conflict})
			must(t, p.restate(t.Context(), p.acct, p.stored(t, got.Number), parlor.Meeting{State: parlor.LinkRemoved}))
			made = p.invite(t, Inviting{Request: p.at(3, "Tea"), Format: parlor.HTML, Number: made.Number})
		}
	})
}
