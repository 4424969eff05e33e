-- Moves a grant on by one generation of its refresh token.
-- KEYS 1 grant, 2 set of grants.
-- ARGV 1 id of the grant, 2 client, 3 generation of the token shown, 4 now in ms, 5 grace, 6 idle life and 7 whole life in
--      ms, 8 user agent.
-- Returns the generation of the token to hand out; 0 when there is no such grant of this client; -1 when the token was
-- used before: the grant has ended now.
local r = redis.call('HMGET', KEYS[1], 'client', 'generation', 'renewed', 'seen', 'created')
if r[1] ~= ARGV[2] then return 0 end
local now, shown, current = tonumber(ARGV[4]), tonumber(ARGV[3]), tonumber(r[2])
local left = math.min(tonumber(ARGV[6]), r[5] + ARGV[7] - now)
if left <= 0 or now - r[4] >= tonumber(ARGV[6]) then return 0 end

if shown >= current then
  current = shown + 1
  redis.call('HSET', KEYS[1], 'generation', current, 'renewed', ARGV[4])
elseif shown < current - 1 or now - r[3] >= tonumber(ARGV[5]) then
  redis.call('DEL', KEYS[1])
  redis.call('SREM', KEYS[2], ARGV[1])
  return -1
end
redis.call('HSET', KEYS[1], 'seen', ARGV[4], 'agent', ARGV[8])
redis.call('PEXPIRE', KEYS[1], left)
return current
