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
