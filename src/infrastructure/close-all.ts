/** Ends something that was opened. */
export type Closer = () => unknown;

/** Calls one after the other, each whatever became of those before it. Throws the first error, once all were called. */
export async function closeAll(...closers: readonly Closer[]): Promise<void> {
  const errors: unknown[] = [];
  for (const close of closers) {
    try {
      await close();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}

/** Does `work`, and then closes as `closeAll` does, whatever became of it. An error of the work is thrown rather than one of closing. */
export async function closingAfter<Result>(work: () => Promise<Result>, ...closers: readonly Closer[]): Promise<Result> {
  const result = await work().catch(async (error: unknown) => {
    await closeAll(...closers).catch(() => undefined);
    throw error;
  });
  await closeAll(...closers);
  return result;
}
