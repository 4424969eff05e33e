-- Writes a sitting unless the host has ended it.
-- KEYS 1 sitting. ARGV 1 JSON, 2 time to live in ms. Returns 1, or 0 when it was ended.
local known = redis.call('GET', KEYS[1])
if known and cjson.decode(known).ended then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
