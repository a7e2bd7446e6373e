import { script } from '../redis-connection.js';
import { writing } from './atomic-step.js';

/** KEYS record; ARGV prefix, life, then fields and values. */
export const addRecord = writing(`
local refusal = mayNotAdd(KEYS[1])
if refusal then return refusal end
save(KEYS[1], unpack(ARGV, 2))
return 1`);

/** KEYS record; ARGV prefix, fields. */
export const readRecord = script(`return redis.call('HMGET', KEYS[1], unpack(ARGV, 2))`);
