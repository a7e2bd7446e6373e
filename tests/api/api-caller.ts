import type { FastifyInstance, InjectOptions } from 'fastify';
import type { OpenApiDocument } from '../../src/interfaces/api/openapi-types.js';
import { type DocumentedAnswers, documentedAnswers } from './documented-answers.js';

export interface Asked {
  readonly token?: string;
  /** Sent as JSON; a text or bytes as they are. */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what a test is about
  readonly body: any;
  readonly text: string;
}

/** Calls the API, and holds every answer against the document that the server itself serves. */
export class ApiCaller {
  private constructor(
    private readonly server: FastifyInstance,
    readonly document: OpenApiDocument,
    private readonly answers: DocumentedAnswers,
  ) {}

  static async of(server: FastifyInstance): Promise<ApiCaller> {
    const document = (await server.inject({ url: '/api/openapi.json' })).json() as OpenApiDocument;
    return new ApiCaller(server, document, documentedAnswers(document));
  }

  async call(method: string, path: string, { token, body, headers = {} }: Asked = {}): Promise<Answered> {
    const raw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
    const reply = await this.server.inject({
      method: method as NonNullable<InjectOptions['method']>,
      url: `/api/v1${path}`,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { payload: raw ? (body as string | Buffer) : JSON.stringify(body) }),
    });
    const answer = { status: reply.statusCode, headers: reply.headers, text: reply.body, body: reply.body === '' ? undefined : reply.json() };
    if (answer.headers['cache-control'] !== 'no-store') throw new Error(`${method} ${path} may be cached`);
    this.answers.check(method, path, answer);
    return answer;
  }
}
