/**
 * The steps of a store in Lua: one script with one key for each step, so that a cluster can move keys meanwhile.
 * Only Redis's clock is used: `TIME`, in whole milliseconds. The rules are those of `store/window.ts` and
 * `store/record.ts`.
 */
import { ANY_REQUEST } from "../store/record.js";
import { LEAST_KEPT_MS, MOST_KEPT } from "../store/window.js";

/** How long a step may be in transit, in milliseconds: Redis's clock may be ahead of the expected time by this much. */
const LONGEST_LATENESS_MS = 10_000;

export const NOW = `
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
 * A window is a sorted set of slots by `at`. Its state is in members with negative scores, which slots do not have:
 * `held` and `longest` of `WindowState`, and the latest time as `clock`.
 */
const WINDOW = `${NOW}${FREE_AT}
local key = KEYS[1]
local state = { held = 0, longest = 0, clock = 0 }
local saved = redis.call('ZRANGEBYSCORE', key, '-inf', '(0', 'WITHSCORES')
for i = 1, #saved, 2 do state[saved[i]] = -tonumber(saved[i + 1]) end
local function describe(name, value)
  state[name] = value
  if value > 0 then redis.call('ZADD', key, -value, name) else redis.call('ZREM', key, name) end
end
local function newest()
  return tonumber(redis.call('ZRANGE', key, -1, -1, 'WITHSCORES')[2] or -1)
end
local function kept_ms()
  return math.max(state.longest, ${LEAST_KEPT_MS})
end
local slots
local function count_slots()
  slots = redis.call('ZCOUNT', key, 0, '+inf')
  local surplus = slots - ${MOST_KEPT}
  if surplus <= 0 then return end
  surplus = math.min(surplus, redis.call('ZCOUNT', key, 0, now - state.longest))
  if surplus == 0 then return end
  local first = redis.call('ZCARD', key) - slots
  redis.call('ZREMRANGEBYRANK', key, first, first + surplus - 1)
  slots = slots - surplus
end
local function advance(per)
  local back = state.clock - now
  if back > 0 then
    local slots = redis.call('ZRANGEBYSCORE', key, 0, '+inf', 'WITHSCORES')
    for i = 1, #slots, 2 do redis.call('ZADD', key, slots[i + 1] - back, slots[i]) end
    if state.held > back then describe('held', state.held - back) end
  end
  if back ~= 0 then describe('clock', now) end
  redis.call('ZREMRANGEBYSCORE', key, 0, now - kept_ms())
  count_slots()
  if per == state.longest then return end
  local is_idle = state.held <= now and slots == 0
  local longest = is_idle and per or math.max(state.longest, per)
  if longest ~= state.longest then describe('longest', longest) end
end
local function blocking(requests)
  if slots < requests then return end
  local slot = redis.call('ZRANGE', key, -requests, -requests, 'WITHSCORES')
  return tonumber(slot[2]), slot[1]
