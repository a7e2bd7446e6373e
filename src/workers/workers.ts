import { setTimeout as pause } from 'node:timers/promises';
import type { ProcessNumbers } from '../infrastructure/metrics/of-several-processes.js';
import { CommandFailure, type ExitCode, exitCodes } from '../interfaces/cli/exit-codes.js';
import { nobodyWaits } from './nobody-waits.js';
import { RestartPause } from './restart-pause.js';
import { type Ended, WorkerProcess } from './worker-process.js';

/** Deaths in a row, besides one for each worker, after which the server ends if none is left that serves. */
const deathsTolerated = 4;

/** The processes that serve: as many as wanted, whatever happens to one of them. */
export class Workers {
  /** Rejects when none serves any more and those that come die at once, with the exit code of the last. */
  readonly failed: Promise<never>;
  private readonly running = new Set<WorkerProcess>();
  private readonly restartPause = new RestartPause();
  private fail: (error: CommandFailure) => void = () => undefined;
  private replacing: Promise<void> = Promise.resolve();
  /** The round that waits for the one under way. */
  private nextRound: Promise<void> | undefined;
  private stopping = false;

  private constructor(
    private readonly count: number,
    private readonly log: (line: string) => void,
  ) {
    this.failed = new Promise((_, reject) => {
      this.fail = reject;
    });
    this.failed.catch(() => undefined);
  }

  /** Starts `count` workers and resolves when they serve. The first goes ahead alone, so that what keeps all of them from serving is said once. */
  static async start(count: number, log: (line: string) => void): Promise<Workers> {
    const workers = new Workers(count, log);
    const first = workers.add();
    if (!(await first.serving)) throw failureOf(await first.ended);
    workers.keep(first);
    const others = Array.from({ length: count - 1 }, () => workers.add());
    for (const other of others) workers.keep(other);
    await Promise.all(others.map((other) => other.serving));
    return workers;
  }

  /**
   * Replaces the workers one after another, each when its successor serves. A successor that does not come up ends it, and the others stay. Asked while it does, it
   * does it once more afterwards, however often it was asked.
   */
  replaceAll(): Promise<void> {
    this.nextRound ??= this.replacing.then(async () => {
      this.nextRound = undefined;
      for (const old of [...this.running]) if (!(await this.replace(old))) return;
    });
    this.replacing = this.nextRound;
    return this.nextRound;
  }

  /** The numbers of those that serve. One that ended while it was asked is left out: it is no more. */
  async metrics(): Promise<ProcessNumbers[]> {
    const asked = [...this.running].filter(({ isServing }) => isServing);
    const told = await Promise.all(asked.map((worker) => worker.metrics()));
    return told.filter((_, index) => asked[index]?.isServing);
  }

  /** Stops all of them in good order, those included that are still on their way; resolves when they have ended. */
  async stop(): Promise<void> {
    this.stopping = true;
    const lettingIn = [...this.running].filter(({ isServing, toldToLeave }) => isServing && !toldToLeave);
    const stopped = [...this.running].map((worker) => worker.stop());
    await nobodyWaits(lettingIn);
    for (const worker of lettingIn) worker.closeDoors();
    await Promise.all(stopped);
  }

  private async replace(old: WorkerProcess): Promise<boolean> {
    if (this.stopping || old.toldToLeave || !this.running.has(old)) return true;
    const successor = this.add();
    if (!(await successor.serving)) {
      if (!this.stopping) this.log(`a new worker did not come up (${wordsFor(await successor.ended)}); those that serve go on`);
      return false;
    }
    this.keep(successor);
    // One that died meanwhile has been replaced: the successor is one too many then.
    const surplus = this.running.has(old) ? old : successor;
    if (!this.stopping) await surplus.retire();
    return true;
  }

  private add(): WorkerProcess {
    const worker = WorkerProcess.start();
    this.running.add(worker);
    void worker.ended.then(() => this.running.delete(worker));
    return worker;
  }

  /** From now on another takes its place when it dies. */
  private keep(worker: WorkerProcess): void {
    void worker.ended.then(async (ended) => {
      if (worker.toldToLeave || this.stopping) return;
      const wait = this.restartPause.after(ended.served);
      const nobodyServes = ![...this.running].some((other) => other.isServing);
      if (nobodyServes && this.restartPause.deathsInARow >= this.count + deathsTolerated) return this.fail(failureOf(ended));
      this.log(`${ended.unmade ? 'a worker' : `worker ${worker.pid}`} ended (${wordsFor(ended)}); another takes its place`);
      await pause(wait);
      if (!this.stopping) this.keep(this.add());
    });
  }
}

const known = new Set<unknown>([exitCodes.configuration, exitCodes.unavailable]);

function failureOf(ended: Ended): CommandFailure {
  const exitCode = known.has(ended.code) ? (ended.code as ExitCode) : exitCodes.internal;
  return new CommandFailure(`no worker stays up: the last ended with ${wordsFor(ended)}`, exitCode);
}

function wordsFor({ unmade, code, signal }: Ended): string {
  return unmade?.message ?? signal ?? `exit code ${code}`;
}
