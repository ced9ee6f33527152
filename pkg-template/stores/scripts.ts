/**
 * The steps of a store, inside of Redis: one script a step, with one key, so that a cluster can move keys
 * meanwhile. Redis's clock is the only one: `TIME`, in whole milliseconds. The rules are those of
 * `window.ts` and `record.ts`.
 */

const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** `freeAt` of `window.ts`. */
const FREE_AT = `
local function free_at(blocking, per, held, now)
  if not blocking then return math.max(now, held) end
  if blocking > now then return nil end
  return math.max(now, held, blocking + per)
end
`;

/**
 * A window is a sorted set of slots by `at`. What it keeps besides are members with negative scores,
 * which no slot has: `held` and `longest` of `WindowState`, and the latest time as `clock`.
 */
const WINDOW = `${NOW}${FREE_AT}
local key = KEYS[1]
local state = { held = 0, longest = 0, clock = 0 }
local saved = redis.call('ZRANGEBYSCORE', key, '-inf', '(0', 'WITHSCORES')
for i = 1, #saved, 2 do state[saved[i]] = -tonumber(saved[i + 1]) end
local function describe(name, value)
  state[name] = value
  redis.call('ZADD', key, -value, name)
end
local function advance(per)
  local back = state.clock - now
  if back > 0 then
    local slots = redis.call('ZRANGEBYSCORE', key, 0, '+inf', 'WITHSCORES')
    for i = 1, #slots, 2 do redis.call('ZADD', key, slots[i + 1] - back, slots[i]) end
    if state.held > back then describe('held', state.held - back) end
  end
  if back ~= 0 then describe('clock', now) end
  if per > state.longest then describe('longest', per) end
  redis.call('ZREMRANGEBYSCORE', key, 0, now - state.longest)
end
local function blocking(requests)
  local slot = redis.call('ZRANGE', key, -requests, -requests, 'WITHSCORES')
  local at = tonumber(slot[2])
  if at and at >= 0 then return at, slot[1] end
end
local function expire()
  local newest = tonumber(redis.call('ZRANGE', key, -1, -1, 'WITHSCORES')[2])
  redis.call('PEXPIRE', key, math.ceil(state.longest + math.max(0, newest - now, state.held - now)) + 1)
end
`;

/** ARGV: requests, perMs, leaseMs, aheadMs, ids. */
export const TAKE = `${WINDOW}
local requests, per, lease, ahead = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
advance(per)
local reply = { now, 0, math.max(0, state.held - now) }
for i = 5, #ARGV do
  local own = tonumber(redis.call('ZSCORE', key, ARGV[i]) or nil)
  local at, follows, free
  if own then
    free = math.max(now, state.held, own - lease)
  else
    at, follows = blocking(requests)
    free = free_at(at, per, state.held, now)
  end
  if not free or (not own and #reply > 3 and free > now + ahead) then
    reply[2] = free and free - now or per
    break
  end
  redis.call('ZADD', key, free + lease, ARGV[i])
  reply[#reply + 1] = free - now
  reply[#reply + 1] = follows or ''
end
expire()
return reply
`;

/** ARGV: perMs, ms, ids. */
export const MARK = `${WINDOW}
advance(tonumber(ARGV[1]))
for i = 3, #ARGV do redis.call('ZADD', key, now + ARGV[2], ARGV[i]) end
expire()
return 1
`;

/** ARGV: ids. */
export const DROP = `return redis.call('ZREM', KEYS[1], unpack(ARGV))`;

/** ARGV: ms. */
export const HOLD = `${WINDOW}
local ms = tonumber(ARGV[1])
if ms <= 0 then return 0 end
advance(0)
describe('held', math.max(state.held, now + ms))
expire()
return 1
`;

/** ARGV: requests, perMs, id. */
export const ADMIT = `${WINDOW}
local requests, per = tonumber(ARGV[1]), tonumber(ARGV[2])
advance(per)
if redis.call('ZSCORE', key, ARGV[3]) then return 0 end
local wait = (free_at(blocking(requests), per, 0, now) or now + per) - now
if wait <= 0 then redis.call('ZADD', key, now, ARGV[3]) end
expire()
return wait
`;

