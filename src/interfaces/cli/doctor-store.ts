import type { MoveSeen } from '../../application/ports/moved-store.js';
import type { Reading } from './doctor-clock.js';
import { connectionsFinding } from './doctor-connections.js';
import { moveFinding } from './doctor-move.js';
import type { Finding } from './finding.js';
import { unfitFinding } from './unfit-finding.js';

/** The store as it is, not migrated. */
export interface StoreUnderExamination {
  ping(): Promise<void>;
  /** The names of the migrations that are not applied yet. */
  pendingMigrations(): Promise<readonly string[]>;
  /** What else it tells of itself, where it can. */
  figures?(): Promise<StoreFigures>;
  /** Whether it is being left, or another for it. Asked only of one that is up to date. */
  move?(): Promise<MoveSeen>;
  close(): Promise<void>;
}

export interface StoreFigures {
  /** The time by its own clock. */
  readonly now: Date;
  /** How many connections it has for everybody; `null`: not known. */
  readonly connectionsAllowed: number | null;
  /** How many processes of servers are connected to it; `null`: not known. */
  readonly serversConnected: number | null;
}

interface Asked {
  now(): Date;
  /** Throws `RefusedWhereNotMade`. */
  openStore(): Promise<StoreUnderExamination>;
}

/** `servers`: how many of them are connected to the store; `null` where that is not known. */
interface StoreFindings {
  readonly findings: readonly Finding[];
  readonly reading: Reading | null;
  readonly servers: number | null;
}

/** One thing after the other, as long as the store answers. `connections`: that this instance may open. */
export async function examineStore(asked: Asked, connections: number | null): Promise<StoreFindings> {
  let store: StoreUnderExamination | null = null;
  const findings: Finding[] = [];
  let reading: Reading | null = null;
  let servers: number | null = null;
  let asking: 'store' | 'migrations' | 'move' = 'store';
  try {
    store = await asked.openStore();
    await store.ping();
    const before = asked.now().getTime();
    const figures = (await store.figures?.()) ?? null;
    if (figures) reading = { whose: "the store's", told: figures.now.getTime(), asked: before, answered: asked.now().getTime() };
    servers = figures?.serversConnected ?? null;
    findings.push({ check: asking, ok: true, reason: 'answers' });
    asking = 'migrations';
    const pending = await store.pendingMigrations();
    findings.push(migrationsFinding(pending));
    const allowed = figures?.connectionsAllowed ?? null;
    if (connections !== null && allowed !== null) findings.push(connectionsFinding(connections, allowed));
    asking = 'move';
    const seen = pending.length === 0 ? ((await store.move?.()) ?? null) : null;
    const move = seen && moveFinding(seen);
    if (move) findings.push(move);
    // Until the switch servers are connected to the store that is left.
    if (seen?.store === 'left' && seen.stage !== 'moved') servers = null;
  } catch (error) {
    findings.push(unfitFinding(asking, error, asking === 'move' ? leftToBeFound : undefined));
  } finally {
    await store?.close().catch(() => {});
  }
  return { findings, reading, servers };
}

/** The chosen store answered; the other is the one that is left. */
const leftToBeFound = 'start the store that is left, or correct STORAGE_FROM; once the move is switched, take STORAGE_FROM out';

function migrationsFinding(pending: readonly string[]): Finding {
  if (pending.length === 0) return { check: 'migrations', ok: true, reason: 'all applied' };
  const reason = pending.length > 3 ? `${pending.length} not applied yet, from ${pending[0]} on` : `not applied yet: ${pending.join(', ')}`;
  return { check: 'migrations', ok: false, reason, advice: 'run: keywright migrate' };
}
