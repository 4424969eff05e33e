-- Begins a grant with an authorization code, once, while the session that allowed it lasts.
-- KEYS 1 mark of the code, 2 grant, 3 set of grants, 4 set of sessions.
-- ARGV 1 hash of the session, 2 time to live of the mark in ms, 3 of the grant, 4 of the set of grants, 5 id of the grant,
--      6.. field, value, field, value …
-- Returns 1; 0 when the session is over; -1 when the code was used before: what it gave has ended now.
if redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('DEL', KEYS[2])
  redis.call('SREM', KEYS[3], ARGV[5])
  return -1
end
if redis.call('SISMEMBER', KEYS[4], ARGV[1]) == 0 then return 0 end
redis.call('SET', KEYS[1], 1, 'PX', ARGV[2])
redis.call('HSET', KEYS[2], unpack(ARGV, 6))
redis.call('PEXPIRE', KEYS[2], ARGV[3])
redis.call('SADD', KEYS[3], ARGV[5])
redis.call('PEXPIRE', KEYS[3], ARGV[4])
return 1
