import { writing } from './atomic-step.js';

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