/**
 * What must stay the same for Redis to have lost nothing: the run of its process, the history that it
 * replicates, the number of keys that it evicted. Empty where \`INFO\` is not permitted.
 */
const HISTORY = `
local function info(section, field)
  local text = redis.pcall('INFO', section)
  return type(text) == 'string' and string.match(text, field .. ':(%C*)') or ''
end
local function history()
  return info('server', 'run_id') .. ' ' .. info('replication', 'master_replid') .. ' ' .. info('stats', 'evicted_keys')
end
`;

/**
 * Since when nothing was lost. A restarted Redis has all that was written since its start; a promoted
 * replica, or one that evicts keys, may have lost anything until now.
 */
export const REMEMBERS = `${NOW}${HISTORY}
local key, current = KEYS[1], history()
local saved = redis.call('HMGET', key, 'history', 'since')
local since = tonumber(saved[2] or nil)
if saved[1] ~= current or since > now then
  local was_replica = info('replication', 'second_repl_offset') ~= '-1'
  local evicts = info('stats', 'evicted_keys') ~= '0'
  local is_restart = saved[1] and saved[1] ~= current and not was_replica and not evicts
  since = is_restart and now - 1000 * (tonumber(info('server', 'uptime_in_seconds')) or 0) or now
  redis.call('HSET', key, 'history', current, 'since', since)
end
redis.call('PEXPIRE', key, ARGV[1])
return { current, string.format('%.0f', since), info('memory', 'maxmemory_policy'), info('persistence', 'aof_enabled') }
`;

/** `judge` of `record.ts`. ARGV: owner, fingerprint, leaseMs, keepMs, sinceMs, history, remembersSince. */
const JUDGE = `${NOW}${HISTORY}
local key = KEYS[1]
local known = redis.call('HMGET', key, 'fingerprint', 'owner', 'lease', 'answer')
local function judge()
  if not known[1] then
    local remembers, since = tonumber(ARGV[7]), tonumber(ARGV[5])
    if history() ~= ARGV[6] or now < remembers then return 'forgot' end
    return since > 0 and now - since <= remembers and 'unknown' or 'new'
  end
  if known[2] == '' then return known[1] == ARGV[1] and 'unknown' or 'new' end
  if known[1] ~= ARGV[2] then return 'different' end
  if known[4] then return 'done' end
  if known[2] == ARGV[1] then return 'new' end
  -- It moves along with a clock that was put back.
  if tonumber(known[3]) > now + ARGV[3] then
    known[3] = now + ARGV[3]
    redis.call('HSET', key, 'lease', known[3])
  end
  return now < tonumber(known[3]) and 'running' or 'unknown'
end
local state = judge()
`;

export const READ = `${JUDGE}
return { state, state == 'done' and known[4] or '' }
`;

export const BEGIN = `${JUDGE}
if state == 'new' then
  redis.call('HSET', key, 'fingerprint', ARGV[2], 'owner', ARGV[1], 'lease', now + ARGV[3])
  redis.call('PEXPIRE', key, ARGV[4])
end
return { state, state == 'done' and known[4] or '' }
`;

/** ARGV: owner, leaseMs. */
export const RENEW = `${NOW}
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'lease', now + ARGV[2])
return 1
`;

/** ARGV: owner, answer. */
export const FINISH = `
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'answer', ARGV[2])
return 1
`;

/** ARGV: owner, and for how long a request to begin may be under way. */
export const FORGET = `
local owner = redis.call('HGET', KEYS[1], 'owner')
if owner and owner ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'owner', '', 'fingerprint', ARGV[1])
if not owner then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 1
`;

/** For the tests: the rule alone. ARGV: blocking or an empty text, perMs, heldUntil, now. */
export const FREE_AT_ALONE = `${FREE_AT}
local free = free_at(tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]))
return free and string.format('%.0f', free) or ''
`;
