import { applyWithEngine } from './migrate-engine.js';

/** What `applyApart` asks of this process, over the channel between them: a password does not belong on a command line. */
export interface EngineQuestion {
  readonly databaseUrl: string;
  readonly folder: string;
}

export type EngineAnswer = { readonly applied: readonly string[]; readonly refusal?: never } | { readonly applied?: never; readonly refusal: string };

process.once('message', async ({ databaseUrl, folder }: EngineQuestion) => {
  const answer: EngineAnswer = await applyWithEngine(databaseUrl, folder).then(
    (applied) => ({ applied }),
    (error: Error) => ({ refusal: error.message }),
  );
  // The engine leaves a timer of ten seconds behind, that of its lock; nobody waits for it.
  process.send?.(answer, () => process.exit());
});
