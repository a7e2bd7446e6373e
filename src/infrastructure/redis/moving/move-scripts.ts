import { script } from '../redis-connection.js';
import { whileAwaited } from '../scripts/while-awaited.js';

const shared = `
local prefix = ARGV[1]
local move = prefix .. 'move'
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
`;

/** ARGV prefix, cursor, pattern, count. Answers the next cursor, then a key and its fields for each that was found. */
export const scanHashes = script(`
local found = redis.call('SCAN', ARGV[2], 'MATCH', ARGV[3], 'COUNT', ARGV[4])
local answer = { found[1] }
for _, key in ipairs(found[2]) do
  local kind = redis.call('TYPE', key).ok
  local value = kind == 'hash' and redis.call('HGETALL', key) or kind == 'string' and { 'at', redis.call('GET', key) } or {}
  table.insert(answer, { string.sub(key, #ARGV[1] + 1), value })
end
return answer`);

/** KEYS any. Answers the fields of each. */
export const readHashes = script(`
local answer = {}
for _, key in ipairs(KEYS) do
  local kind = redis.call('TYPE', key).ok
  table.insert(answer, kind == 'hash' and redis.call('HGETALL', key) or kind == 'string' and { 'at', redis.call('GET', key) } or {})
end
return answer`);

/** KEYS record; ARGV prefix, life, grant or '', then fields and values. Over whatever was there. */
export const putHash = whileAwaited(`
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], unpack(ARGV, 4))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
if ARGV[3] ~= '' then
  local grant = ARGV[1] .. 'grant:' .. ARGV[3]
  if redis.call('PTTL', grant) < tonumber(ARGV[2]) then
    redis.call('HSET', grant, 'is', 1)
    redis.call('PEXPIRE', grant, ARGV[2])
  end
end
return 1`);

/** KEYS grant; ARGV prefix, life, at, why. What is known of it is kept at least so long; the end of today stands. */
export const putEnd = script(`
redis.call('HSET', KEYS[1], 'at', ARGV[3], 'why', ARGV[4])
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 1`);

/** KEYS mark; ARGV prefix, life, moment. */
export const putMark = script(`redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[2])
return 1`);

/** KEYS any. */
export const dropKeys = whileAwaited(`return redis.call('DEL', unpack(KEYS))`);

/** ARGV prefix, a random name. Answers what this part of Redis is called, for ever. */
export const nameOf = script(`
redis.call('SET', ARGV[1] .. 'name', ARGV[2], 'NX')
return redis.call('GET', ARGV[1] .. 'name')`);

/** ARGV prefix, who, milliseconds. 1: nobody else copies from or to this store meanwhile. */
export const claimMove = script(`
local holder = redis.call('GET', ARGV[1] .. 'move:claim')
if holder and holder ~= ARGV[2] then return 0 end
redis.call('SET', ARGV[1] .. 'move:claim', ARGV[2], 'PX', ARGV[3])
return 1`);

/** ARGV prefix, who. */
export const yieldMove = script(`
if redis.call('GET', ARGV[1] .. 'move:claim') == ARGV[2] then redis.call('DEL', ARGV[1] .. 'move:claim') end
return 1`);

/** ARGV prefix. Answers destination, stage, progress. */
export const readMove = script(`${shared}
return redis.call('HMGET', move, 'destination', 'stage', 'progress')`);

/** ARGV prefix, destination. */
export const beginMove = whileAwaited(`${shared}
if redis.call('EXISTS', move) == 1 then return 0 end
redis.call('HSET', move, 'destination', ARGV[2], 'stage', 'copying', 'progress', '{}')
return 1`);

/** ARGV prefix, progress. */
export const keepProgress = whileAwaited(`${shared}
return redis.call('HSET', move, 'progress', ARGV[2])`);

/** ARGV prefix, limit. */
export const readChanges = script(`return redis.call('LRANGE', ARGV[1] .. 'move:changes', 0, ARGV[2] - 1)`);

/** ARGV prefix, count. */
export const dropChanges = whileAwaited(`return redis.call('LTRIM', ARGV[1] .. 'move:changes', ARGV[2], -1)`);

/** ARGV prefix, keys. */
export const addChanges = script(`
for index = 2, #ARGV do redis.call('RPUSH', ARGV[1] .. 'move:changes', ARGV[index]) end
return 1`);

/** ARGV prefix, milliseconds. */
export const holdMove = whileAwaited(`${shared}
redis.call('HSET', move, 'stage', 'held', 'until', string.format('%d', now() + ARGV[2]))
return 1`);

/** ARGV prefix. What is held, or refused for the moment, goes on. */
export const releaseMove = script(`${shared}
local stage = redis.call('HGET', move, 'stage')
if stage == 'held' or stage == 'leaving' then redis.call('HSET', move, 'stage', 'copying') end
return 1`);

/** ARGV prefix, spare, from, to. 1: it is at the next stage; 0: the hold is over, or will be too soon. */
export const passStage = whileAwaited(`${shared}
if redis.call('HGET', move, 'stage') ~= ARGV[3] then return 0 end
if tonumber(redis.call('HGET', move, 'until')) <= now() + tonumber(ARGV[2]) then return 0 end
redis.call('HSET', move, 'stage', ARGV[4])
return 1`);

/** ARGV prefix. Who decides: old, held or new. A hold that nobody ended in time is over, and so is what was refused meanwhile. */
export const readPhase = script(`${shared}
local known = redis.call('HMGET', move, 'stage', 'until')
if known[1] == 'moved' then return 'new' end
if known[1] == 'held' or known[1] == 'leaving' then
  if tonumber(known[2]) > now() then return 'held' end
  redis.call('HSET', move, 'stage', 'copying')
end
return 'old'`);

/** ARGV prefix. */
export const abandonMove = whileAwaited(`${shared}
return redis.call('DEL', move, move .. ':changes')`);
