import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A host on this machine at which clients describe themselves: every address there is one, and all of them are alike. */
export class MetadataHost {
  private constructor(
    /** `http://127.0.0.1:…` */
    readonly origin: string,
    readonly close: () => void,
  ) {}

  /** `metadata`: what each says of itself besides its address. */
  static async start(metadata: Record<string, unknown>): Promise<MetadataHost> {
    const server = createServer(({ url }, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ client_id: `${origin}${url}`, ...metadata }));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return new MetadataHost(origin, () => server.close());
  }
}
