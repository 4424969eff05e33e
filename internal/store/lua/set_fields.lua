-- Sets fields of a hash that exists, so that a late writer does not bring a dropped one back.
-- KEYS 1 hash. ARGV field, value, field, value … Returns 1, or 0 when the hash is gone.
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV))
return 1
