import { type Script, script } from './redis-connection.js';

/**
 * Lua that the scripts below share; each script is one atomic step, so what it looks at cannot change under it. What a code or token descends from is
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
local function untaken(...)
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

const reading = (body: string): Script => script(shared + body);

/** Nothing is changed here any more once this store has moved, or is about to. */
const guard = `
moving = redis.call('HGET', prefix .. 'move', 'stage')
if moving == 'moved' or moving == 'leaving' then return redis.error_reply('GONE this store has moved') end
`;

const writing = (body: string): Script => script(shared + guard + body);

/** KEYS record; ARGV prefix, life, then fields and values. */
export const addRecord = writing(`
local taken = untaken(KEYS[1])
if taken then return taken end
save(KEYS[1], unpack(ARGV, 2))
return 1`);

/** KEYS code; ARGV prefix, life, grant, then fields and values. */
export const addCode = writing(`
local taken = untaken(KEYS[1])
if taken then return taken end
save(KEYS[1], ARGV[2], unpack(ARGV, 4))
need(ARGV[3], ARGV[2])
return 1`);

/** ARGV prefix, grant, at, why, life of an end. Answers the moment and reason that stand. */
export const endGrant = writing('return finish(ARGV[2], ARGV[3], ARGV[4], ARGV[5])');

/**
 * KEYS code, access token[, refresh token]; ARGV prefix, at, life of an end, life of what is known of the grant, access life, access record, then, where
 * there is one, refresh life, record, expiry. Answers the outcome, and for `replayed` how the grant ended.
 */
export const consumeCode = writing(`
local code = redis.call('HMGET', KEYS[1], 'grant', 'client', 'user', 'expires', 'used')
local grant, client, user = code[1], code[2], code[3]
if not grant then return { 'unknown' } end
if code[5] then
  local ended = finish(grant, ARGV[2], 'code_replayed', ARGV[3])
  return { 'replayed', ended[1], ended[2] }
end
if ending(grant, client, user) or shutOut(user) then return { 'revoked' } end
if tonumber(code[4]) <= tonumber(ARGV[2]) then return { 'expired' } end
local taken = untaken(unpack(KEYS, 2))
if taken then return taken end
redis.call('HSET', KEYS[1], 'used', 1)
note(KEYS[1])
save(KEYS[2], ARGV[5], 'record', ARGV[6], 'grant', grant, 'client', client, 'user', user)
if KEYS[3] then save(KEYS[3], ARGV[7], 'record', ARGV[8], 'grant', grant, 'client', client, 'user', user, 'expires', ARGV[9]) end
need(grant, ARGV[4])
return { 'consumed' }`);

/** The verdict on a refresh token (KEYS refresh token; ARGV prefix, at, life of an end); falls through when it can be used. */
const verdict = `
local token = redis.call('HMGET', KEYS[1], 'grant', 'client', 'user', 'expires', 'answer', 'repeatable')
local grant, client, user = token[1], token[2], token[3]
if not grant then return { 'unknown' } end
if ending(grant, client, user) or shutOut(user) then return { 'revoked' } end
if token[5] then
  if tonumber(token[6]) > tonumber(ARGV[2]) then return { 'repeated', token[5] } end
  local ended = finish(grant, ARGV[2], 'refresh_token_reused', ARGV[3])
  return { 'reused', ended[1], ended[2] }
end
if tonumber(token[4]) <= tonumber(ARGV[2]) then return { 'expired' } end
local taken = untaken(unpack(KEYS, 2))
if taken then return taken end
save(KEYS[2], ARGV[4], 'record', ARGV[5], 'grant', grant, 'client', client, 'user', user)
`;

/** KEYS refresh token, access token, successor; ARGV of the verdict, then access life and record, successor life, record and expiry, answer, end of grace. */
export const rotateToken = writing(`${verdict}
redis.call('HSET', KEYS[1], 'rotated', ARGV[2], 'answer', ARGV[9], 'repeatable', ARGV[10])
note(KEYS[1])
save(KEYS[3], ARGV[6], 'record', ARGV[7], 'grant', grant, 'client', client, 'user', user, 'expires', ARGV[8])
return { 'rotated' }`);

