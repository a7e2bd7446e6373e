import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

export interface ServerProgram {
  /** Ends it, and resolves when it has ended. */
  stop(): Promise<void>;
}

/** Is it on this machine? On the one that decides nothing may be left out unnoticed. */
export function isInstalled(path: string): boolean {
  const there = existsSync(path);
  if (process.env.CI && !there) throw new Error(`${path} is missing: .ci/run installs it`);
  return there;
}

/** Waits for the end of whoever started it, however that comes, and takes the program and what it kept along. */
const watch = 'home=$1; shift; "$0" "$@" & cat >/dev/null; kill -9 $!; [ -z "$home" ] || rm -rf "$home"';

/**
 * A program that serves until it is stopped, and no longer than this process. `home`: a folder of its own, which goes with it; null when there is none.
 */
export function startProgram(path: string, args: readonly string[], home: string | null): ServerProgram {
  const program = spawn('/bin/sh', ['-c', watch, path, home ?? '', ...args], { stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = new Promise((resolve) => program.once('exit', resolve));
  return {
    async stop() {
      program.stdin.end();
      await ended;
    },
  };
}

/** Asks until it answers, for ten seconds at least. `asks` fails as long as nobody is there. */
export async function untilAnswered(name: string, asks: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    try {
      await asks();
      return;
    } catch {
      await pause(25);
    }
  }
  throw new Error(`${name} does not answer`);
}
