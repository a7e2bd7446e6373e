import type { Expirable } from '../../../src/application/ports/expirable.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { memoryTables } from '../../../src/infrastructure/memory/memory-tables.js';
import { aMoment, type Fault, wrong } from './fault.js';

const day = 86_400_000;
const purging = (how: (expirable: Expirable, deadBefore: Date, limit: number) => Promise<number>) =>
  wrong(({ expirables }) => ({
    expirables: expirables.map((expirable) => ({ purge: (deadBefore: Date, limit: number) => how(expirable, deadBefore, limit) })),
  }));

/** Its last place in the log hangs on which entries are still there. */
const lastPlaceBy = (last: (numbers: readonly number[]) => number) =>
  wrong(({ expirables }, tables) => ({
    expirables: expirables.map((expirable) => ({
      async purge(deadBefore: Date, limit: number) {
        const deleted = await expirable.purge(deadBefore, limit);
        tables.revocationsAdded = last([...tables.revocations.keys()]);
        return deleted;
      },
    })),
  }));

/** One set of people for all stores of this process. */
const sharedPeople = memoryTables().users;

/** Lists that slip, purges that go too far, rows of others. */
export const listAndPurgeFaults: readonly Fault[] = [
  {
    fault: 'pages by offset',
    port: 'users',
    rule: 'neither shifts nor repeats what follows when people are added meanwhile',
    create: wrong((_, tables) => ({
      users: {
        async list({ limit, after = '0' }) {
          const all = [...tables.users.values()].sort((one, other) => (one.id < other.id ? 1 : -1));
          const end = Number(after) + limit;
          return { items: all.slice(Number(after), end), next: end < all.length ? String(end) : null };
        },
      },
    })),
  },
  {
    fault: 'pages by the moment, and loses those made in the same',
    port: 'lists of clients',
    rule: 'loses and repeats none of those made in the same millisecond',
    create: wrong((_, tables) => ({
      clients: {
        async list({ ownerId }, { limit, after }) {
          const start = after === undefined ? Infinity : (tables.clients.get(after)?.client.createdAt.getTime() ?? 0);
          const all = [...tables.clients.values()].map(({ client }) => client).filter((client) => client.ownerId === ownerId);
          const left = all.filter(({ createdAt }) => createdAt.getTime() < start).sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime());
          return { items: left.slice(0, limit), next: left.length > limit ? (left[limit - 1]?.id ?? null) : null };
        },
      },
    })),
  },
  {
    fault: 'shows nothing of an app that does not act',
    port: 'connections',
    rule: 'is shown when the last grant has ended, and not beside one that lives',
    create: wrong(({ connections }) => ({
      connections: {
        async listOf(userId, at, page) {
          const { items, next } = await connections.listOf(userId, at, page);
          return { items: items.filter(({ live }) => live), next };
        },
        async find(userId, clientId, at) {
          const found = await connections.find(userId, clientId, at);
          return found?.live ? found : null;
        },
      },
    })),
  },
  {
    fault: 'lists apps that act and apps that are remembered in one order',
    port: 'connections',
    rule: 'lists 25 apps in pages, each once: by client id those that act, and behind all of them',
    create: wrong(({ connections }) => ({
      connections: {
        async listOf(userId, at, { limit, after }) {
          const { items } = await connections.listOf(userId, at, { limit: 1000 });
          const ordered = [...items].sort((one, other) => (one.client.id < other.client.id ? -1 : 1));
          const left = ordered.filter(({ client }) => after === undefined || client.id > after.clientId);
          const last = left[limit - 1];
          return { items: left.slice(0, limit), next: last && left.length > limit ? { live: last.live, clientId: last.client.id } : null };
        },
      },
    })),
  },
  {
    fault: 'remembers an app that acts, on a page behind those that act',
    port: 'connections',
    rule: 'lists 25 apps in pages, each once: by client id those that act, and behind all of them',
    create: wrong(({ connections }, tables) => {
      const { connections: withoutGrants } = createMemoryStorage({ ...tables, grants: new Map() });
      return { connections: { listOf: (userId, at, page) => (page.after?.live === false ? withoutGrants : connections).listOf(userId, at, page) } };
    }),
  },
  {
    fault: 'looks for the app with which the page before ended, and begins anew where it stands there no more',
    port: 'connections',
    rule: 'what changes from one page to the next neither hides nor repeats what stays as it is',
    create: wrong(({ connections }) => ({
      connections: {
        async listOf(userId, at, { limit, after }) {
          const { items } = await connections.listOf(userId, at, { limit: 1000 });
          const left = items.slice(items.findIndex(({ client, live }) => client.id === after?.clientId && live === after.live) + 1);
          const last = left[limit - 1];
          return { items: left.slice(0, limit), next: last && left.length > limit ? { live: last.live, clientId: last.client.id } : null };
        },
      },
    })),
  },
  {
    fault: 'reads what acts, and then what is remembered',
    port: 'connections',
    rule: 'shows an app once, as the one or the other, at any moment while it turns',
    create: wrong(({ connections }) => ({
      connections: {
        async listOf(userId, at, page) {
          const acting = (await connections.listOf(userId, at, page)).items.filter(({ live }) => live);
          await aMoment();
          const remembered = (await connections.listOf(userId, at, page)).items.filter(({ live }) => !live);
          return { items: [...acting, ...remembered], next: null };
        },
      },
    })),
  },
  {
    fault: 'forgets a consent that was given since',
    port: 'consents',
    rule: 'spares what was given after the moment named',
    create: wrong(({ consents }) => ({ consents: { forget: (of) => consents.forget(of) } })),
  },
  {
    fault: 'purges a day early',
    port: 'purging',
    rule: 'deletes what expired before the moment given, and nothing that expired at it or after',
    create: purging((expirable, deadBefore, limit) => expirable.purge(new Date(deadBefore.getTime() + day), limit)),
  },
  {
    fault: 'purges what expires at that very moment',
    port: 'purging',
    rule: 'deletes what expired before the moment given, and nothing that expired at it or after',
    create: purging((expirable, deadBefore, limit) => expirable.purge(new Date(deadBefore.getTime() + 1), limit)),
  },
  {
    fault: 'purges without a bound',
    port: 'purging',
    rule: 'deletes at most as many as it may at a time',
    create: purging((expirable, deadBefore) => expirable.purge(deadBefore, Number.MAX_SAFE_INTEGER)),
  },
  {
    fault: 'purges a grant while something descends from it',
    port: 'purging grants',
    rule: 'keeps a grant while what descends from it is dead but not deleted yet',
    create: wrong(({ expirables }, tables) => ({
      expirables: [
        ...expirables.slice(0, -1),
        {
          async purge(deadBefore: Date) {
            const dead = [...tables.grants.values()].filter(({ neededUntil }) => neededUntil < deadBefore);
            for (const { grant } of dead) tables.grants.delete(grant.id);
            return dead.length;
          },
        },
      ],
    })),
  },
  {
    fault: 'gives the places of purged entries again, counting from the newest that is there',
    port: 'revocations',
    rule: 'gives no place a second time when all before it was purged',
    create: lastPlaceBy((numbers) => Math.max(0, ...numbers)),
  },
  {
    fault: 'takes for the last place how many entries there are',
    port: 'revocations',
    rule: 'gives no place a second time when all before it was purged',
    create: lastPlaceBy((numbers) => numbers.length),
  },
  {
    fault: 'shares rows between tenants',
    port: 'tenants side by side',
    rule: 'finds nothing that another tenant keeps, of any kind',
    create: () => createMemoryStorage({ ...memoryTables(), users: sharedPeople }),
  },
];