/** KEYS refresh token, access token; ARGV of the verdict, then access life and record, new life and expiry. */
export const keepToken = writing(`${verdict}
save(KEYS[1], ARGV[6], 'expires', ARGV[7])
return { 'kept' }`);

const descent = `
local of = redis.call('HMGET', KEYS[1], 'grant', 'client', 'user', 'revoked', 'why')
if not of[1] then return false end
`;

/** KEYS token; ARGV prefix. Answers the record, two moments of a refresh token, and how it or what it descends from ended. */
export const findToken = reading(`${descent}
local ended = of[4] and { of[4], of[5] } or ending(of[1], of[2], of[3]) or { false, false }
local token = redis.call('HMGET', KEYS[1], 'record', 'rotated', 'expires')
return { token[1], token[2], token[3], ended[1], ended[2] }`);

/** KEYS token; ARGV prefix, at, why. 1: this call ended it. */
export const revokeToken = writing(`${descent}
if of[4] or ending(of[1], of[2], of[3]) then return 0 end
redis.call('HSET', KEYS[1], 'revoked', ARGV[2], 'why', ARGV[3])
note(KEYS[1])
return 1`);

/** KEYS marks; ARGV prefix, at, why, life. From then on every grant that was made until then has ended. */
export const addMark = writing(`
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[2] .. ':' .. ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1`);

/** KEYS request; ARGV prefix, decision. Answers the decision that was there first, an empty text when there was none, nil when there is no request. */
export const decideRequest = writing(`
local request = redis.call('HMGET', KEYS[1], 'record', 'decision')
if not request[1] then return false end
if request[2] and request[2] ~= '' then return request[2] end
redis.call('HSET', KEYS[1], 'decision', ARGV[2])
note(KEYS[1])
return ''`);

/** KEYS request; ARGV prefix, user. */
export const chooseAccount = writing(`
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'chosen', ARGV[2])
note(KEYS[1])
return 1`);

/** KEYS record; ARGV prefix, fields. */
export const readRecord = script(`return redis.call('HMGET', KEYS[1], unpack(ARGV, 2))`);

/** KEYS run; ARGV prefix, at, fingerprint, expiry, life. Answers the outcome, and the answer where there is one. */
export const beginRun = writing(`
local run = redis.call('HMGET', KEYS[1], 'fingerprint', 'expires', 'answer')
if not run[1] or tonumber(run[2]) <= tonumber(ARGV[2]) then
  redis.call('DEL', KEYS[1])
  save(KEYS[1], ARGV[5], 'at', ARGV[2], 'fingerprint', ARGV[3], 'expires', ARGV[4])
  return { 'fresh' }
end
if run[1] ~= ARGV[3] then return { 'other_request' } end
return run[3] and { 'done', run[3] } or { 'running' }`);

/** KEYS run; ARGV prefix, answer, expiry, least life. */
export const finishRun = writing(`
local run = redis.call('HMGET', KEYS[1], 'at', 'answer')
if not run[1] or run[2] then return 0 end
save(KEYS[1], string.format('%d', math.max(0, tonumber(ARGV[3]) - tonumber(run[1])) + tonumber(ARGV[4])), 'answer', ARGV[2], 'expires', ARGV[3])
return 1`);

/** KEYS run. */
export const forgetRun = writing(`
if redis.call('HEXISTS', KEYS[1], 'answer') == 0 and redis.call('DEL', KEYS[1]) == 1 then note(KEYS[1]) end
return 1`);

/** KEYS mark; ARGV prefix, value. The first value stays. */
export const setMark = writing(`return redis.call('SET', KEYS[1], ARGV[2], 'NX') and 1 or 0`);

/** KEYS mark. */
export const clearMark = writing(`return redis.call('DEL', KEYS[1])`);

/** Up to which place in the log of revocations of the other store this one knows what has ended. ARGV prefix. */
export const healedUpTo = script(`return redis.call('GET', ARGV[1] .. 'healed')`);

/** ARGV prefix, place. */
export const noteHealed = script(`return redis.call('SET', ARGV[1] .. 'healed', ARGV[2])`);
