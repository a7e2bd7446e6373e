import { script } from '../redis-connection.js';
import { writingLate } from './atomic-step.js';

/** ARGV prefix, grant, at, why, life of an end. Answers the moment and reason that stand. */
export const endGrant = writingLate('return finish(ARGV[2], ARGV[3], ARGV[4], ARGV[5])');

/** KEYS marks; ARGV prefix, at, why, life. From then on every grant that was made until then has ended. */
export const addMark = writingLate(`
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[2] .. ':' .. ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1`);

/** KEYS mark; ARGV prefix, moment, life. Of several moments the latest stands. */
export const raiseMark = writingLate('return raise(KEYS[1], ARGV[2], ARGV[3])');

/** Up to which place in the log of revocations of the other store this one knows what has ended. ARGV prefix. */
export const healedUpTo = script(`return redis.call('GET', ARGV[1] .. 'healed')`);

/** ARGV prefix, place. */
export const noteHealed = script(`return redis.call('SET', ARGV[1] .. 'healed', ARGV[2])`);
