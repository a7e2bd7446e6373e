import type { SigningKeyRepository } from '../../application/ports/signing-key-repository.js';
import type { SigningKey } from '../../domain/keys/signing-key.js';
import { copyOf } from './copy-of.js';
import { type MemoryTables, refuseTaken } from './memory-tables.js';

export class MemorySigningKeyRepository implements SigningKeyRepository {
  constructor(private readonly tables: MemoryTables) {}

  async add(key: SigningKey): Promise<'added' | 'taken'> {
    refuseTaken(this.tables.signingKeys, key.id);
    if (this.of(key.algorithm).some(({ generation }) => generation === key.generation)) return 'taken';
    this.tables.signingKeys.set(key.id, copyOf(key));
    return 'added';
  }

  async all(): Promise<readonly SigningKey[]> {
    return copyOf([...this.tables.signingKeys.values()]).sort(
      (one, other) => (one.algorithm < other.algorithm ? -1 : one.algorithm > other.algorithm ? 1 : 0) || one.generation - other.generation,
    );
  }

  async need(id: string, until: Date): Promise<boolean> {
    const key = this.tables.signingKeys.get(id);
    if (!key) return false;
    if (key.neededUntil < until) this.tables.signingKeys.set(id, { ...key, neededUntil: copyOf(until) });
    return true;
  }

  async withdraw(id: string): Promise<boolean> {
    return this.tables.signingKeys.delete(id);
  }

  async removeUnneeded(at: Date): Promise<number> {
    const keys = [...this.tables.signingKeys.values()];
    const unneeded = keys.filter(
      (key) => key.neededUntil < at && this.of(key.algorithm).some(({ generation, signsFrom }) => generation > key.generation && signsFrom < at),
    );
    for (const { id } of unneeded) this.tables.signingKeys.delete(id);
    return unneeded.length;
  }

  private of(algorithm: string): SigningKey[] {
    return [...this.tables.signingKeys.values()].filter((key) => key.algorithm === algorithm);
  }
}
