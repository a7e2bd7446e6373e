import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestServer, type TestServerOptions, testServer } from '../support/test-server.js';

/** A port that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** A test server that browsers and libraries reach at its issuer. */
export async function listeningServer(options: TestServerOptions = {}): Promise<TestServer> {
  const port = await freePort();
  const made = await testServer({ ...options, env: { ISSUER: `http://localhost:${port}`, ...options.env } });
  await made.server.listen({ port, host: '127.0.0.1' });
  return made;
}
