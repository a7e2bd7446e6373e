import type { KeyObject } from 'node:crypto';
import { currentOf, makeSigningKey, openPrivateKey, type SigningKey } from '../../domain/keys/signing-key.js';
import { later } from '../../domain/moments.js';
import type { SigningAlgorithm } from '../../domain/resources/resource-server.js';
import type { SecretKeys } from '../../domain/secret-key.js';
import { KeptAnswer } from '../operations/kept-answer.js';
import type { Clock } from '../ports/clock.js';
import type { SigningKeyRepository } from '../ports/signing-key-repository.js';
import { KeysUnreadable } from './keys-unreadable.js';

export interface KeySettings {
  /** Seconds for which a key signs before the next one does. */
  readonly rotationInterval: number;
  /** Seconds for which a key is published before it signs: longer than verifiers keep the keys they fetched. */
  readonly publicationLead: number;
}

/** Milliseconds after which keys are read again: to sign, where an older key is still good, and to publish, where one that others miss does harm. */
const freshness = { signing: 5000, publishing: 1000 };

/** Seconds by which a key's end is moved on at once, so that it is not written with every token. */
const needAhead = 3600;

/**
 * The signing keys as this instance knows them. Nobody tells an instance what another did: which key signs follows from the store and the time, and a key
 * is published so long before it signs that all have read it by then.
 */
export class KeyRing {
  private readonly keys: KeptAnswer<readonly SigningKey[]>;
  private readonly opened = new Map<string, KeyObject>();
  private readonly needed = new Map<string, number>();

  constructor(
    private readonly repository: SigningKeyRepository,
    private readonly secretKeys: SecretKeys,
    readonly settings: KeySettings,
    private readonly clock: Clock,
  ) {
    this.keys = new KeptAnswer(
      () => repository.all(),
      () => clock.now().getTime(),
    );
  }

  /** Every key that verifies a token that may still be good, and those that will soon sign (RFC 7517 §5). */
  async published(): Promise<readonly SigningKey[]> {
    return this.keys.get(freshness.publishing);
  }

  /** Was the key withdrawn with which a token of ours was signed? While such a token is good, its key is there unless somebody took it down. */
  async isWithdrawn(keyId: string): Promise<boolean> {
    const isThere = async () => (await this.published()).some(({ id }) => id === keyId);
    if (await isThere()) return false;
    // Another instance may have made it a moment ago.
    this.forget();
    return !(await isThere());
  }

  /** The key that signs now, for a token that is good until `until`. Makes the first of its algorithm. Throws `KeysUnreadable`. */
  async signer(
    algorithm: SigningAlgorithm,
    until: Date,
  ): Promise<{ readonly kid: string; readonly algorithm: SigningAlgorithm; readonly privateKey: KeyObject }> {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const key = await this.current(algorithm);
      const privateKey = this.open(key);
      if (await this.need(key, until)) return { kid: key.id, algorithm, privateKey };
      this.forget();
    }
    throw new Error(`no ${algorithm} key stays in the store`);
  }

  /**
   * Makes the key that comes after those `known`, to sign `lead` seconds from now. `false`: another instance just did. Whoever decided by some keys that another
   * is wanted passes them: with those that are there by now, two instances that start at once would make one each.
   */
  async succeed(algorithm: SigningAlgorithm, lead: number, known: readonly SigningKey[]): Promise<boolean> {
    const now = this.clock.now();
    const generation = Math.max(0, ...known.filter((key) => key.algorithm === algorithm).map((key) => key.generation)) + 1;
    const outcome = await this.repository.add(await makeSigningKey(this.secretKeys[0], { algorithm, generation, now, signsFrom: later(now, lead) }));
    this.forget();
    return outcome === 'added';
  }

  /** The key that signs now; the first of its algorithm is made at once. */
  async current(algorithm: SigningAlgorithm): Promise<SigningKey> {
    const key = currentOf(await this.ofAlgorithm(algorithm), this.clock.now());
    if (key) return key;
    const known = await this.repository.all();
    const isThere = currentOf(ofOne(known, algorithm), this.clock.now()) !== null;
    // Nobody can have keys of this algorithm in a cache yet, so there is nobody to wait for.
    if (!isThere) await this.succeed(algorithm, 0, known);
    this.forget();
    const made = currentOf(await this.ofAlgorithm(algorithm), this.clock.now());
    if (!made) throw new Error(`no ${algorithm} key can sign yet`);
    return made;
  }

  /** Throws `KeysUnreadable` when the private half cannot be opened. */
  open(key: SigningKey): KeyObject {
    const known = this.opened.get(key.id);
    if (known) return known;
    try {
      const privateKey = openPrivateKey(this.secretKeys, key);
      this.opened.set(key.id, privateKey);
      return privateKey;
    } catch {
      throw new KeysUnreadable();
    }
  }

  forget(): void {
    this.keys.forget();
  }

  private async need({ id, neededUntil }: SigningKey, until: Date): Promise<boolean> {
    if (Math.max(neededUntil.getTime(), this.needed.get(id) ?? 0) >= until.getTime()) return true;
    const ahead = later(until, needAhead);
    if (!(await this.repository.need(id, ahead))) return false;
    this.needed.set(id, ahead.getTime());
    return true;
  }

  private async ofAlgorithm(algorithm: SigningAlgorithm): Promise<SigningKey[]> {
    return ofOne(await this.keys.get(freshness.signing), algorithm);
  }
}

function ofOne(keys: readonly SigningKey[], algorithm: SigningAlgorithm): SigningKey[] {
  return keys.filter((key) => key.algorithm === algorithm);
}
