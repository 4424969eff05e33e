package storetest

import (
	"context"
	"fmt"
	"net"
	"strings"

	"github.com/redis/go-redis/v9"
)

// Slot is the slot of a key in Redis Cluster: CRC16/XMODEM modulo 16384 of the key, or of what its first braces hold
// (https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags).
func Slot(key string) uint16 {
	if i := strings.IndexByte(key, '{'); i >= 0 {
		if n := strings.IndexByte(key[i+1:], '}'); n > 0 {
			key = key[i+1 : i+1+n]
		}
	}
	var crc uint16
	for _, b := range []byte(key) {
		crc ^= uint16(b) << 8
		for range 8 {
			if crc&0x8000 != 0 {
				crc = crc<<1 ^ 0x1021
			} else {
				crc <<= 1
			}
		}
	}
	return crc % 16384
}

// oneSlot fails what a cluster would refuse, whichever server the test talks to.
type oneSlot struct{}

func (oneSlot) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

func (oneSlot) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if err := check(keysOf(cmd)); err != nil {
			cmd.SetErr(err)
			return err
		}
		return next(ctx, cmd)
	}
}

func (oneSlot) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		var all []string
		for _, cmd := range cmds {
			keys := keysOf(cmd)
			if err := check(keys); err != nil {
				return err
			}
			all = append(all, keys...)
		}
		if len(cmds) > 0 && cmds[0].Name() == "multi" {
			if err := check(all); err != nil {
				return err
			}
		}
		return next(ctx, cmds)
	}
}

func check(keys []string) error {
	for _, key := range keys {
		if Slot(key) != Slot(keys[0]) {
			return fmt.Errorf("CROSSSLOT %s and %s", keys[0], key)
		}
	}
	return nil
}

// keysOf tells the keys of a command, as far as commands with several keys go.
func keysOf(cmd redis.Cmder) []string {
	args := cmd.Args()
	switch cmd.Name() {
	case "multi", "exec", "ping", "script", "flushdb", "cluster", "info", "config":
		return nil
	case "eval", "evalsha", "eval_ro", "evalsha_ro":
		n, _ := args[2].(int)
		return texts(args[3 : 3+n])
	case "mget", "del", "unlink", "exists", "touch", "sunion", "sinter", "watch", "rename":
		return texts(args[1:])
	}
	if len(args) < 2 {
		return nil
	}
	return texts(args[1:2])
}

func texts(args []any) []string {
	out := make([]string, len(args))
	for i, a := range args {
		out[i] = fmt.Sprint(a)
	}
	return out
}
