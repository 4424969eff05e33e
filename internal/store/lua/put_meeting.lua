-- Writes a meeting and everything that finds it, in one step.
-- KEYS 1 meeting, 2 meetings, 3 series, 4 agenda, 5 purge, 6 bound, 7 agenda revision.
-- ARGV 1 number, 2 JSON, 3 'new' or 'known', 4 revision that was read, 5 start, 6 '1' when it repeats,
--      7 last end when it occupies the room, else '', 8 when to forget it, else '', 9 event field, else '',
--      10 time to live in seconds, 0 for ever.
-- Returns {'ok', revision}, {'stale', revision}, {'taken', number that has the event} or {'gone', ''}.
local number, event = ARGV[1], ARGV[9]
local owner = event ~= '' and redis.call('HGET', KEYS[6], event)
if owner and owner ~= number then return {'taken', owner} end
local last = redis.call('HGET', KEYS[6], number)
if last and event == '' then return {'taken', number} end -- bound since it was read: it never loses its event again

local known = redis.call('EXISTS', KEYS[1]) == 1
local revision = redis.call('GET', KEYS[7]) or '0'
if ARGV[3] == 'known' and not known then return {'gone', ''} end
if ARGV[3] == 'new' and known and redis.call('GET', KEYS[1]) == ARGV[2] then return {'ok', revision} end
if ARGV[7] ~= '' and revision ~= ARGV[4] then return {'stale', revision} end

local before = redis.call('ZSCORE', KEYS[4], number)
redis.call('SET', KEYS[1], ARGV[2])
if ARGV[10] ~= '0' then redis.call('EXPIRE', KEYS[1], ARGV[10]) end
redis.call('ZADD', KEYS[2], ARGV[5], number)
redis.call(ARGV[6] == '1' and 'SADD' or 'SREM', KEYS[3], number)

if ARGV[8] == '' then redis.call('ZREM', KEYS[5], number) else redis.call('ZADD', KEYS[5], ARGV[8], number) end
if last and last ~= event then redis.call('HDEL', KEYS[6], last, number) end
if event ~= '' then redis.call('HSET', KEYS[6], event, number, number, event) end

if ARGV[7] ~= '' then
  redis.call('ZADD', KEYS[4], ARGV[7], number)
elseif before then
  redis.call('ZREM', KEYS[4], number)
else
  return {'ok', revision}
end
return {'ok', tostring(redis.call('INCR', KEYS[7]))}
