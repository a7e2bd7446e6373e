import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const folder = fileURLToPath(new URL('./assets/', import.meta.url));

/** A name for the present content of the assets. */
export function assetVersion(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(readFileSync(`${folder}${name}`));
  return hash.digest('hex').slice(0, 12);
}

/** Serves the stylesheet and images. Pages ask for them by version, so browsers may keep them. */
export async function serveAssets(server: FastifyInstance): Promise<void> {
  await server.register(fastifyStatic, {
    root: folder,
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    index: false,
    setHeaders: (reply) => reply.header('X-Content-Type-Options', 'nosniff'),
  });
}
