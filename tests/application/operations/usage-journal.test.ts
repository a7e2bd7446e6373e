import { beforeEach, describe, expect, it } from 'vitest';
import { UsageJournal } from '../../../src/application/operations/usage-journal.js';
import type { GrantUse, SecretUse } from '../../../src/application/ports/usage-repository.js';

const at = (seconds: number) => new Date(seconds * 1000);
const secret = (secretId: string, seconds: number, from = '192.0.2.7'): SecretUse => ({ secretId, at: at(seconds), from });
const grant = (grantId: string, seconds: number, ...scopes: string[]): GrantUse => ({ grantId, at: at(seconds), scopes });

describe('UsageJournal', () => {
  let recorded: { secrets: readonly SecretUse[]; grants: readonly GrantUse[] }[];
  let failing: boolean;
  let journal: UsageJournal;

  beforeEach(() => {
    recorded = [];
    failing = false;
    const record = async (uses: (typeof recorded)[number]) => {
      if (failing) throw new Error('away');
      recorded.push(uses);
    };
    journal = new UsageJournal({ record });
  });

  it('writes nothing by itself, and nothing when nothing was used', async () => {
    journal.secretUsed(secret('a', 1));
    expect(recorded).toEqual([]);
    await journal.flush();
    await journal.flush();
    expect(recorded).toHaveLength(1);
  });

  it('makes one of a thousand uses: the newest, with every scope', async () => {
    for (let second = 0; second < 1000; second += 1) {
      journal.secretUsed(secret('a', second, `192.0.2.${second % 7}`));
      journal.grantUsed(grant('g', second, second % 2 === 0 ? 'default' : 'email'));
    }
    journal.secretUsed(secret('a', 5, 'late'));
    journal.grantUsed(grant('g', 5));
    await journal.flush();
    expect(recorded).toEqual([{ secrets: [secret('a', 999, '192.0.2.5')], grants: [grant('g', 999, 'default', 'email')] }]);
  });

  it('keeps what could not be written, together with what came since', async () => {
    failing = true;
    journal.secretUsed(secret('a', 1));
    journal.grantUsed(grant('g', 3, 'default'));
    await expect(journal.flush()).rejects.toThrow('away');
    journal.secretUsed(secret('a', 2));
    journal.grantUsed(grant('g', 2, 'email'));
    failing = false;
    await journal.flush();
    expect(recorded).toEqual([{ secrets: [secret('a', 2)], grants: [grant('g', 3, 'default', 'email')] }]);
  });

  it('loses nothing that is used while it writes', async () => {
    journal.secretUsed(secret('a', 1));
    const flushing = journal.flush();
    journal.secretUsed(secret('a', 2));
    await flushing;
    await journal.flush();
    expect(recorded.map(({ secrets }) => secrets)).toEqual([[secret('a', 1)], [secret('a', 2)]]);
  });

  it('writes many in batches, and remembers no more than 20,000 of a kind', async () => {
    for (let count = 0; count < 20_500; count += 1) journal.grantUsed(grant(`g${count}`, 1));
    journal.grantUsed(grant('g7', 2));
    await journal.flush();
    expect(recorded.map(({ grants }) => grants.length)).toEqual(Array(20).fill(1000));
    expect(recorded[0]?.grants[7]).toEqual(grant('g7', 2));
  });
});
