import { Prisma } from './generated/client.js';

/** Was it refused because another row has what this index keeps unique? */
export function violates(error: unknown, index: string): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') return false;
  return JSON.stringify(error.meta).includes(`"${index}"`);
}
