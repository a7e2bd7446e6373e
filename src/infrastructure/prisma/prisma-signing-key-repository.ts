import type { SigningKeyRepository } from '../../application/ports/signing-key-repository.js';
import type { SigningKey } from '../../domain/keys/signing-key.js';
import type { PrismaClient } from './generated/client.js';
import { isText } from './keys.js';

export class PrismaSigningKeyRepository implements SigningKeyRepository {
  constructor(private readonly prisma: PrismaClient) {}

  /** The unique index on algorithm and generation decides. */
  async add({ id, algorithm, generation, publicJwk, sealedPrivateKey, createdAt, signsFrom, neededUntil }: SigningKey): Promise<'added' | 'taken'> {
    const added = await this.prisma.$executeRaw`
      INSERT INTO signing_keys (id, algorithm, generation, public_jwk, sealed_private_key, created_at, signs_from, needed_until)
      VALUES (${id}::text, ${algorithm}::text, ${generation}::int, ${JSON.stringify(publicJwk)}::text, ${sealedPrivateKey}::bytea,
        ${createdAt}::timestamptz, ${signsFrom}::timestamptz, ${neededUntil}::timestamptz)
      ON CONFLICT (algorithm, generation) DO NOTHING`;
    return added === 1 ? 'added' : 'taken';
  }

  async all(): Promise<readonly SigningKey[]> {
    const rows = await this.prisma.signingKey.findMany({ orderBy: [{ algorithm: 'asc' }, { generation: 'asc' }] });
    return rows.map((row) => ({
      ...row,
      algorithm: row.algorithm as SigningKey['algorithm'],
      publicJwk: JSON.parse(row.publicJwk) as SigningKey['publicJwk'],
    }));
  }

  async need(id: string, until: Date): Promise<boolean> {
    if (!isText(id)) return false;
    const found = await this.prisma.$executeRaw`
      UPDATE signing_keys SET needed_until = GREATEST(needed_until, ${until}::timestamptz) WHERE id = ${id}::text`;
    return found === 1;
  }

  async withdraw(id: string): Promise<boolean> {
    if (!isText(id)) return false;
    const { count } = await this.prisma.signingKey.deleteMany({ where: { id } });
    return count === 1;
  }

  async removeUnneeded(at: Date): Promise<number> {
    return this.prisma.$executeRaw`
      DELETE FROM signing_keys k WHERE k.needed_until < ${at}::timestamptz AND EXISTS (
        SELECT FROM signing_keys later WHERE later.algorithm = k.algorithm AND later.generation > k.generation AND later.signs_from < ${at}::timestamptz
      )`;
  }
}
