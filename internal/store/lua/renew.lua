-- Prolongs a lease that is still ours.
-- KEYS 1 lease. ARGV 1 fence, 2 time to live in ms. Returns 1, or 0 when it was lost.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
