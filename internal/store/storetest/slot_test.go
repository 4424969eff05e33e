package storetest_test

import (
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"

	"parlor/internal/store/storetest"
)

func TestSlotAsRedisCountsIt(t *testing.T) {
	rdb := storetest.Cluster(t)
	for _, key := range []string{"123456789", "foo", "parlor:{abc}:room", "parlor:{abc}:cal:a{b}", "{}x", "a{", "}{x}"} {
		want, err := rdb.ClusterKeySlot(t.Context(), key).Result()
		if got := storetest.Slot(key); err != nil || int64(got) != want {
			t.Errorf("%s is in slot %d, Redis says %d, %v", key, got, want, err)
		}
	}
	if got := storetest.Slot("123456789"); got != 0x31C3 {
		t.Errorf("the check value of CRC16/XMODEM is %x", got)
	}
}

func TestEveryServerRefusesTwoSlots(t *testing.T) {
	storetest.Each(t, func(t *testing.T, rdb redis.UniversalClient) {
		ctx := t.Context()
		_, tx := rdb.TxPipelined(ctx, func(p redis.Pipeliner) error {
			p.Set(ctx, "{a}", 1, 0)
			p.Set(ctx, "{b}", 1, 0)
			return nil
		})
		for name, err := range map[string]error{
			"script": rdb.Eval(ctx, "return 1", []string{"{a}1", "{b}1"}).Err(),
			"mget":   rdb.MGet(ctx, "{a}1", "{b}1").Err(),
			"multi":  tx,
		} {
			if err == nil || !strings.Contains(strings.ToUpper(err.Error()), "SLOT") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := rdb.MGet(ctx, "{a}1", "{a}2").Err(); err != nil {
			t.Errorf("one slot: %v", err)
		}
	})
}
