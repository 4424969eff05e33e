-- Replaces a string if it still is what the caller read.
-- KEYS 1 string. ARGV 1 hex SHA-1 of the value read (of nothing when unset), 2 new value.
-- Returns 1 when replaced, 0 when it moved on.
if redis.sha1hex(redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1
