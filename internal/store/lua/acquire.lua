-- Takes a lease.
-- KEYS 1 lease, 2 fence counter. ARGV 1 time to live in ms.
-- Returns the fence, which is also the lease's value; 0 when somebody holds it.
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local fence = redis.call('INCR', KEYS[2])
redis.call('PEXPIRE', KEYS[2], 604800000) -- no holder is that late
redis.call('SET', KEYS[1], fence, 'PX', ARGV[1])
return fence
