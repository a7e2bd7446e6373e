import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { builtFile } from '../support/built-file.js';

/** `keywright serve` as a process of its own, on the embedded database unless `DATABASE_URL` names another. */
export class KeywrightProcess {
  /** What it has written so far. */
  said = '';

  private constructor(
    private readonly child: ChildProcess,
    readonly issuer: string,
    private readonly dataDir: string,
  ) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.said += chunk.toString();
      });
  }

  /** Starts it and resolves when it says that it is ready. */
  static async start(dataDir: string, port: number, env: Record<string, string>): Promise<KeywrightProcess> {
    const issuer = `http://localhost:${port}`;
    const child = spawn(process.execPath, [await builtFile('main.js'), 'serve'], {
      env: { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: String(port), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const server = new KeywrightProcess(child, issuer, dataDir);
    while (!server.said.includes('ready at')) {
      await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), once(child, 'exit')]);
      const ended = child.exitCode ?? child.signalCode;
      if (ended !== null) throw new Error(`the server ended with ${ended}: ${server.said}`);
    }
    return server;
  }

  /** No warning, no chance to finish anything: the server, and its database with it. */
  async kill(): Promise<void> {
    const postmaster = await this.postmasterPid();
    this.child.kill('SIGKILL');
    process.kill(postmaster, 'SIGKILL');
    await once(this.child, 'exit');
  }

  get pid(): number {
    return this.child.pid as number;
  }

  /** As an operator stops it. */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
    return this.child.exitCode;
  }

  private async postmasterPid(): Promise<number> {
    const names = await readdir(this.dataDir, { recursive: true });
    const name = names.find((one) => one.endsWith('postmaster.pid')) as string;
    return Number((await readFile(join(this.dataDir, name), 'utf8')).split('\n', 1)[0]);
  }
}

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both. */
  readonly said: string;
}

/** Runs a command to its end. `env`: what it knows of its surroundings, beside the way to its programs. */
export async function runKeywright(env: Record<string, string>, ...args: string[]): Promise<Ran> {
  const child = spawn(process.execPath, [await builtFile('main.js'), ...args], { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close') as Promise<[number | null]>]);
  return { code, stdout, stderr, said: stdout + stderr };
}

/** A port that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
