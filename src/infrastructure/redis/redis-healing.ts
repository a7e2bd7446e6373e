import type { RevocationRepository } from '../../application/ports/revocation-repository.js';
import type { EndReason } from '../../domain/authorization/grant.js';
import type { Revocation } from '../../domain/tokens/revocation.js';
import { firstUuid7 } from '../../domain/tokens/uuid7.js';
import type { RunScript } from './redis-connection.js';
import { endsOf } from './redis-ended-grants.js';
import { keys } from './redis-keys.js';
import type { RedisMarks } from './redis-marks.js';
import { addMark, endGrant, healedUpTo, noteHealed, raiseMark } from './scripts/ends.js';
import { revokeToken } from './scripts/tokens.js';
import { leastTimeToLive, longestTimeToLive } from './time-to-live.js';

const pageSize = 1000;

/**
 * Tells Redis again what has ended. A Redis that crashed, or whose replica took over, may have lost its last moments, and with them the word that something has
 * ended. How far it knows the log of revocations is kept in Redis itself, behind all that was noted there before: what it lost of the one it lost of the other.
 */
export class RedisHealing {
  constructor(
    private readonly log: RevocationRepository,
    private readonly marks: RedisMarks,
  ) {}

  /** Brings what Redis knows up to the end of the log. */
  async heal(run: RunScript): Promise<void> {
    await this.marks.settleDoubts(run);
    let position = (await run(healedUpTo)) as string | null;
    // Nothing is known: a new Redis, or one that lost everything, also the tokens.
    if (position === null) return this.note(run, await this.log.latest());
    for (let more = true; more; ) {
      const page = await this.log.since(position, pageSize);
      // The log was set back to an older state, and ends before that place.
      if (page === null) return this.note(run, await this.log.latest());
      await inTurn(page.revocations, (revocation) => tell(run, this.marks, revocation));
      if (page.position !== position) await this.note(run, page.position);
      [position, more] = [page.position, page.more];
    }
  }

  /**
   * For an act that has marked what it ended until a moment, and has ended it in the other store: tells what the mark does not cover, because a clock that is ahead made it later.
   * Also what others ended so since all was told last, since whoever did may have failed before this; all else is left to them, and to the next healing.
   * `false`: nothing was told, for nothing is known, or it is too much to be read by every act, and a healing is due.
   */
  async tellLater(run: RunScript, markedUntil: Date): Promise<boolean> {
    const position = (await run(healedUpTo)) as string | null;
    const page = position === null ? null : await this.log.since(position, pageSize);
    if (page === null || page.more) return false;
    const first = firstUuid7(new Date(markedUntil.getTime() + 1));
    const later = page.revocations.filter(({ subject }) => subject.kind === 'grant' && subject.grantId >= first);
    await inTurn(later, (revocation) => tell(run, this.marks, revocation));
    return true;
  }

  private async note(run: RunScript, position: string): Promise<void> {
    await run(noteHealed, [], [position]);
  }
}

/** One after the other. */
async function inTurn<One>(all: readonly One[], work: (one: One) => Promise<unknown>): Promise<void> {
  for (const one of all) await work(one);
}

async function tell(run: RunScript, marks: RedisMarks, { subject, at, reason }: Revocation): Promise<unknown> {
  const moment = at.getTime();
  switch (subject.kind) {
    case 'token':
      return run(revokeToken, [keys.accessToken(subject.tokenId)], [moment, reason]);
    case 'grant':
      return run(endGrant, [], [subject.grantId, moment, reason, leastTimeToLive]);
    case 'grants':
      return run(addMark, [endsOf(subject)], [moment, reason, longestTimeToLive]);
    case 'own_tokens':
      return run(raiseMark, [keys.ownTokens(subject.clientId)], [moment, longestTimeToLive]);
    case 'user':
      // As it is by now: they may have been let in again.
      return marks.settle(run, { kind: 'user', id: subject.userId }, at);
    case 'client':
      // A client that is only disabled can be enabled again, and is looked at where it is kept.
      return reason === ('revoked_by_operator' satisfies EndReason) ? marks.settle(run, { kind: 'client', id: subject.clientId }, at) : undefined;
  }
}
