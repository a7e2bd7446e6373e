import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';

/** Keywright did not answer, or not in a way that says anything. */
export class NoAnswer extends Error {}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const mostBytes = 1_048_576;
const mostSockets = 64;

/**
 * The only way out of the verifier: to fixed paths below one origin. It follows no redirect, so that nothing but the options decides where tokens and
 * credentials go.
 */
export class KeywrightConnection {
  private readonly agent: http.Agent;
  private readonly transport: typeof http | typeof https;
  private readonly authorization: Record<string, string>;

  /** `timeout` in seconds, for each attempt. */
  constructor(
    private readonly address: URL,
    private readonly timeout: number,
    credentials: { readonly id: string; readonly secret: string } | null,
  ) {
    this.transport = address.protocol === 'https:' ? https : http;
    this.agent = new this.transport.Agent({ keepAlive: true, maxSockets: mostSockets });
    this.authorization = credentials ? { authorization: basic(credentials) } : {};
  }

  /** Throws `NoAnswer`. Without credentials. */
  async get(path: string): Promise<Answer> {
    return this.twice({ path, method: 'GET' });
  }

  /** Throws `NoAnswer`. With the credentials. */
  async post(path: string, form: Record<string, string>): Promise<Answer> {
    const body = new URLSearchParams(form).toString();
    const headers = { ...this.authorization, 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) };
    return this.twice({ path, method: 'POST', headers }, body);
  }

  /** An answer that does not end, with the credentials, on a connection of its own. Throws `NoAnswer`. */
  async open(path: string, headers: Record<string, string>): Promise<IncomingMessage> {
    const { request, response } = this.send({ path, method: 'GET', agent: false, headers: { ...headers, ...this.authorization } });
    const timer = setTimeout(() => request.destroy(new Error(this.late())), this.timeout * 1000);
    try {
      return await response;
    } catch (error) {
      throw noAnswer(error);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.agent.destroy();
  }

  /** Everything asked here may be asked twice; a connection that was kept too long, or a server that is being replaced, deserves it. */
  private async twice(options: RequestOptions, body?: string): Promise<Answer> {
    try {
      const answer = await this.once(options, body);
      if (answer.status < 500) return answer;
    } catch (error) {
      if (error instanceof Late) throw noAnswer(error);
    }
    await pause(20 + Math.random() * 60);
    try {
      const answer = await this.once(options, body);
      if (answer.status < 500) return answer;
      throw new Error(`it answered ${answer.status}`);
    } catch (error) {
      throw noAnswer(error);
    }
  }

  private async once(options: RequestOptions, body?: string): Promise<Answer> {
    const { request, response } = this.send({ ...options, agent: this.agent }, body);
    let late: Late | null = null;
    const timer = setTimeout(() => {
      late = new Late(this.late());
      request.destroy(late);
    }, this.timeout * 1000);
    try {
      const answer = await response;
      return { status: answer.statusCode ?? 0, body: parsed(await textOf(answer)) };
    } catch (error) {
      // An answer that has begun ends as one that was cut off, whatever it is ended with.
      throw late ?? error;
    } finally {
      clearTimeout(timer);
    }
  }

  private send(options: RequestOptions, body?: string) {
    const { protocol, hostname, port } = this.address;
    // node:http wants an IPv6 address without the brackets of a URL.
    const host = hostname.replace(/^\[|\]$/g, '');
    const request = this.transport.request({ protocol, host, port, ...options, headers: { accept: 'application/json', ...options.headers } });
    const response = new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve);
      request.on('error', reject);
    });
    request.end(body);
    return { request, response };
  }

  private late(): string {
    return `there was no answer within ${this.timeout} seconds`;
  }
}

class Late extends Error {}

function noAnswer(error: unknown): NoAnswer {
  return new NoAnswer(error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error), { cause: error });
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error(`the answer is longer than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Each half form-encoded (RFC 6749 §2.3.1). */
function basic({ id, secret }: { id: string; secret: string }): string {
  return `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;
}
