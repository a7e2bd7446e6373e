import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { StoreUnfit } from '../../application/ports/store-unfit.js';
import type { EngineAnswer, EngineQuestion } from './migrate-engine-process.js';

const program = fileURLToPath(new URL('./migrate-engine-process.js', import.meta.url));

/**
 * `applyWithEngine` in a process of its own, because a WebAssembly engine never gives its memory back and the server that migrates at its start lives long.
 * Where the program was not compiled, under a test runner that reads TypeScript, in this process.
 */
export async function applyApart(question: EngineQuestion): Promise<readonly string[]> {
  if (!existsSync(program)) {
    const { applyWithEngine } = await import('./migrate-engine.js');
    return applyWithEngine(question.databaseUrl, question.folder);
  }
  const child = fork(program, { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const complaint = child.stderr === null ? '' : text(child.stderr);
  let answer: EngineAnswer | undefined;
  child.once('message', (message) => {
    answer = message as EngineAnswer;
  });
  child.send(question);
  const [code, signal] = await once(child, 'exit');
  if (answer?.applied !== undefined) return answer.applied;
  throw new StoreUnfit(answer?.refusal ?? `the migration engine ended with ${signal ?? code}: ${(await complaint).trim()}`);
}
