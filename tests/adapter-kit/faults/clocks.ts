import { type Fault, wrong } from './fault.js';

/** Everything is dated by the clock of whoever made it, and clocks differ. */
export const clockFaults: readonly Fault[] = [
  {
    fault: 'believes every clock about which grants were made before',
    port: 'grants',
    rule: 'ends very many of a person together, also one that a clock that is ahead made later',
    create: wrong(({ grants }, tables) => ({
      grants: {
        async revokeAll(of, reason, at) {
          const later = [...tables.grants].filter(([, { grant }]) => grant.createdAt > at);
          for (const [id] of later) tables.grants.delete(id);
          const revoked = await grants.revokeAll(of, reason, at);
          for (const [id, row] of later) tables.grants.set(id, row);
          return revoked;
        },
      },
    })),
  },
  {
    fault: 'says of very many grants only whose they were, also of those that count as made later',
    port: 'revocations',
    rule: 'names of very many those that a clock that is ahead made later',
    create: wrong(({ revocations }) => ({
      revocations: {
        async since(position, limit) {
          const page = await revocations.since(position, limit);
          const together = page?.revocations.some(({ subject }) => subject.kind === 'grants');
          return page && together ? { ...page, revocations: page.revocations.filter(({ subject }) => subject.kind !== 'grant') } : page;
        },
      },
    })),
  },
];
