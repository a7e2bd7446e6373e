import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { mintToken } from '../../src/domain/tokens/opaque-token.js';
import { createVerifier, type Verifier, type VerifierOptions } from '../../src/verify/create-verifier.js';
import { Signer } from './signer.js';

export const audience = 'https://api.example';
export const credentials = { id: 'rs_some', secret: 'a secret/with + signs' };

/**
 * An issuer of which a test decides what it says and whether it is there: real keys and signatures, real HTTP, the wire of /oauth/jwks, /oauth/introspect and
 * /oauth/revocations. What it was asked is in `requests`.
 */
export class StandInIssuer {
  readonly requests: string[] = [];
  signers = [new Signer()];
  /** What introspection answers, by token. */
  readonly answers = new Map<string, Record<string, unknown>>();
  /** Milliseconds that introspection takes. */
  delay = 0;
  /** Answer with this in place of what was asked. */
  broken: number | null = null;
  /** Does a listener learn that it was told all it missed? */
  current = true;
  private server: Server | null = null;
  private port = 0;
  private readonly listeners = new Set<ServerResponse>();
  private readonly entries: Record<string, unknown>[] = [];

  static async start(): Promise<StandInIssuer> {
    const issuer = new StandInIssuer();
    await issuer.listen();
    onTestFinished(() => issuer.stop());
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Again on the same port, after `stop`. */
  async listen(): Promise<void> {
    this.server = createServer((request, response) => void this.answer(request, response)).listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as { port: number }).port;
  }

  async stop(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = null;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  verifier(options: Partial<VerifierOptions> = {}): Verifier {
    const all = { issuer: this.url, audience, whenUnavailable: 'deny' as const, onProblem: () => {}, ...options };
    const verifier = createVerifier(all);
    onTestFinished(() => verifier.close());
    return verifier;
  }

  /** What an access token says; by default everything in order. */
  claims(changes: Record<string, unknown> = {}): Record<string, unknown> {
    const now = Math.floor(Date.now() / 1000);
    return {
      iss: this.url,
      sub: randomUUID(),
      client_id: 'some-client',
      aud: audience,
      scope: 'invoices:read invoices:write',
      iat: now,
      exp: now + 3600,
      jti: randomUUID(),
      grant_id: randomUUID(),
      ...changes,
    };
  }

  jwt(changes: Record<string, unknown> = {}, header: Record<string, unknown> = {}): string {
    return (this.signers.at(-1) as Signer).token(this.claims(changes), header);
  }

  /** An opaque token that introspection knows. */
  opaque(changes: Record<string, unknown> = {}): string {
    const { token } = mintToken('at', new Date());
    this.answers.set(token, { active: true, token_type: 'Bearer', ...this.claims(changes) });
    return token;
  }

  /** From now on introspection says no, and the feed says what ended. */
  revoke(token: string, entry: Record<string, unknown>, answer: Record<string, unknown> = { reason: 'revoked', cause: 'revoked_by_person' }): void {
    this.answers.set(token, { active: false, ...answer });
    this.tell({ at: Date.now() / 1000, until: Date.now() / 1000 + 3600, ...entry });
  }

  tell(entry: Record<string, unknown>): void {
    this.entries.push(entry);
    for (const listener of this.listeners) this.send(listener, this.entries.length - 1);
  }

  reset(): void {
    for (const listener of this.listeners) listener.write(`id: ${this.entries.length}\nevent: reset\ndata: {}\n\n`);
  }

  /** How often this was asked. */
  count(path: string): number {
    return this.requests.filter((one) => one === path).length;
  }

  /** Resolves when somebody listens to the feed. */
  async followed(): Promise<void> {
    while (this.listeners.size === 0) await pause(5);
    await pause(20);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = '', headers } = request;
    this.requests.push(url);
    const body = await textOf(request);
    if (this.broken !== null) return json(response, this.broken, { error: 'broken' });
    if (url === '/oauth/jwks') return json(response, 200, { keys: this.signers.map((signer) => signer.jwk()) });
    if (headers.authorization !== `Basic ${btoa(`${encodeURIComponent(credentials.id)}:${encodeURIComponent(credentials.secret)}`)}`)
      return json(response, 401, { error: 'invalid_client' });
    if (url === '/oauth/introspect') {
      const answer = this.answers.get(new URLSearchParams(body).get('token') ?? '') ?? { active: false, reason: 'unknown' };
      await pause(this.delay);
      return json(response, 200, answer);
    }
    if (url === '/oauth/revocations') return this.follow(response, headers['last-event-id']);
    json(response, 404, {});
  }

  private follow(response: ServerResponse, cursor: string | string[] | undefined): void {
    const from = cursor === undefined ? this.entries.length : Number(cursor);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`retry: 1000\n\nid: ${from}\nevent: start\ndata: {}\n\n`);
    for (let next = from; next < this.entries.length; next++) this.send(response, next);
    if (this.current) response.write(`id: ${this.entries.length}\nevent: current\ndata: {}\n\n`);
    this.listeners.add(response);
    response.on('close', () => this.listeners.delete(response));
  }

  private send(listener: ServerResponse, index: number): void {
    listener.write(`id: ${index + 1}\nevent: revoked\ndata: ${JSON.stringify(this.entries[index])}\n\n`);
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}
