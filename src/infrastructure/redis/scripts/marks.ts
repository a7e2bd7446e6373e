import { script } from '../redis-connection.js';
import { writing } from './atomic-step.js';

const now = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

/** KEYS mark, doubts; ARGV prefix, whose it is, moment or '' to clear it, life. Of several moments the first stays. In doubt from now on. */
export const applyMark = writing(`${now}
redis.call('ZADD', KEYS[2], now, ARGV[2])
if ARGV[3] == '' then return redis.call('DEL', KEYS[1]) end
redis.call('SET', KEYS[1], ARGV[3], 'NX')
return redis.call('PEXPIRE', KEYS[1], ARGV[4])`);

/** KEYS doubts; ARGV prefix, whose mark it is. */
export const settleDoubt = writing(`return redis.call('ZREM', KEYS[1], ARGV[2])`);

/** KEYS doubts; ARGV prefix, milliseconds. Answers whose marks have been in doubt for longer. */
export const oldDoubts = script(`${now}
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])`);
