import { type Script, script } from '../redis-connection.js';
import { whileAwaited } from './while-awaited.js';

/**
 * Lua that the scripts here share; each script is one atomic step, so what it looks at cannot change under it. What a code or token descends from is
 * looked up under keys that are only known once it is read: the reason why one store cannot be spread over a Redis Cluster.
 */
const shared = `
local prefix = ARGV[1]
-- Whether a move is under way, in scripts that change something: see guard.
local moving = false
-- Notes a changed key, by the same step, until it is copied.
local function note(key)
  if moving then redis.call('RPUSH', prefix .. 'move:changes', string.sub(key, #prefix + 1)) end
end
-- The end of a grant by itself: moment and reason, or nil.
local function known(grant)
  local ended = redis.call('HMGET', prefix .. 'grant:' .. grant, 'at', 'why')
  return ended[1] and ended or nil
end
-- Why nothing that descends from this grant is good any more: moment and reason of what came first, or nil.
local function ending(grant, client, user)
  local first = nil
  local function consider(at, why)
    if at and (not first or tonumber(at) < tonumber(first[1])) then first = { at, why } end
  end
  if grant ~= '' then
    local own = known(grant)
    if own then return own end
    -- The first 48 bits of a grant's id are the moment at which it was made (RFC 9562 §5.7).
    local made = tonumber(string.sub(grant, 1, 8) .. string.sub(grant, 10, 13), 16)
    for _, of in ipairs({ 'user:' .. user, 'client:' .. client, 'pair:' .. user .. ':' .. client }) do
      local mark = redis.call('ZRANGEBYSCORE', prefix .. 'ends-of-' .. of, made, '+inf', 'LIMIT', 0, 1)[1]
      if mark then consider(string.match(mark, '^(%d+):(.*)$')) end
    end
  end
  consider(redis.call('GET', prefix .. 'removed-client:' .. client) or nil, 'revoked_by_operator')
  return first
end
local function shutOut(user)
  return redis.call('EXISTS', prefix .. 'shut-out:' .. user) == 1
end
-- Keeps what is known of a grant for at least so long.
local function need(grant, life)
  local key = prefix .. 'grant:' .. grant
  if redis.call('PTTL', key) >= tonumber(life) then return end
  redis.call('HSET', key, 'is', 1)
  redis.call('PEXPIRE', key, life)
end
-- Ends a grant; the first reason stays. Answers the one that stands.
local function finish(grant, at, why, life)
  local ended = known(grant)
  if ended then return ended end
  redis.call('HSET', prefix .. 'grant:' .. grant, 'at', at, 'why', why)
  note(prefix .. 'grant:' .. grant)
  need(grant, life)
  return { at, why }
end
-- Notes a moment under a key for so long; of several the latest stands. Answers the one that stands.
local function raise(key, at, life)
  local known = redis.call('GET', key)
  if known and tonumber(known) >= tonumber(at) then return known end
  redis.call('SET', key, at, 'PX', life)
  return at
end
-- Why these keys may not be added, or nothing: one is there already, or it is not noted how far the log of the other store was told (an emptied Redis): one that is set back to that moment later would not be told what ended since.
local function mayNotAdd(...)
  if redis.call('EXISTS', prefix .. 'healed') == 0 then return redis.error_reply('UNTOLD it is not known here what has ended') end
  for _, key in ipairs({...}) do
    if redis.call('EXISTS', key) == 1 then return redis.error_reply('TAKEN ' .. key .. ' is in the store already') end
  end
end
local function save(key, life, ...)
  redis.call('HSET', key, ...)
  redis.call('PEXPIRE', key, life)
  note(key)
end
`;

/** A script that only looks. */
export const reading = (body: string): Script => script(shared + body);

/** Nothing is changed here any more once this store has moved, or is about to. */
const guard = `
moving = redis.call('HGET', prefix .. 'move', 'stage')
if moving == 'moved' or moving == 'leaving' then return redis.error_reply('GONE this store has moved') end
`;

/** A script that changes something for a caller who waits for it, or nothing. */
export const writing = (body: string): Script => whileAwaited(shared + guard + body);

/** One that changes something also when its caller has given up: it ends what was to end, or notes what has happened. */
export const writingLate = (body: string): Script => script(shared + guard + body);