end
local function expire()
  local ttl = kept_ms() + math.max(0, newest() - now, state.held - now) + 1
  redis.call('PEXPIRE', key, ttl)
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
  if not own then slots = slots + 1 end
  reply[#reply + 1] = free - now
  reply[#reply + 1] = follows or ''
end
expire()
return reply
`;

/** ARGV: perMs, ms, ids. */
export const MARK = `${WINDOW}
advance(tonumber(ARGV[1]))
local marked = {}
for i = 3, #ARGV do
  marked[#marked + 1] = now + ARGV[2]
  marked[#marked + 1] = ARGV[i]
end
redis.call('ZADD', key, unpack(marked))
expire()
return 1
`;

/** ARGV: ids. */
export const DROP = `${WINDOW}
advance(0)
redis.call('ZREM', key, unpack(ARGV))
expire()
return 1
`;

/** ARGV: ms. */
export const HOLD = `${WINDOW}
local ms = tonumber(ARGV[1])
advance(0)
if ms > 0 then describe('held', math.max(state.held, now + ms)) end
expire()
return 1
`;

/** ARGV: requests, perMs, id. */
export const ADMIT = `${WINDOW}
local requests, per = tonumber(ARGV[1]), tonumber(ARGV[2])
advance(per)
local wait = 0
if not redis.call('ZSCORE', key, ARGV[3]) then
  wait = (free_at(blocking(requests), per, 0, now) or now + per) - now
  if wait <= 0 then redis.call('ZADD', key, now, ARGV[3]) end
end
expire()
return wait
`;

/**
 * Identifies a history without lost records: the run of the process, the replication history, and the number of
 * evicted keys. Empty if `INFO` is not permitted. The clock must not have been set forward either, because keys
 * expire by it; therefore the caller passes the time that it expects.
 */
const HISTORY = `
local function info(section, field)
  local text = redis.pcall('INFO', section)
  return type(text) == 'string' and string.match(text, field .. ':(%C*)') or ''
end
local function history()
  return info('server', 'run_id') .. ' ' .. info('replication', 'master_replid') .. ' ' .. info('stats', 'evicted_keys')
end
local function leapt(expected)
  return now - expected > ${LONGEST_LATENESS_MS}
end
`;

/**
 * Since when no record was lost. A restarted Redis, or the one to which a cluster moved the keys, has everything that
 * was written since its start; a promoted replica, or a Redis that evicts keys or whose clock was set forward, may
 * have lost anything until now. ARGV: how long to keep this, the expected time.
 */
export const REMEMBERS = `${NOW}${HISTORY}
local key, current = KEYS[1], history()
local saved = redis.call('HMGET', key, 'history', 'since')
local since = tonumber(saved[2] or now)
local has_leapt = leapt(tonumber(ARGV[2]))
if saved[1] ~= current or since > now or has_leapt then
  local was_replica = info('replication', 'second_repl_offset') ~= '-1'
  local evicts = info('stats', 'evicted_keys') ~= '0'
  local knows = saved[1] and since <= now and not (was_replica or evicts or has_leapt)
  -- Seconds of uptime are rounded down.
  local started = now - 1000 * (tonumber(info('server', 'uptime_in_seconds')) or 0) + 1000
  since = knows and math.max(since, math.min(now, started)) or now
  redis.call('HSET', key, 'history', current, 'since', since)
end
redis.call('PEXPIRE', key, ARGV[1])
return { current, since, now, info('memory', 'maxmemory'), info('memory', 'maxmemory_policy'), info('persistence', 'aof_enabled') }
`;

/**
 * `judge` of `record.ts`; `forgot` if the history that this process knows has ended.
 * ARGV: owner, fingerprint, leaseMs, keepMs, sinceMs, the expected time, history, completeSince.
 */
const JUDGE = `${NOW}${HISTORY}
local key = KEYS[1]
local lease_ms, since_ms, expected, remembers = tonumber(ARGV[3]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[8])
local fingerprint, owner, lease, answer = unpack(redis.call('HMGET', key, 'fingerprint', 'owner', 'lease', 'answer'))
lease = tonumber(lease or nil)
-- If the clock was set back, the lease moves along.
if lease and lease > now + lease_ms then
  lease = now + lease_ms
  redis.call('HSET', key, 'lease', lease)
end
local function judge()
  if not fingerprint or owner == '' then
    if owner == '' and fingerprint == ARGV[1] then return 'unknown' end
    if since_ms == 0 then return 'new' end
    if history() ~= ARGV[7] or leapt(expected) then return 'forgot' end
    if fingerprint and lease >= remembers then return 'new' end
    return math.min(now, expected) - since_ms <= remembers and 'unknown' or 'new'
  end
  if ARGV[2] ~= 'f${ANY_REQUEST}' and fingerprint ~= ARGV[2] then return 'different' end
  if answer then return 'done' end
  if owner == ARGV[1] then return 'new' end
  return now < lease and 'running' or 'unknown'
end
local state = judge()
local reply = { state, now, state == 'done' and answer or '' }
`;

export const READ = `${JUDGE}
return reply
`;

export const BEGIN = `${JUDGE}
if state == 'new' then
  if answer then redis.call('HDEL', key, 'answer') end
  redis.call('HSET', key, 'fingerprint', ARGV[2], 'owner', ARGV[1], 'lease', now + lease_ms)
  redis.call('PEXPIRE', key, ARGV[4])
end
return reply
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

/** ARGV: owner, and how long a step `begin` may be in transit. */
export const FORGET = `${NOW}
local owner = redis.call('HGET', KEYS[1], 'owner')
if owner and owner ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'owner', '', 'fingerprint', ARGV[1], 'lease', now)
if not owner then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 1
`;

/** ARGV: the expected answer, the new answer. */
export const SETTLE = `${NOW}
local owner, fingerprint, lease, answer = unpack(redis.call('HMGET', KEYS[1], 'owner', 'fingerprint', 'lease', 'answer'))
if not owner then return 0 end
if owner == '' then return ARGV[2] == '' and fingerprint == '' and 1 or 0 end
if answer and answer == ARGV[2] then return 1 end
if (answer or '') ~= ARGV[1] or (ARGV[1] == '' and now < tonumber(lease)) then return 0 end
if ARGV[2] ~= '' then
  redis.call('HSET', KEYS[1], 'answer', ARGV[2])
else
  redis.call('HSET', KEYS[1], 'owner', '', 'fingerprint', '', 'lease', now)
  redis.call('HDEL', KEYS[1], 'answer')
end
return 1
`;
