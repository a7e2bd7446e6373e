import { writing } from './atomic-step.js';

/** Fails where writes do: on a replica, without memory, with a disk that cannot be written, and where the store has moved. Leaves nothing. */
export const tryWriting = writing(`
redis.call('SET', prefix .. 'writable', '')
return redis.call('DEL', prefix .. 'writable')`);
