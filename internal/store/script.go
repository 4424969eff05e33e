package store

import (
	"context"
	"embed"

	"github.com/redis/go-redis/v9"
)

//go:embed lua/*.lua
var luaFiles embed.FS

// Each script's contract is at the top of its file.
var (
	swapScript        = script("swap")
	acquireScript     = script("acquire")
	renewScript       = script("renew")
	releaseScript     = script("release")
	finishPassScript  = script("finish_pass")
	setFieldsScript   = script("set_fields")
	putMeetingScript  = script("put_meeting")
	dropMeetingScript = script("drop_meeting")
	logOnceScript     = script("log_once")
	putSittingScript  = script("put_sitting")
	allowWriteScript  = script("allow_write")
	takeSlotScript    = script("take_slot")
	beginGrantScript  = script("begin_grant")
	renewGrantScript  = script("renew_grant")
	endGrantScript    = script("end_grant")

	waitScript         = script("wait")
	stillWaitingScript = script("still_waiting")
	leaveScript        = script("leave")
	decideScript       = script("decide")
)

func script(name string) *redis.Script {
	text, err := luaFiles.ReadFile("lua/" + name + ".lua")
	if err != nil {
		panic(err) // the file is part of the binary
	}
	return redis.NewScript(string(text))
}

func (s *Store) runInt(ctx context.Context, sc *redis.Script, keys []string, args ...any) (int64, error) {
	return sc.Run(ctx, s.rdb, keys, args...).Int64()
}
