import type { ClientMetadataSource } from './application/clients/named-clients.js';
import type { Config } from './config.js';
import { isLoopback } from './domain/loopback.js';
import { ClientMetadataReader } from './infrastructure/outgoing/client-metadata-reader.js';

/** How clients describe themselves to a server that is configured so; `null`: they cannot. A server on this machine also reads what is on it. */
export function clientMetadataSource({ admittedMetadata, issuer }: Pick<Config, 'admittedMetadata' | 'issuer'>): ClientMetadataSource | null {
  if (admittedMetadata.length === 0) return null;
  return { admitted: admittedMetadata, documents: new ClientMetadataReader({ here: isLoopback(new URL(issuer)) }) };
}
