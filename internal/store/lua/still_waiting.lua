-- Notes that guests are still there.
-- KEYS 1 queue, 2 when each was last seen. ARGV 1 now in ms, 2.. tickets.
-- Returns the tickets that are not on the list.
local lost = {}
for i = 2, #ARGV do
  if redis.call('ZSCORE', KEYS[1], ARGV[i]) then
    redis.call('ZADD', KEYS[2], ARGV[1], ARGV[i])
  else
    lost[#lost + 1] = ARGV[i]
  end
end
return lost
