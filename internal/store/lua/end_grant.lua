-- Ends a grant.
-- KEYS 1 grant, 2 set of grants. ARGV 1 id of the grant, 2 the client whose it must be, '' for any.
-- Returns 1, 0 when there is none, -1 when it is another client's.
local client = redis.call('HGET', KEYS[1], 'client')
if client and ARGV[2] ~= '' and client ~= ARGV[2] then return -1 end
redis.call('SREM', KEYS[2], ARGV[1])
return redis.call('DEL', KEYS[1])
