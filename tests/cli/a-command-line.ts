import { PassThrough, Readable, type Writable } from 'node:stream';
import type { Storage } from '../../src/application/ports/storage.js';
import { commandServices } from '../../src/command-services.js';
import { readConfig } from '../../src/config.js';
import { buildContainer } from '../../src/container.js';
import { createMemoryStorage } from '../../src/infrastructure/memory/create-memory-storage.js';
import type { CommandLine, Services } from '../../src/interfaces/cli/command-line.js';
import { runCommandLine } from '../../src/interfaces/cli/run-command-line.js';
import { someCatalogue, somePasswords } from '../application/some.js';
import { HandClock } from '../support/hand-clock.js';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command printed; tests look only where they know what is there. */
export type Json = Record<string, unknown> & Iterable<Record<string, unknown>>;

export interface CommandLineUnderTest {
  readonly storage: Storage;
  /** How often the store was opened and closed. */
  readonly store: { opened: number; closed: number };
  run(...argv: string[]): Promise<Ran>;
  /** The same with something piped in. */
  runWith(stdin: string, ...argv: string[]): Promise<Ran>;
  /** The same, expecting success; answers what was printed as JSON. */
  json(...argv: string[]): Promise<Json>;
}

/** The command line over a store in memory. `changes` replaces what the process around it would supply. */
export function aCommandLine(changes: Partial<CommandLine> = {}, localAccounts = true): CommandLineUnderTest {
  const storage = createMemoryStorage();
  const store = { opened: 0, closed: 0 };
  const openServices = async (): Promise<Services> => {
    store.opened += 1;
    return servicesOver(storage, localAccounts, async () => {
      store.closed += 1;
    });
  };
  const runWith = async (stdin: string, ...argv: string[]): Promise<Ran> => {
    const [stdout, stderr] = [captured(), captured()];
    const unused = async () => Promise.reject(new Error('not expected in this test'));
    const surroundings = {
      now: () => new Date(),
      configuration: () => ({ issuer: 'http://localhost:1' }),
      secretKey: async () => 'given' as const,
      openStore: unused,
      openAsServed: unused,
    };
    const streams = { stdin: Readable.from([Buffer.from(stdin)]), stdout: stdout.stream, stderr: stderr.stream };
    const code = await runCommandLine(argv, {
      version: '1.2.3',
      openServices,
      makesStore: async () => false,
      emptyStore: async () => servicesOver(createMemoryStorage()),
      serve: unused,
      migrate: unused,
      openMove: unused,
      surroundings,
      ...streams,
      ...changes,
    });
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  };
  const run = (...argv: string[]) => runWith('', ...argv);
  const json = async (...argv: string[]) => {
    const { code, stdout, stderr } = await run(...argv, '--json');
    if (code !== 0) throw new Error(`keywright ${argv.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as Json;
  };
  return { storage, store, run, runWith, json };
}

/** The services as `keywright` opens them, over that store. */
export function servicesOver(storage: Storage, localAccounts = true, close = async () => {}): Services {
  const config = { ...readConfig({ ISSUER: 'https://auth.example.com' }), catalogue: someCatalogue, localAccounts };
  const secretKeys = ['a key for tests, of more than 32 characters'] as const;
  return commandServices(buildContainer({ config, storage, clock: new HandClock(), passwordHasher: somePasswords, secretKeys }), close);
}

function captured(): { stream: Writable; text(): string } {
  const chunks: Buffer[] = [];
  const stream = new PassThrough();
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}
