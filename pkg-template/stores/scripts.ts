/**
 * What happens inside of Redis, one script a step. Its clock is the only one: `TIME`, in milliseconds.
 * All keys have one hash tag, so that they are in one place of a cluster.
 */

const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** KEYS: the given places, those given back, the pause. ARGV: id, requests, perMs. */
export const TAKE = `${NOW}
local given, free, held = KEYS[1], KEYS[2], KEYS[3]
local id, requests, per = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local own = redis.call('ZSCORE', given, id)
if own then return math.max(0, tonumber(own) - now) end
redis.call('ZREMRANGEBYSCORE', given, '-inf', now - per)
redis.call('ZREMRANGEBYSCORE', free, '-inf', '(' .. now)
local at = math.max(now, tonumber(redis.call('GET', held) or '0'))
local returned = redis.call('ZRANGE', free, 0, 0, 'WITHSCORES')
if returned[1] and tonumber(returned[2]) >= at then
  at = tonumber(returned[2])
  redis.call('ZREM', free, returned[1])
  redis.call('ZREM', given, returned[1])
else
  local newest = redis.call('ZRANGE', given, -1, -1, 'WITHSCORES')
  if newest[2] then at = math.max(at, tonumber(newest[2])) end
  local blocking = redis.call('ZRANGE', given, -requests, -requests, 'WITHSCORES')
  if blocking[2] then at = math.max(at, tonumber(blocking[2]) + per) end
end
redis.call('ZADD', given, at, id)
redis.call('PEXPIRE', given, at - now + per + 1000)
return at - now
`;

/** KEYS: the given places, those given back. ARGV: id. */
export const GIVE_BACK = `${NOW}
local at = redis.call('ZSCORE', KEYS[1], ARGV[1])
if at and tonumber(at) > now then
  redis.call('ZADD', KEYS[2], at, ARGV[1])
  redis.call('PEXPIRE', KEYS[2], at - now + 1000)
end
return 0
`;

/** KEYS: the given places, those given back, the pause. ARGV: ms. */
export const HOLD = `${NOW}
local ms = tonumber(ARGV[1])
if ms <= 0 then return 0 end
local till = math.max(now + ms, tonumber(redis.call('GET', KEYS[3]) or '0'))
redis.call('SET', KEYS[3], till, 'PX', till - now)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '(' .. now, '+inf')
redis.call('DEL', KEYS[2])
return 0
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

/** KEYS: the record, since when is remembered. ARGV: owner, fingerprint, leaseMs, keepMs, sinceMs. */
export const BEGIN = `${NOW}
local record, since = KEYS[1], tonumber(ARGV[5])
local born = tonumber(redis.call('GET', KEYS[2]))
if not born then
  born = now
  redis.call('SET', KEYS[2], now)
end
local known = redis.call('HMGET', record, 'fingerprint', 'lease', 'answer')
if not known[1] then
  if since > 0 and now - since <= born then return {'unfinished'} end
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
if redis.call('HGET', KEYS[1], 'owner') == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 0
`;
