import type { AuthorizationRequestRepository } from '../../application/ports/authorization-request-repository.js';
import type { AuthorizationRequest, Decision } from '../../domain/authorization/authorization-request.js';
import { copyOf } from './copy-of.js';
import { type MemoryTables, refuseTaken } from './memory-tables.js';

export class MemoryAuthorizationRequestRepository implements AuthorizationRequestRepository {
  constructor(private readonly tables: MemoryTables) {}

  async add(request: AuthorizationRequest): Promise<void> {
    refuseTaken(this.tables.authorizationRequests, request.id);
    this.tables.authorizationRequests.set(request.id, copyOf(request));
  }

  async find(id: string): Promise<AuthorizationRequest | null> {
    return copyOf(this.tables.authorizationRequests.get(id) ?? null);
  }

  async chooseAccount(id: string, userId: string): Promise<void> {
    const request = this.tables.authorizationRequests.get(id);
    if (request) this.tables.authorizationRequests.set(id, { ...request, chosenBy: userId });
  }

  async decide(id: string, decision: Decision): ReturnType<AuthorizationRequestRepository['decide']> {
    const request = this.tables.authorizationRequests.get(id);
    if (!request) return null;
    if (request.decision) return { outcome: 'earlier', earlier: copyOf(request.decision) };
    this.tables.authorizationRequests.set(id, { ...request, decision: copyOf(decision) });
    return { outcome: 'decided' };
  }
}
