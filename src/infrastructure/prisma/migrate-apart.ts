import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import { StoreUnfit } from '../../application/ports/store-unfit.js';
import type { EngineMessage, EngineQuestion } from './migrate-engine-process.js';
import type { LockPatience } from './migrate-patiently.js';

const program = fileURLToPath(new URL('./migrate-engine-process.js', import.meta.url));

/**
 * `applyWithEngine` in a process of its own, because a WebAssembly engine never gives its memory back and the server that migrates at its start lives long.
 * Where the program was not compiled, under a test runner that reads TypeScript, in this process.
 */
export async function applyApart(question: EngineQuestion, waiting: LockPatience['waiting']): Promise<readonly string[]> {
  if (!existsSync(program)) {
    const { applyWithEngine } = await import('./migrate-engine.js');
    return applyWithEngine(question.databaseUrl, question.folder, { waitForLocks: question.waitForLocks, waiting });
  }
  const child = fork(program, { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const complaint = child.stderr === null ? '' : text(child.stderr);
  let answer: EngineMessage | undefined;
  child.on('message', (message: EngineMessage) => {
    if (message.kind === 'waiting') waiting();
    else answer = message;
  });
  child.send(question);
  const [code, signal] = await once(child, 'exit');
  if (answer?.kind === 'applied') return answer.names;
  if (answer?.kind === 'away') throw new StorageUnavailable(answer.reason, answer);
  throw new StoreUnfit(answer?.kind === 'refused' ? answer.reason : `the migration engine ended with ${signal ?? code}: ${(await complaint).trim()}`);
}
