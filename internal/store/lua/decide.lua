-- Notes what was decided about guests of one sitting, and takes them off the list. Who does not wait is left alone.
-- KEYS 1 queue, 2 when each was last seen, 3 guests, 4 decisions of the sitting.
-- ARGV 1 session they may enter, or the mark of those turned away, 2 time to live in ms, 3.. tickets.
-- Returns how many waited.
local decided = 0
for i = 3, #ARGV do
  if redis.call('ZREM', KEYS[1], ARGV[i]) == 1 then
    redis.call('ZREM', KEYS[2], ARGV[i])
    redis.call('HDEL', KEYS[3], ARGV[i])
    redis.call('HSET', KEYS[4], ARGV[i], ARGV[1])
    decided = decided + 1
  end
end
if decided > 0 then redis.call('PEXPIRE', KEYS[4], ARGV[2]) end
return decided
