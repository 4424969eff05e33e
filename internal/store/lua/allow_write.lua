-- Lets something happen so many times in a sliding stretch of time.
-- KEYS 1 list of times, newest first. ARGV 1 now in ms, 2 stretch in ms, 3 how many times.
-- Returns 1 and counts it, or 0.
local oldest = redis.call('LINDEX', KEYS[1], ARGV[3] - 1)
if oldest and tonumber(oldest) > ARGV[1] - ARGV[2] then return 0 end
redis.call('LPUSH', KEYS[1], ARGV[1])
redis.call('LTRIM', KEYS[1], 0, ARGV[3] - 1)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
