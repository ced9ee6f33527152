/**
 * The steps on the items of a run in Lua. A run is a hash: each item is a field `state owner lease detail`, and the
 * settings are the field without a name. The rules are those of `store/run-items.ts`.
 */
import { ANY_OWNER, LONGEST_LEASE_MS } from "../store/run-items.js";
import { NOW } from "./scripts.js";

const ITEMS = `${NOW}
local run = KEYS[1]
local function put(key, state, owner, lease, detail)
  redis.call('HSET', run, key, state .. ' ' .. owner .. ' ' .. string.format('%.0f', lease) .. ' ' .. detail)
end
local function parse(value)
  local state, owner, lease, detail = string.match(value, '^(%l+) (%S*) (%d*) (.*)$')
  return { state = state, owner = owner, lease = tonumber(lease), detail = detail }
end
local function get(key)
  local value = redis.call('HGET', run, key)
  return value and parse(value)
end
local function get_moved(key)
  local row = get(key)
  if row and row.lease > now + ${LONGEST_LEASE_MS} then
    row.lease = now + ${LONGEST_LEASE_MS}
    put(key, row.state, row.owner, row.lease, row.detail)
  end
  return row
end
local function is_over(row)
  return row.state == 'sending' and row.lease <= now
end
`;

/** ARGV: settings, owner, leaseMs, keepMs, most, keys. */
export const CLAIM = `${ITEMS}
local settings, owner, lease_ms, left = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[5])
if settings ~= '' then
  local known = redis.call('HGET', run, '')
  if known and known ~= settings then return { now, known } end
  redis.call('HSET', run, '', settings)
  redis.call('PEXPIRE', run, ARGV[4])
end
local function claim(key)
  local row = get_moved(key)
  if row then
    if row.state == 'sent' or row.state == 'unknown' then return row.state, row.detail end
    if is_over(row) then return 'unknown', '' end
  end
  local is_own = row and row.state == 'claimed' and row.owner == owner
  if row and not is_own and row.lease > now then return 'busy', row.lease - now end
  if not is_own then
    left = left - 1
    if left < 0 then return 'free', '' end
  end
  put(key, 'claimed', owner, now + lease_ms, '')
  return 'claimed', ''
end
local reply = { now, '' }
for i = 6, #ARGV do
  local state, detail = claim(ARGV[i])
  reply[#reply + 1] = state
  reply[#reply + 1] = ':' .. detail
end
return reply
`;

/** ARGV: key, owner, claimant, leaseMs. */
export const START_ITEM = `${ITEMS}
local key, owner, claimant, lease_ms = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local row = get_moved(key)
if row then
  local state = row.state
  if state == 'sent' or (state == 'unknown' and row.detail ~= '') then return { 'done', ':' .. row.detail } end
  if state == 'unknown' or is_over(row) then return { 'unknown', ':' } end
  if state == 'sending' and row.owner ~= owner then return { 'running', ':' } end
  if state == 'free' and row.owner == owner then return { 'unknown', ':' } end
  if state == 'claimed' and row.owner ~= claimant and row.lease > now then return { 'running', ':' } end
end
put(key, 'sending', owner, now + lease_ms, '')
return { 'new', ':' }
`;

/** ARGV: key, owner, leaseMs. */
export const RENEW_ITEM = `${ITEMS}
local row = get(ARGV[1])
if not row or row.state ~= 'sending' or row.owner ~= ARGV[2] then return 0 end
put(ARGV[1], row.state, row.owner, now + ARGV[3], '')
return 1
`;

/** ARGV: key, owner, state, detail. */
export const END_ITEM = `${ITEMS}
local key, owner, state, detail = unpack(ARGV)
local row = get(key)
local function may_end()
  if owner == '${ANY_OWNER}' then return row and (row.state == 'unknown' or is_over(row)) end
  if row and (row.state == 'sending' or row.state == 'claimed') then return row.owner == owner end
  return state ~= 'sent' and state ~= 'unknown' and not (row and (row.state == 'sent' or row.state == 'unknown'))
end
if row and row.state == state and row.detail == detail then return 1 end
if not may_end() then return 0 end
put(key, state, state == 'free' and owner or '', 0, detail)
return 1
`;

/** ARGV: cursor, most. */
export const LIST_ITEMS = `${ITEMS}
local page = redis.call('HSCAN', run, ARGV[1], 'COUNT', ARGV[2])
local reply = { ':' .. page[1] }
for i = 1, #page[2], 2 do
  if page[2][i] ~= '' then
    local row = parse(page[2][i + 1])
    reply[#reply + 1] = ':' .. page[2][i]
    reply[#reply + 1] = is_over(row) and 'unknown' or row.state
    reply[#reply + 1] = ':' .. (row.state == 'sent' and '' or row.detail)
  end
end
return reply
`;
