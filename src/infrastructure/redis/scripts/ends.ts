import { script } from '../redis-connection.js';
import { writingLate } from './atomic-step.js';

/**
 * ARGV prefix, grant, at, why, life of an end[, client, user]: with these two a mark under which it is counts as its end, too. Answers the moment and reason that stand, and whether
 * this call has put them there: 1 or 0.
 */
export const endGrant = writingLate(`
local before = known(ARGV[2]) or ARGV[6] and ending(ARGV[2], ARGV[6], ARGV[7])
local stands = before or finish(ARGV[2], ARGV[3], ARGV[4], ARGV[5])
return { stands[1], stands[2], before and 0 or 1 }`);

/** KEYS marks; ARGV prefix, at, why, life. From then on every grant that was made until then has ended. */
export const addMark = writingLate(`
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[2] .. ':' .. ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1`);

/** KEYS mark[, a moment that it is not to be before]; ARGV prefix, moment, life. Of several moments the latest stands, and is answered. */
export const raiseMark = writingLate(`
local least = KEYS[2] and redis.call('GET', KEYS[2])
if least then raise(KEYS[1], least, ARGV[3]) end
return raise(KEYS[1], ARGV[2], ARGV[3])`);

/** Up to which place in the log of revocations of the other store this one knows what has ended. ARGV prefix. */
export const healedUpTo = script(`return redis.call('GET', ARGV[1] .. 'healed')`);

/** ARGV prefix, place. */
export const noteHealed = script(`return redis.call('SET', ARGV[1] .. 'healed', ARGV[2])`);
