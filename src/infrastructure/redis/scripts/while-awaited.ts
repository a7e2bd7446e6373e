import { type Script, script } from '../redis-connection.js';

/**
 * The deadline of the caller, by the clock of Redis, comes behind the prefix; the script finds its values where they were. What hangs with Redis is not lost: it
 * lies there and is done when that goes on, long after its caller was told that it failed, and the one who tries again would meet it.
 */
const onlyBefore = `
local deadline = tonumber(ARGV[2])
local ARGV = { ARGV[1], unpack(ARGV, 3) }
local clock = redis.call('TIME')
if clock[1] * 1000 + math.floor(clock[2] / 1000) >= deadline then return redis.error_reply('LATE nobody waits for this any more') end
`;

/** A script that does nothing once its caller has given up. */
export const whileAwaited = (source: string): Script => ({ ...script(onlyBefore + source), awaited: true });
