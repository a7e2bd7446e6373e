import { createServer } from 'node:http';

/**
 * Around each peer's server: listens on PORT, ends at SIGTERM, and answers the bench, over the channel to the process that started it, with what a scenario
 * needs in the store beforehand. Nothing of that is on the server's HTTP surface.
 *
 * @param handler of `node:http`
 * @param {Record<string, (count: number) => Promise<string[]>>} seeds `refreshTokens`, `codes`, `accessTokens`: puts so many there and answers them
 */
export function serve(handler, seeds) {
  process.on('message', async ({ id, kind, count }) => {
    try {
      process.send({ id, items: await seeds[kind](count) });
    } catch (error) {
      process.send({ id, error: error.stack });
    }
  });
  process.on('SIGTERM', () => process.exit(0));
  createServer(handler).listen(Number(process.env.PORT), '127.0.0.1');
}
