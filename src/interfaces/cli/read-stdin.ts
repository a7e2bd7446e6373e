import type { Readable } from 'node:stream';
import { CommandFailure, exitCodes } from './exit-codes.js';

const longestInput = 65_536;

/** What is piped in, without the newline at its end: a password or a token, which should not stand in the list of processes. */
export async function readStdin(stdin: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stdin) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > longestInput) throw new CommandFailure('the standard input is longer than 64 KiB', exitCodes.refused);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '');
}
