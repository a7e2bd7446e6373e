import { expect } from 'vitest';
import { type MoveChoice, openMove } from '../../../src/infrastructure/open-move.js';

/** Moves one store to another as an operator does: copies, finds nothing that differs, switches. `duringCopy`: what happens in between. */
export async function moveStores(choice: MoveChoice, duringCopy: () => Promise<unknown> = async () => {}): Promise<void> {
  const { move, close } = await openMove(choice);
  try {
    await move.copy(() => undefined);
    await duringCopy();
    expect((await move.check(() => undefined)).filter(({ differences }) => differences > 0)).toEqual([]);
    await move.switchOver();
  } finally {
    await close();
  }
}
