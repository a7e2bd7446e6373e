import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Who calls an address: programs, which get JSON, or people, who get pages. */
export type Callers = 'clients' | 'people';

export interface KnownRoute {
  readonly methods: ReadonlySet<string>;
  readonly callers: Callers;
}

/** What can be asked where, for the answers to requests that no route takes. */
export class KnownRoutes {
  private readonly routes = new Map<string, { pattern: RegExp; methods: Set<string>; callers: Callers }>();

  /** Notes every route that is added to this scope from now on. */
  collect(scope: FastifyInstance, callers: Callers): void {
    scope.addHook('onRoute', ({ url, method }) => {
      // The address of CORS preflights is every address, so it says nothing about any.
      if (url === '*') return;
      const route = this.routes.get(url) ?? { pattern: patternOf(url), methods: new Set(), callers };
      for (const one of [method].flat()) route.methods.add(one);
      this.routes.set(url, route);
    });
  }

  /** The route at the address of a request, whatever its method; `null` when there is none. */
  at(request: FastifyRequest): KnownRoute | null {
    const path = request.url.split('?', 1)[0] as string;
    return this.routes.get(path) ?? [...this.routes.values()].find(({ pattern }) => pattern.test(path)) ?? null;
  }

  /** Should the answer be a page? Where there is no route, the caller's own word decides. */
  isForPeople(request: FastifyRequest): boolean {
    const route = this.at(request);
    return route ? route.callers === 'people' : (request.headers.accept ?? '').includes('text/html');
  }
}

/** `/consent/:requestId` and `/assets/*` as Fastify reads them. */
function patternOf(url: string): RegExp {
  return new RegExp(
    `^${url
      .replaceAll('.', '\\.')
      .replace(/:[^/]+/g, '[^/]+')
      .replace('*', '.*')}$`,
  );
}
