import { type Client, type ClientSettings, partsOf } from '../../domain/clients/client.js';
import { settingsFromMetadata } from '../../domain/clients/client-metadata.js';
import { type AdmittedMetadata, isAdmitted, isMetadataUri, metadataHost, metadataUriProblem } from '../../domain/clients/metadata-uri.js';
import { InvalidClient } from '../../domain/errors.js';
import type { ClientMetadataDocuments } from '../ports/client-metadata-documents.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';
import type { KnownScopes } from '../resources/known-scopes.js';

/** Whose word is taken, and how it is read. */
export interface ClientMetadataSource {
  readonly admitted: AdmittedMetadata;
  readonly documents: ClientMetadataDocuments;
}

/**
 * Clients as authorization requests name them: those registered here, and those that describe themselves at the address that is their identifier. The latter
 * are as their documents say now; nothing of them is stored before a person allows it (`KeepClient`), but what was done to them here since stands.
 */
export class NamedClients implements Pick<ClientRepository, 'find'> {
  constructor(
    private readonly clients: Pick<ClientRepository, 'find'>,
    /** `null`: no client describes itself. */
    private readonly source: ClientMetadataSource | null,
    private readonly scopes: KnownScopes,
    private readonly clock: Clock,
  ) {}

  /** `null`: there is none. Throws `InvalidClient`, in words for the person who was sent here, where what one says of itself cannot be taken. */
  async find(clientId: string): Promise<Client | null> {
    const stored = await this.clients.find(clientId);
    if (!isMetadataUri(clientId) || stored?.disabledAt) return stored;
    if (this.source === null) return null;
    const settings = await this.described(clientId, this.source);
    return { ...settings, ...(stored ? partsOf(stored).kept : { id: clientId, ...neverStored, createdAt: this.clock.now() }) };
  }

  private async described(uri: string, { admitted, documents }: ClientMetadataSource): Promise<ClientSettings> {
    const problem = metadataUriProblem(uri);
    if (problem !== null) throw new InvalidClient(`the client_id of this app ${problem}`);
    const host = metadataHost(uri);
    if (!isAdmitted(uri, admitted)) {
      throw new InvalidClient(
        `this app describes itself at ${host}, and apps from there are not let in: those who run this server decide that`,
        'CLIENT_METADATA_DOCUMENTS does not name it',
      );
    }
    const read = await documents.read(uri);
    if (read.outcome === 'unreadable') throw new InvalidClient(`this app describes itself at ${host}, and that ${read.why}`, read.detail);
    const scopes = (await this.scopes.all()).map(({ name }) => name);
    return settingsFromMetadata(uri, read.metadata, scopes);
  }
}

const neverStored = { ownerId: null, disabledAt: null, disabledBy: null, ownTokensRevokedAt: null, version: 1, secrets: [] } as const;
