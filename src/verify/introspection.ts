import { sameResource } from '../domain/resources/resource.js';
import { type KeywrightConnection, NoAnswer } from './keywright-connection.js';
import { active, type Refused, refused, type TokenClaims, type Verification } from './verification.js';

const plainReasons = ['malformed', 'unknown', 'expired', 'wrong_audience', 'client_disabled', 'user_disabled'] as const;

/** Asks Keywright about a token (RFC 7662). However many ask about one at the same time, it is one request. */
export class Introspection {
  private readonly pending = new Map<string, Promise<Verification>>();

  constructor(
    private readonly connection: KeywrightConnection,
    private readonly expected: { readonly issuer: string; readonly audience: string },
    private readonly onProblem: (problem: Error) => void,
  ) {}

  /** Those who ask under the same `name` at the same time share the answer. Throws `NoAnswer`. */
  ask(token: string, name: string): Promise<Verification> {
    const pending = this.pending.get(name);
    if (pending) return pending;
    const asked = this.request(token).finally(() => this.pending.delete(name));
    this.pending.set(name, asked);
    return asked;
  }

  private async request(token: string): Promise<Verification> {
    const { status, body } = await this.connection.post('/oauth/introspect', { token, token_type_hint: 'access_token' });
    if (status === 200 && isAnswer(body)) return this.read({ ...body });
    const what = status === 401 ? 'refuses the credentials of this resource server' : 'does not answer as introspection does';
    const problem = new NoAnswer(`Keywright ${what}: POST /oauth/introspect answers ${status}`);
    this.onProblem(problem);
    throw problem;
  }

  private read(body: Record<string, unknown>): Verification {
    if (!body.active) return readRefusal(body);
    const { active: _, token_type, ...claims } = body;
    claims.scope ??= '';
    // "bearer" in any case (RFC 6749 §5.1); anything else is no access token, or asks for more than to be presented.
    if (!isClaims(claims) || `${token_type ?? 'Bearer'}`.toLowerCase() !== 'bearer' || claims.cnf !== undefined) return refused('unknown');
    if (claims.iss !== this.expected.issuer) return refused('unknown');
    const audiences = claims.aud === undefined ? [] : typeof claims.aud === 'string' ? [claims.aud] : claims.aud;
    if (audiences.length > 0 && !audiences.some((one) => sameResource(one, this.expected.audience))) return refused('wrong_audience');
    if (claims.exp * 1000 <= Date.now()) return refused('expired');
    return active(claims);
  }
}

function isAnswer(body: unknown): body is { readonly active: boolean } {
  return typeof (body as { active?: unknown } | null | undefined)?.active === 'boolean';
}

function isClaims(claims: Record<string, unknown>): claims is TokenClaims & Record<string, unknown> {
  const { aud } = claims;
  return (
    ['iss', 'sub', 'client_id', 'scope'].every((name) => typeof claims[name] === 'string') &&
    Number.isFinite(claims.exp) &&
    (aud === undefined || typeof aud === 'string' || (Array.isArray(aud) && aud.every((one) => typeof one === 'string')))
  );
}

/** Why, where Keywright says it to this resource server; a newer one may have a reason that is not known here. */
function readRefusal({ reason, cause }: Record<string, unknown>): Refused {
  if (reason === 'revoked') return { active: false, reason, ...(typeof cause === 'string' && { cause }) };
  return refused(plainReasons.find((one) => one === reason) ?? 'unknown');
}
