import cluster, { type Worker } from 'node:cluster';
import type { ProcessNumbers } from '../infrastructure/metrics/of-several-processes.js';
import { workerMark } from './is-worker.js';
import { letIn, retire, serving } from './messages.js';
import { MetricsQuestions } from './metrics-questions.js';

/** How a worker ended. */
export interface Ended {
  /** Why its process could not be made; otherwise one of the two below is set. */
  readonly unmade?: Error;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Milliseconds for which it had answered requests. */
  readonly served: number;
}

/** Milliseconds after which a worker that was told to leave is killed: more than it takes to retire and to drain. */
const patience = 20_000;

/** A worker, as the primary sees it. */
export class WorkerProcess {
  /** Whether it was told to leave: then nobody takes its place. */
  toldToLeave = false;
  isServing = false;
  /** How many connections it was handed. */
  handedOver = 0;
  readonly ended: Promise<Ended>;
  /** Resolves when it answers requests (`true`), or has ended before (`false`). */
  readonly serving: Promise<boolean>;
  private readonly worker: Worker | undefined;
  private readonly questions: MetricsQuestions | undefined;

  /** `made`: or why its process could not be. */
  private constructor(made: Worker | Error) {
    if (made instanceof Error) {
      this.ended = Promise.resolve(unmadeFor(made));
      this.serving = Promise.resolve(false);
      return;
    }
    const worker = made;
    this.worker = worker;
    this.questions = new MetricsQuestions(worker);
    let since = Number.POSITIVE_INFINITY;
    const began = new Promise<boolean>((resolve) =>
      worker.on('message', (message) => {
        if (message !== serving) return;
        since = performance.now();
        this.isServing = true;
        resolve(true);
      }),
    );
    this.ended = new Promise((resolve) => {
      worker.on('exit', (code: number | null, signal: NodeJS.Signals | null) => {
        this.isServing = false;
        resolve({ code, signal, served: Math.max(0, performance.now() - since) });
      });
      // What was left to do when its last connection had ended needs no primary.
      worker.on('disconnect', () => {
        this.isServing = false;
      });
      // Of a channel that breaks while something is said into it, the end tells all that matters; a process that could not be made has no other end.
      worker.on('error', (error) => {
        if (this.pid === undefined) resolve(unmadeFor(error));
      });
    });
    this.serving = Promise.race([began, this.ended.then(() => false)]);
    if (this.pid === undefined) return;
    closeWhatWasLost(worker, () => {
      this.handedOver += 1;
    });
  }

  /** A process that runs the command which this one was started with. */
  static start(): WorkerProcess {
    return new WorkerProcess(forked());
  }

  get pid(): number | undefined {
    return this.worker?.process.pid;
  }

  /** Its numbers; `families` is `null` when it does not tell them, or not in time. */
  async metrics(): Promise<ProcessNumbers> {
    return { worker: String(this.pid), families: (await this.questions?.ask()) ?? null };
  }

  /** Resolves when it has let in everybody whom it was handed (`true`), or has ended before (`false`). */
  async letIn(): Promise<boolean> {
    const { worker } = this;
    if (!worker?.isConnected()) return false;
    const answered = new Promise<boolean>((resolve) => {
      const heard = (message: unknown) => {
        if (message !== letIn) return;
        worker.off('message', heard);
        resolve(true);
      };
      worker.on('message', heard);
    });
    worker.send(letIn, () => undefined);
    return Promise.race([answered, this.ended.then(() => false)]);
  }

  /** Hands it nobody more; it closes its doors when it has let in whom it was handed. With those of the last worker the port is closed, at once. */
  closeDoors(): void {
    const { worker } = this;
    if (worker?.isConnected() && !worker.exitedAfterDisconnect) worker.disconnect();
  }

  /** Lets it leave while others serve; resolves when it has ended. */
  async retire(): Promise<void> {
    const left = this.leave((worker) => worker.send(retire, () => undefined));
    this.closeDoors();
    await left;
  }

  /** Stops it in good order; resolves when it has ended. */
  async stop(): Promise<void> {
    await this.leave(({ process }) => process.kill('SIGTERM'));
  }

  private async leave(tell: (worker: Worker) => void): Promise<void> {
    this.toldToLeave = true;
    const { worker } = this;
    if (worker?.isConnected()) tell(worker);
    const kill = setTimeout(() => worker?.process.kill('SIGKILL'), patience);
    await this.ended;
    clearTimeout(kill);
  }
}

/** Node.js tells by an event that there are too many files or processes, and throws where memory or its like is too little (ENOMEM, E2BIG). */
function forked(): Worker | Error {
  try {
    return cluster.fork(workerMark);
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

function unmadeFor(error: Error): Ended {
  return { unmade: error, code: null, signal: null, served: 0 };
}

/**
 * A connection that is handed to a worker in the moment of its death is answered by nobody, and Node.js keeps it open for ever: it waits for the worker's word. Closed, its
 * client can try again. A worker is handed the next one only after its word on the last, so there is one at most; closing one that was taken does nothing.
 */
function closeWhatWasLost(worker: Worker, handedOver: () => void): void {
  const send = worker.process.send.bind(worker.process) as (...said: unknown[]) => boolean;
  let last: { close(): void } | undefined;
  worker.process.send = (...said: unknown[]) => {
    const [, handle] = said;
    if (typeof handle === 'object' && handle !== null && 'close' in handle) {
      last = handle as { close(): void };
      handedOver();
    }
    return send(...said);
  };
  worker.on('exit', () => last?.close());
}
