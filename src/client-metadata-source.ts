import type { ClientMetadataSource } from './application/clients/named-clients.js';
import type { Config } from './config.js';
import { isLoopback } from './domain/loopback.js';
import { ClientMetadataReader } from './infrastructure/outgoing/client-metadata-reader.js';

/**
 * How clients describe themselves to a server that is configured so. A server at localhost also reads what is on its machine, for trying out;
 * never in production, where strangers would reach through it what listens to that machine alone.
 */
export function clientMetadataSource({ introductions, issuer, production }: Pick<Config, 'introductions' | 'issuer' | 'production'>): ClientMetadataSource {
  return { admitted: introductions.documents, documents: new ClientMetadataReader({ here: !production && isLoopback(new URL(issuer)) }) };
}
