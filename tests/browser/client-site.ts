import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ClientSite {
  /** `localhost`, where the server is 127.0.0.1: for cookies and policies another site. */
  readonly origin: string;
  readonly callback: string;
  close(): Promise<void>;
}

/** The web site of a client: its `/callback` says that the person is back; with `onward`, it sends them on to another site of the client's. */
export async function clientSite(onward?: string): Promise<ClientSite> {
  const server = createServer((request, response) => {
    const { search } = new URL(request.url ?? '/', 'http://client');
    if (onward !== undefined) return response.writeHead(302, { Location: `${onward}${search}` }).end();
    response
      .writeHead(200, { 'Content-Type': 'text/html' })
      .end('<!doctype html><html lang="en"><title>Back at the app</title><h1>Back at the app</h1></html>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin, callback: `${origin}/callback`, close };
}
