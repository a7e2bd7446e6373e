import type { AuthorizationRequest } from '../../domain/authorization/authorization-request.js';
import { InvalidScope, InvalidTarget } from '../../domain/errors.js';
import { scopesFor } from '../../domain/resources/token-target.js';
import { unregisteredResources } from '../../domain/resources/unregistered-resources.js';
import { briefly } from '../tokens/briefly.js';
import type { ResourceDirectory } from './resource-directory.js';

/** Whether tokens are made for resources that nobody registered. */
export class KnownResources {
  constructor(
    private readonly directory: Pick<ResourceDirectory, 'all'>,
    private readonly unregistered: 'allow' | 'refuse',
    private readonly issuer: string,
  ) {}

  /** Throws `InvalidTarget` for one that "is … unknown" (RFC 8707 §2), where those are refused. */
  async check(resources: readonly string[]): Promise<void> {
    if (this.unregistered === 'allow' || resources.length === 0) return;
    const unknown = unregisteredResources(resources, await this.directory.all(), this.issuer);
    if (unknown.length > 0) throw new InvalidTarget(`no resource server is registered here as ${briefly(unknown)}`);
  }

  /** Throws `InvalidScope` where a token for these resources would have none of these scopes: told before somebody is asked, who would allow it in vain. */
  async checkScopes({ resources, scopes }: Pick<AuthorizationRequest, 'resources' | 'scopes'>): Promise<void> {
    if (resources.length === 0) return;
    const servers = await this.directory.all();
    if (scopesFor(resources, scopes, servers).length > 0) return;
    const unknown = unregisteredResources(resources, servers, this.issuer);
    const why = unknown.length > 0 ? `: no resource server is registered here as ${briefly(unknown)}` : '';
    throw new InvalidScope(`none of the scopes is of the resource that was asked for${why}`);
  }
}
