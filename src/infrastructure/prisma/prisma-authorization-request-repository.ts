import type { AuthorizationRequestRepository } from '../../application/ports/authorization-request-repository.js';
import type { AuthorizationRequest, Decision, Prompt } from '../../domain/authorization/authorization-request.js';
import { isUuid } from '../../domain/is-uuid.js';
import type { PrismaClient, AuthorizationRequest as Row } from './generated/client.js';

type DecisionRow = Pick<Row, 'decision' | 'decidedBy' | 'grantId'>;

export class PrismaAuthorizationRequestRepository implements AuthorizationRequestRepository {
  constructor(private readonly prisma: PrismaClient) {}

  async add(request: AuthorizationRequest): Promise<void> {
    await this.prisma.authorizationRequest.create({ data: toRow(request) });
  }

  async find(id: string): Promise<AuthorizationRequest | null> {
    if (!isUuid(id)) return null;
    const row = await this.prisma.authorizationRequest.findUnique({ where: { id } });
    return row && toDomain(row);
  }

  async chooseAccount(id: string, userId: string): Promise<void> {
    if (isUuid(id) && isUuid(userId)) await this.prisma.authorizationRequest.updateMany({ where: { id }, data: { chosenBy: userId } });
  }

  /** One statement: it locks the request, so that whoever comes second is given the decision of the first. */
  async decide(id: string, decision: Decision): ReturnType<AuthorizationRequestRepository['decide']> {
    if (!isUuid(id)) return null;
    const { decision: kind, decidedBy, grantId } = toDecisionRow(decision);
    const rows = await this.prisma.$queryRaw<DecisionRow[]>`
      WITH request AS (
        SELECT id, decision, decided_by, grant_id FROM authorization_requests WHERE id = ${id}::uuid FOR UPDATE
      ), decided AS (
        UPDATE authorization_requests SET decision = ${kind}::text, decided_by = ${decidedBy}::uuid, grant_id = ${grantId}::uuid
        FROM request WHERE authorization_requests.id = request.id AND request.decision IS NULL
      )
      SELECT decision, decided_by AS "decidedBy", grant_id AS "grantId" FROM request`;
    if (!rows[0]) return null;
    const earlier = toDecision(rows[0]);
    return earlier ? { outcome: 'earlier', earlier } : { outcome: 'decided' };
  }
}

function toRow({ scopes, resources, prompts, decision, ...request }: AuthorizationRequest) {
  return { ...request, scopes: [...scopes], resources: [...resources], prompts: [...prompts], ...toDecisionRow(decision) };
}

function toDecisionRow(decision: Decision | null): DecisionRow {
  return { decision: decision?.kind ?? null, decidedBy: decision?.userId ?? null, grantId: decision?.kind === 'allowed' ? decision.grantId : null };
}

function toDomain({ decision, decidedBy, grantId, prompts, ...request }: Row): AuthorizationRequest {
  return { ...request, prompts: prompts as Prompt[], decision: toDecision({ decision, decidedBy, grantId }) };
}

function toDecision({ decision, decidedBy: userId, grantId }: DecisionRow): Decision | null {
  if (decision === null || userId === null) return null;
  return decision === 'allowed' && grantId !== null ? { kind: 'allowed', userId, grantId } : { kind: 'denied', userId };
}
