import { script } from '../redis-connection.js';

/** Fails where writes do: on a replica, without memory, with a disk that cannot be written. Leaves nothing. ARGV prefix. */
export const tryWriting = script(`
redis.call('SET', ARGV[1] .. 'writable', '')
return redis.call('DEL', ARGV[1] .. 'writable')`);
