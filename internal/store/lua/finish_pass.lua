-- Writes the outcome of a pass, if the lease it ran under is still held.
-- KEYS 1 calendar hash, 2 lease. ARGV 1 fence, 2.. field, value, field, value …
-- Returns 1, 0 when the lease was lost, -1 when the calendar is gone.
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
if redis.call('EXISTS', KEYS[1]) == 0 then return -1 end
redis.call('HSET', KEYS[1], unpack(ARGV, 2))
return 1
