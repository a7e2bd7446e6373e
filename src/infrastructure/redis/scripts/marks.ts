import { script } from '../redis-connection.js';
import { writing } from './atomic-step.js';

/** Microseconds since 1970, as text: no two scripts run in the same one. */
const now = `
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000000 + time[2])
`;

/** KEYS mark, doubts; ARGV prefix, whose it is, moment or '' to clear it, life. Of several moments the first stays. Answers since when it is in doubt: now. */
export const applyMark = writing(`${now}
redis.call('ZADD', KEYS[2], now, ARGV[2])
if ARGV[3] == '' then redis.call('DEL', KEYS[1]) return now end
redis.call('SET', KEYS[1], ARGV[3], 'NX')
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return now`);

/** KEYS doubts; ARGV prefix, whose mark it is, since when it was in doubt: one that somebody else raised since stays. */
export const settleDoubt = writing(`
local since = redis.call('ZSCORE', KEYS[1], ARGV[2])
if not since or tonumber(since) ~= tonumber(ARGV[3]) then return 0 end
return redis.call('ZREM', KEYS[1], ARGV[2])`);

/** KEYS doubts; ARGV prefix, milliseconds. Answers whose marks have been in doubt for longer. */
export const oldDoubts = script(`${now}
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2] * 1000)`);
