import { hash } from 'node:crypto';
import { parseTokenOf } from '../domain/tokens/opaque-token.js';
import { BoundedMap } from './bounded-map.js';
import type { RevocationFeed } from './feed/revocation-feed.js';
import type { Introspection } from './introspection.js';
import type { LocalCheck } from './jwt/local-check.js';
import type { SigningKey } from './jwt/signing-key.js';
import { NoAnswer } from './keywright-connection.js';
import type { Settings } from './options.js';
import { TimeOfDay } from './time-of-day.js';
import { type Active, type Refused, refused, unavailable, type Verification } from './verification.js';

/** A token that was found good. It is kept under its digest: memory holds nothing that opens anything. */
interface KnownToken {
  readonly verification: Active;
  /** The key that signed it; `null` for an opaque token. */
  readonly key: SigningKey | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** When that was found, by `performance.now()`. */
  readonly checkedAt: number;
  /** Of the revocations, when it was last looked up among them; -1 when Keywright was never asked about it. */
  revision: number;
}

export interface Needs {
  /** All of them are needed. */
  readonly scopes?: readonly string[];
}

/** No token of Keywright is as long; nothing longer is looked at. Characters. */
const longest = 16_384;
/** While Keywright is away and known tokens are served, they ask again no sooner than this, or each would wait for the timeout. Milliseconds. */
const retryPause = 1_000;
const opaquePrefix = 'kw_';
const noNeeds: Needs = {};
const noScopes: readonly string[] = [];

export class TokenVerifier {
  private readonly known: BoundedMap<KnownToken>;
  private readonly refusals: BoundedMap<{ readonly refusal: Refused; readonly until: number }>;
  private readonly timeOfDay = new TimeOfDay();
  private awayUntil = 0;

  constructor(
    private readonly settings: Settings,
    private readonly local: LocalCheck,
    /** `null` without credentials. */
    private readonly introspection: Introspection | null,
    /** `null` when it is not to be followed. */
    private readonly feed: RevocationFeed | null,
  ) {
    this.known = new BoundedMap(settings.maxTokens);
    this.refusals = new BoundedMap(settings.maxTokens);
  }

  async verify(token: string, { scopes = noScopes }: Needs = noNeeds): Promise<Verification> {
    if (typeof token !== 'string' || token.length > longest) return refused('malformed');
    const now = performance.now();
    const digest = hash('sha256', token, 'binary');
    const known = this.known.get(digest);
    const verification = known && this.trusts(known, now) ? known.verification : await this.check(token, digest, known, now);
    return verification.active ? withinScopes(verification, scopes) : verification;
  }

  /** Can what was found before be said again without asking anybody? */
  private trusts(known: KnownToken, now: number): boolean {
    return this.timeOfDay.at(now) < known.expiresAt && this.isFresh(known, now) && this.isClear(known);
  }

  private isFresh({ key, checkedAt }: KnownToken, now: number): boolean {
    if (key && !this.local.trusts(key, now)) return false;
    // Without credentials nobody can be asked: a JWT is good until it expires.
    if (!this.introspection) return key !== null;
    const age = now - checkedAt;
    if (this.feed?.follows(now)) return key !== null || age < this.settings.maxAge * 1000;
    return age < this.settings.maxAgeWithoutFeed * 1000;
  }

  private isClear(known: KnownToken): boolean {
    const { feed } = this;
    if (!feed || known.revision === feed.revocations.revision) return true;
    if (!feed.revocations.clear(known.verification.claims, known.revision)) return false;
    known.revision = feed.revocations.revision;
    return true;
  }

  private async check(token: string, digest: string, known: KnownToken | undefined, now: number): Promise<Verification> {
    if (known && this.timeOfDay.at(now) >= known.expiresAt) {
      this.known.delete(digest);
      if (!known.key) return refused('expired');
    }
    const before = this.refusals.get(digest);
    if (before && now < before.until) return before.refusal;
    try {
      return await (token.startsWith(opaquePrefix) ? this.checkOpaque(token, digest, known) : this.checkJwt(token, digest, known, now));
    } catch (error) {
      if (error instanceof NoAnswer) return unavailable;
      throw error;
    }
  }

  private checkOpaque(token: string, digest: string, known: KnownToken | undefined): Refused | Promise<Verification> {
    // The checksum tells a mistyped token without a request; a token of another kind is none here.
    if (!parseTokenOf('at', token)) return refused('malformed');
    if (!this.introspection) {
      this.settings.onProblem(new Error('an opaque token cannot be checked without credentials of this resource server: give the verifier `credentials`'));
      return refused('unknown');
    }
    return this.ask(token, digest, null, known);
  }

  private async checkJwt(token: string, digest: string, known: KnownToken | undefined, now: number): Promise<Verification> {
    const checked = this.local.check(token, now, this.timeOfDay.at(now));
    const jwt = checked instanceof Promise ? await checked : checked;
    if ('active' in jwt) return jwt;
    const found = this.knownToken(jwt.verification, jwt.key, known?.revision ?? -1, now);
    if (!this.introspection || (this.feed?.follows(now) && this.isClear(found))) {
      this.known.set(digest, found);
      return found.verification;
    }
    return this.ask(token, digest, jwt.key, found);
  }

  /** Asks Keywright; where it does not answer, `before` is what was known of the token until now. */
  private async ask(token: string, digest: string, key: SigningKey | null, before: KnownToken | undefined): Promise<Verification> {
    this.feed?.start();
    const askedAt = performance.now();
    if (before && askedAt < this.awayUntil) return this.withoutKeywright(before);
    // What the feed tells while the answer is on its way may be newer than the answer.
    const revision = this.feed?.revocations.revision ?? 0;
    let answer: Verification;
    try {
      answer = await (this.introspection as Introspection).ask(token, `${revision} ${digest}`);
    } catch (error) {
      if (!(error instanceof NoAnswer) || !before) throw error;
      if (this.settings.serveKnown) this.awayUntil = performance.now() + retryPause;
      return this.withoutKeywright(before);
    }
    if (answer.active) {
      this.known.set(digest, this.knownToken(answer, key, revision, askedAt));
    } else {
      this.known.delete(digest);
      this.refusals.set(digest, { refusal: Object.freeze(answer), until: performance.now() + this.settings.refusedMaxAge * 1000 });
    }
    return answer;
  }

  private withoutKeywright({ verification, revision, expiresAt }: KnownToken): Verification {
    const refusal = this.feed?.revocations.about(verification.claims, revision)?.refusal;
    if (refusal) return refusal;
    return this.settings.serveKnown && Date.now() < expiresAt ? verification : unavailable;
  }

  private knownToken(verification: Active, key: SigningKey | null, revision: number, checkedAt: number): KnownToken {
    return { verification, key, expiresAt: verification.claims.exp * 1000, checkedAt, revision };
  }
}

function withinScopes(verification: Active, scopes: readonly string[]): Verification {
  for (const scope of scopes) {
    if (!verification.scopes.includes(scope)) {
      return { active: false, reason: 'insufficient_scope', missing: scopes.filter((one) => !verification.scopes.includes(one)) };
    }
  }
  return verification;
}
