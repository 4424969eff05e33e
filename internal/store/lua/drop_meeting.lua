-- Forgets a meeting and everything that finds it.
-- KEYS 1 meeting, 2 meetings, 3 series, 4 agenda, 5 purge, 6 bound, 7 agenda revision. ARGV 1 number. Returns 1.
local event = redis.call('HGET', KEYS[6], ARGV[1])
if event then redis.call('HDEL', KEYS[6], event, ARGV[1]) end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('SREM', KEYS[3], ARGV[1])
redis.call('ZREM', KEYS[5], ARGV[1])
if redis.call('ZREM', KEYS[4], ARGV[1]) == 1 then redis.call('INCR', KEYS[7]) end
return 1
