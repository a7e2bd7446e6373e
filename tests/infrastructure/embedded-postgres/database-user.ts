import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { builtFile } from '../../support/built-file.js';

/** A process that starts or joins the embedded PostgreSQL, tells its address, and leaves when told to. */
const program = (module: string, dataDir: string) => `
  import { startEmbeddedPostgres } from ${JSON.stringify(module)};
  const log = [];
  process.on('SIGINT', () => {});
  process.on('message', async () => {
    await database.stop();
    process.send({ log });
    process.disconnect();
  });
  const database = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: (line) => log.push(line), settings: { fsync: 'off' } });
  process.send({ url: database.url, log });
`;

interface Told {
  readonly url: string;
  readonly log: readonly string[];
}

export class DatabaseUser {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** Whether this process started the server or found it running. */
    readonly started: boolean,
  ) {}

  /** `children` gets the process at once, so that a test which fails meanwhile can end it. */
  static async start(dataDir: string, children: ChildProcess[]): Promise<DatabaseUser> {
    const module = pathToFileURL(await builtFile('infrastructure/embedded-postgres/start-embedded-postgres.js')).href;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program(module, dataDir)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      detached: true,
    });
    children.push(child);
    const exit = once(child, 'exit').then(([code]) => Promise.reject(new Error(`the process ended with ${code}`)));
    exit.catch(() => undefined);
    const [{ url, log }] = (await Promise.race([once(child, 'message'), exit])) as [Told];
    return new DatabaseUser(
      child,
      url,
      log.some((line) => line.includes('started')),
    );
  }

  /** Leaves in order; the process has ended when this resolves. */
  async leave(): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.send('leave');
    await exit;
  }

  async killHard(): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exit;
  }

  /** As Ctrl-C at a terminal does: to every process of the group. */
  interruptGroup(): void {
    process.kill(-(this.child.pid as number), 'SIGINT');
  }
}
