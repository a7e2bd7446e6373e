import { earlier, later } from '../moments.js';

/** A person's signed-in browser. The cookie holds the token, the store its digest. */
export interface Session {
  readonly id: string;
  readonly digest: Uint8Array;
  readonly userId: string;
  /** How the person signed in: `password`, or the name that another way gives itself. */
  readonly method: string;
  /** The address they signed in from. */
  readonly from: string | null;
  /** The browser in which they did, in a few words; `null` when it did not say. */
  readonly browser: string | null;
  /** When they signed in here. */
  readonly createdAt: Date;
  /** When they last proved who they are; before `createdAt` where they did so elsewhere. */
  readonly authenticatedAt: Date;
  /** When they were last here, give or take `touchInterval`. */
  readonly lastSeenAt: Date;
  /** When it ends unless they come back before. */
  readonly expiresAt: Date;
}

/** Seconds: unused for so long, or this old, a session ends. */
export interface SessionLifetimes {
  readonly idle: number;
  readonly absolute: number;
}

/** The latest moment at which a session ends, however much it is used. */
export function absoluteEnd({ createdAt }: Pick<Session, 'createdAt'>, { absolute }: SessionLifetimes): Date {
  return later(createdAt, absolute);
}

/** When a session ends that is not used again. */
export function sessionEnd(session: Pick<Session, 'createdAt' | 'lastSeenAt'>, lifetimes: SessionLifetimes): Date {
  return earlier(later(session.lastSeenAt, lifetimes.idle), absoluteEnd(session, lifetimes));
}

/** By the lifetimes of today as well as by those it was last seen under: shorter ones count at once, longer ones revive nothing. */
export function isLive(session: Session, lifetimes: SessionLifetimes, now: Date): boolean {
  return now < earlier(session.expiresAt, sessionEnd(session, lifetimes));
}

/** Seconds in which a use is not noted again, so that a request costs no write: five minutes, and never more than a tenth of the idle lifetime. */
export function touchInterval({ idle }: SessionLifetimes): number {
  return Math.min(300, idle / 10);
}

/** Seconds for which a sign-in counts as fresh. */
const freshFor = 300;

/** Did the person prove who they are just now? For what an open browser alone must not do. */
export function isFresh({ authenticatedAt }: Pick<Session, 'authenticatedAt'>, now: Date): boolean {
  return now <= later(authenticatedAt, freshFor);
}
