import { reading, writing, writingLate } from './atomic-step.js';

/** KEYS code; ARGV prefix, life, grant, then fields and values. */
export const addCode = writing(`
local refusal = mayNotAdd(KEYS[1])
if refusal then return refusal end
save(KEYS[1], ARGV[2], unpack(ARGV, 4))
need(ARGV[3], ARGV[2])
return 1`);

/** KEYS access token, moment of the client's newest; ARGV prefix, life, issued, then fields and values. */
export const addOwnToken = writing(`
local refusal = mayNotAdd(KEYS[1])
if refusal then return refusal end
save(KEYS[1], ARGV[2], unpack(ARGV, 4))
raise(KEYS[2], ARGV[3], ARGV[2])
return 1`);

/**
 * KEYS code, access token[, refresh token]; ARGV prefix, at, life of an end, life of what is known of the grant, access life, access record, then, where
 * there is one, refresh life, record, expiry. Answers the outcome, and for `replayed` how the grant ended.
 */
export const consumeCode = writing(`
local code = redis.call('HMGET', KEYS[1], 'grant', 'client', 'user', 'expires', 'used')
local grant, client, user = code[1], code[2], code[3]
if not grant then return { 'unknown' } end
if code[5] then
  local ended = ending(grant, client, user) or finish(grant, ARGV[2], 'code_replayed', ARGV[3])
  return { 'replayed', ended[1], ended[2] }
end
if ending(grant, client, user) or shutOut(user) then return { 'revoked' } end
if tonumber(code[4]) <= tonumber(ARGV[2]) then return { 'expired' } end
local refusal = mayNotAdd(unpack(KEYS, 2))
if refusal then return refusal end
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
local refusal = mayNotAdd(unpack(KEYS, 2))
if refusal then return refusal end
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

/**
 * KEYS token; ARGV prefix. Answers the record, two moments of a refresh token, how it or what it descends from ended, and, of a token under no grant, until when all
 * that its client obtained for itself has ended.
 */
export const findToken = reading(`${descent}
local ended = of[4] and { of[4], of[5] } or ending(of[1], of[2], of[3]) or { false, false }
local token = redis.call('HMGET', KEYS[1], 'record', 'rotated', 'expires')
local own = of[1] == '' and redis.call('GET', prefix .. 'own-tokens:' .. of[2])
return { token[1], token[2], token[3], ended[1], ended[2], own }`);

/** KEYS token; ARGV prefix, at, why. 1: this call ended it. */
export const revokeToken = writingLate(`${descent}
if of[4] or ending(of[1], of[2], of[3]) then return 0 end
redis.call('HSET', KEYS[1], 'revoked', ARGV[2], 'why', ARGV[3])
note(KEYS[1])
return 1`);
