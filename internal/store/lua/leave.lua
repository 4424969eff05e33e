-- Takes guests off the list: those named, or those who were not seen since a time.
-- KEYS 1 queue, 2 when each was last seen, 3 guests. ARGV 1 time in ms, or '' when 2.. are the tickets.
-- Returns how many were on the list.
local gone = { unpack(ARGV, 2) }
if ARGV[1] ~= '' then gone = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1]) end
local left = 0
for _, ticket in ipairs(gone) do
  left = left + redis.call('ZREM', KEYS[1], ticket)
  redis.call('ZREM', KEYS[2], ticket)
  redis.call('HDEL', KEYS[3], ticket)
end
return left
