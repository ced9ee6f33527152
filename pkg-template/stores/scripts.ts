/**
 * What happens inside of Redis, one script a step. Its clock is the only one: `TIME`, in milliseconds.
 * All keys have one hash tag, so that they are in one place of a cluster.
 */

const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** The earliest time at which one more may go, as `earliest.ts` has it. */
const EARLIEST = `
local function too_many(given, at, requests, per)
  local before = 0
  while given[before + 1] and given[before + 1] <= at do before = before + 1 end
  for first = math.max(0, before - requests), before - 1 do
    local last = first + requests == before and at or given[first + requests]
    if last and last - given[first + 1] < per then return given[first + 1] + per end
  end
  local last = given[before + requests]
  if last and last - at < per then return given[before + 1] end
  return nil
end
local function earliest(given, from, requests, per)
  local at = from
  while true do
    local later = too_many(given, at, requests, per)
    if not later then return at end
    at = later
  end
end
`;

/** KEYS: the given places, the pause. ARGV: id, requests, perMs. */
export const TAKE = `${NOW}${EARLIEST}
local id, requests, per = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local own = redis.call('ZSCORE', KEYS[1], id)
if own and tonumber(own) > now then return tonumber(own) - now end
-- It goes now, and not when it was meant to: so it counts from now on.
redis.call('ZREM', KEYS[1], id)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - per)
local from = math.max(now, tonumber(redis.call('GET', KEYS[2]) or '0'))
-- Whose turn has come is held up by what went, and not by places that are to come.
local till = own and from == now and now or '+inf'
local given = {}
for i, value in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', till, 'WITHSCORES')) do
  if i % 2 == 0 then given[i / 2] = tonumber(value) end
end
local at = earliest(given, from, requests, per)
redis.call('ZADD', KEYS[1], at, id)
local newest = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
redis.call('PEXPIRE', KEYS[1], tonumber(newest[2]) - now + per)
return at - now
`;

/** KEYS: the given places. ARGV: id. */
export const GIVE_BACK = `return redis.call('ZREM', KEYS[1], ARGV[1])`;

/** KEYS: the given places, the pause. ARGV: ms. */
export const HOLD = `${NOW}
local ms = tonumber(ARGV[1])
if ms <= 0 then return 0 end
local till = math.max(now + ms, tonumber(redis.call('GET', KEYS[2]) or '0'))
redis.call('SET', KEYS[2], till, 'PX', till - now)
return redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')
`;

/** For the tests: ARGV: from, requests, perMs, and the given places. */
export const EARLIEST_ALONE = `${EARLIEST}
local given = {}
for i = 4, #ARGV do given[i - 3] = tonumber(ARGV[i]) end
return earliest(given, tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]))
`;

/** KEYS: the requests in the window. ARGV: id, requests, perMs. */
export const ADMIT = `${NOW}
local requests, per = tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - per)
local blocking = redis.call('ZRANGE', KEYS[1], -requests, -requests, 'WITHSCORES')
if blocking[2] then return math.max(1, tonumber(blocking[2]) + per - now) end
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('PEXPIRE', KEYS[1], per)
return 0
`;

/** A record without an owner says that nothing came of it. KEYS: the record, since when is remembered. ARGV: owner, fingerprint, leaseMs, keepMs, sinceMs. */
export const BEGIN = `${NOW}
local record, since = KEYS[1], tonumber(ARGV[5])
local born = tonumber(redis.call('GET', KEYS[2]))
if not born then
  born = now
  redis.call('SET', KEYS[2], now)
end
local known = redis.call('HMGET', record, 'fingerprint', 'lease', 'answer', 'owner')
if not known[1] or known[4] == '' then
  if not known[1] and since > 0 and now - since <= born then return {'unfinished'} end
  redis.call('HSET', record, 'fingerprint', ARGV[2], 'owner', ARGV[1], 'lease', now + ARGV[3])
  redis.call('PEXPIRE', record, ARGV[4])
  return {'begun', ARGV[1]}
end
if known[1] ~= ARGV[2] then return {'different'} end
if known[3] then return {'done', known[3]} end
if now < tonumber(known[2]) then return {'running'} end
return {'unfinished'}
`;

/** KEYS: the record. ARGV: owner, answer. */
export const FINISH = `
if redis.call('HGET', KEYS[1], 'owner') == ARGV[1] then redis.call('HSET', KEYS[1], 'answer', ARGV[2]) end
return 0
`;

/** KEYS: the record. ARGV: owner. */
export const FORGET = `
if redis.call('HGET', KEYS[1], 'owner') == ARGV[1] then redis.call('HSET', KEYS[1], 'owner', '') end
return 0
`;
