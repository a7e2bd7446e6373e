import { openScopes } from '../../domain/api-scope.js';
import { redirectTarget } from '../../domain/authorization/redirect-uri.js';
import { type Client, type ClientSettings, partsOf } from '../../domain/clients/client.js';
import { settingsFromMetadata } from '../../domain/clients/client-metadata.js';
import { introducesItself } from '../../domain/clients/introduction.js';
import { isMetadataUri, metadataHost, metadataUriProblem } from '../../domain/clients/metadata-uri.js';
import { type Admitted, isAdmitted } from '../../domain/clients/places.js';
import { registrationIn, settingsFromRegistration } from '../../domain/clients/self-registration.js';
import { ClientNotLetIn, ClientOutOfReach, InvalidClient } from '../../domain/errors.js';
import type { ClientMetadataDocuments } from '../ports/client-metadata-documents.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';
import type { KnownScopes } from '../resources/known-scopes.js';

/** Whose word is taken, and how it is read. */
export interface ClientMetadataSource {
  readonly admitted: Admitted;
  readonly documents: ClientMetadataDocuments;
}

/** Nobody's. */
export const noClientMetadata: ClientMetadataSource = {
  admitted: [],
  documents: { read: async (uri) => ({ outcome: 'unfit', why: 'is not read', detail: uri }) },
};

/**
 * Clients as authorization requests name them: those registered here, and those that introduce themselves, by the document at the address that is their identifier
 * or by what they registered of themselves, which their identifier holds. The latter are as they say now; nothing of them is stored before a person allows it
 * (`KeepClient`), but what was done to them here since stands.
 */
export class NamedClients implements Pick<ClientRepository, 'find'> {
  constructor(
    private readonly clients: Pick<ClientRepository, 'find'>,
    private readonly source: ClientMetadataSource,
    private readonly admittedRedirects: Admitted,
    private readonly scopes: KnownScopes,
    private readonly clock: Clock,
  ) {}

  /** `null`: there is none. Throws `InvalidClient`, in words for the person who was sent here, where what one says of itself cannot be taken. */
  async find(clientId: string): Promise<Client | null> {
    const stored = await this.clients.find(clientId);
    if (!introducesItself(clientId) || stored?.disabledAt) return stored;
    const settings = isMetadataUri(clientId) ? await this.described(clientId) : await this.registered(clientId);
    if (settings === null) return null;
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
    return settingsFromMetadata(uri, read.metadata, await this.scopeNames());
  }

  /** `null`: the identifier says nothing that could have been registered. */
  private async registered(clientId: string): Promise<ClientSettings | null> {
    const registration = registrationIn(clientId);
    if (registration === null) return null;
    const settings = settingsFromRegistration(registration, this.admittedRedirects, openScopes(await this.scopeNames()));
    if (settings !== null) return settings;
    const target = redirectTarget(registration.redirectUris[0] as string);
    throw new ClientNotLetIn(
      `this app registered itself, and apps that people leave for ${target} are not let in without somebody who registers them`,
      `CLIENT_REGISTRATION does not name where ${registration.redirectUris.join(', ')} lead`,
    );
  }

  private async scopeNames(): Promise<string[]> {
    return (await this.scopes.all()).map(({ name }) => name);
  }
}

const neverStored = { ownerId: null, disabledAt: null, disabledBy: null, ownTokensRevokedAt: null, version: 1, secrets: [] } as const;
