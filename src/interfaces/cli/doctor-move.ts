import type { MoveSeen, MoveStage } from '../../application/ports/moved-store.js';
import type { Finding } from './finding.js';

const check = 'move';

const ofLeft: Readonly<Record<MoveStage | 'none', string>> = {
  none: 'the store of STORAGE_FROM decides, and nothing is copied yet: keywright storage copy',
  copying: 'the store of STORAGE_FROM decides, until: keywright storage switch',
  held: 'the store of STORAGE_FROM is held for a switch: nothing is decided for some seconds',
  moved: 'switched, this store decides: STORAGE_FROM can be taken out on every instance',
};

const ofChosen: Readonly<Record<MoveStage, string | null>> = {
  copying:
    'this store is being copied to another; it decides, and notes each change, until: keywright storage switch, or to give it up: keywright storage abandon',
  held: 'this store is held for a switch to another: nothing is decided for some seconds',
  // What it refuses then is found by writing to it.
  moved: null,
};

/** `null`: there is nothing to be said of a move. */
export function moveFinding({ store, stage, tooEarly = false }: MoveSeen): Finding | null {
  if (tooEarly) {
    const reason = 'the database is being copied to Redis and decides, and without STORAGE_FROM a server looks for codes and tokens in Redis';
    const advice = 'set STORAGE_FROM to the address of the database until it is switched, or give the move up: keywright storage abandon';
    return { check, ok: false, reason, advice };
  }
  const reason = store === 'left' ? ofLeft[stage ?? 'none'] : stage && ofChosen[stage];
  return reason === null ? null : { check, ok: true, reason };
}
