import { writing, writingLate } from './atomic-step.js';

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
export const finishRun = writingLate(`
local run = redis.call('HMGET', KEYS[1], 'at', 'answer')
if not run[1] or run[2] then return 0 end
save(KEYS[1], string.format('%d', math.max(0, tonumber(ARGV[3]) - tonumber(run[1])) + tonumber(ARGV[4])), 'answer', ARGV[2], 'expires', ARGV[3])
return 1`);

/** KEYS run. */
export const forgetRun = writing(`
if redis.call('HEXISTS', KEYS[1], 'answer') == 0 and redis.call('DEL', KEYS[1]) == 1 then note(KEYS[1]) end
return 1`);
