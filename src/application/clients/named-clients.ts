import { type Client, type ClientSettings, partsOf } from '../../domain/clients/client.js';
import { settingsFromMetadata } from '../../domain/clients/client-metadata.js';
import { type AdmittedMetadata, isAdmitted, isMetadataUri, metadataHost, metadataUriProblem } from '../../domain/clients/metadata-uri.js';
import { ClientNotLetIn, ClientOutOfReach, InvalidClient } from '../../domain/errors.js';
import type { ClientMetadataDocuments } from '../ports/client-metadata-documents.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';
import type { KnownScopes } from '../resources/known-scopes.js';

/** Whose word is taken, and how it is read. */
export interface ClientMetadataSource {
  readonly admitted: AdmittedMetadata;
  readonly documents: ClientMetadataDocuments;
}

/** Nobody's. */
export const noClientMetadata: ClientMetadataSource = {
  admitted: [],
  documents: { read: async (uri) => ({ outcome: 'unfit', why: 'is not read', detail: uri }) },
};

/**
 * Clients as authorization requests name them: those registered here, and those that describe themselves at the address that is their identifier. The latter
 * are as their documents say now; nothing of them is stored before a person allows it (`KeepClient`), but what was done to them here since stands.
 */
export class NamedClients implements Pick<ClientRepository, 'find'> {
  constructor(
    private readonly clients: Pick<ClientRepository, 'find'>,
    private readonly source: ClientMetadataSource,
    private readonly scopes: KnownScopes,
    private readonly clock: Clock,
  ) {}

  /** `null`: there is none. Throws `InvalidClient`, in words for the person who was sent here, where what one says of itself cannot be taken. */
  async find(clientId: string): Promise<Client | null> {
    const stored = await this.clients.find(clientId);
    if (!isMetadataUri(clientId) || stored?.disabledAt) return stored;
    const settings = await this.described(clientId);
    return { ...settings, ...(stored ? partsOf(stored).kept : { id: clientId, ...neverStored, createdAt: this.clock.now() }) };
  }

  private async described(uri: string): Promise<ClientSettings> {
    const { admitted, documents } = this.source;
    const problem = metadataUriProblem(uri);
    if (problem !== null) throw new InvalidClient(`the client_id of this app ${problem}`);
    if (!isAdmitted(uri, admitted)) {
      throw new ClientNotLetIn(`this app describes itself at ${uri}, and apps from there are not let in`, `CLIENT_METADATA_DOCUMENTS does not name ${uri}`);
    }
    const read = await documents.read(uri);
    if (read.outcome !== 'read') {
      const Refusal = read.outcome === 'away' ? ClientOutOfReach : InvalidClient;
      throw new Refusal(`this app describes itself at ${metadataHost(uri)}, and that ${read.why}`, `${uri}: ${read.detail}`);
    }
    const scopes = (await this.scopes.all()).map(({ name }) => name);
    return settingsFromMetadata(uri, read.metadata, scopes);
  }
}

const neverStored = { ownerId: null, disabledAt: null, disabledBy: null, ownTokensRevokedAt: null, version: 1, secrets: [] } as const;
