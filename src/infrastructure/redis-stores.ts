/** What opens Redis, loaded where it is used: its driver is five hundred files, a quarter of all that a start would read. */
export async function redisStores() {
  const [create, phase, leaving, arriving] = await Promise.all([
    import('./redis/create-redis-storage.js'),
    import('./redis/moving/redis-phase-reader.js'),
    import('./redis/moving/leaving-redis.js'),
    import('./redis/moving/arriving-redis.js'),
  ]);
  return { ...create, ...phase, ...leaving, ...arriving };
}
