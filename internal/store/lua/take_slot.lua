-- Takes one of a number of slots, unless all are taken. A slot whose holder died is free again at its end.
-- KEYS 1 zset holder -> end of its slot. ARGV 1 how many slots, 2 life of a slot in ms, 3 holder.
-- Returns 1, or 0 when all are taken.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[3])
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 1
