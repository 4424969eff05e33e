-- Puts guests of one sitting on the list, or notes that they are still there.
-- KEYS 1 queue, 2 when each was last seen, 3 guests, 4 decisions of the sitting.
-- ARGV 1 now in ms, 2 how many may wait, 3 time to live in ms, 4 name of the sitting, 5 mark of those turned away,
--      6.. ticket, since in ms, JSON, ticket, since in ms, JSON …
-- Returns how many are new; -1 when there was no place.
local added = 0
for i = 6, #ARGV, 3 do
  local ticket = ARGV[i]
  local to = redis.call('HGET', KEYS[4], ticket)
  if to and to ~= ARGV[4] and to ~= ARGV[5] then -- into another sitting, which was once
    redis.call('HDEL', KEYS[4], ticket)
    to = false
  end
  if not to then
    if not redis.call('ZSCORE', KEYS[1], ticket) then
      if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return -1 end
      redis.call('ZADD', KEYS[1], ARGV[i + 1], ticket)
      added = added + 1
    end
    redis.call('ZADD', KEYS[2], ARGV[1], ticket)
    redis.call('HSET', KEYS[3], ticket, ARGV[i + 2])
  end
end
for k = 1, 3 do redis.call('PEXPIRE', KEYS[k], ARGV[3]) end
return added
