import { z } from 'zod';

/** A moment as it is read, with whatever offset. */
export const momentIn = z.iso.datetime({ offset: true });

/** A moment as it is written: in UTC. */
export const momentOut = z.iso.datetime();

export function momentText(moment: Date): string {
  return moment.toISOString();
}

export function momentTextOrNull(moment: Date | null): string | null {
  return moment === null ? null : moment.toISOString();
}
