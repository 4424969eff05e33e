-- Appends a line of activity unless the same was said a while ago.
-- KEYS 1 mark, 2 stream. ARGV 1 time to live of the mark in ms, 2 length of the stream, 3 line.
-- Returns 1 when appended, 0 when it had been said.
if not redis.call('SET', KEYS[1], 1, 'NX', 'PX', ARGV[1]) then return 0 end
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[2], '*', 'e', ARGV[3])
return 1
