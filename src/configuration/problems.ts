import type { z } from 'zod';
import { isLoopback } from '../domain/loopback.js';

/** JSON in a variable, read: what it says, or a line for each thing that is wrong with it. */
export interface Read<Value> {
  readonly value: Value;
  readonly problems: readonly string[];
}

export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One line for each issue, with where in the JSON it is. */
export function linesOf(variable: string, error: z.ZodError): string[] {
  return error.issues.map(
    ({ path, message }) => `${variable}${path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')} ${message}`,
  );
}

/** An address of a server that configuration trusts: https, or http on this machine. */
export function isTrustedAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) && url.username === '' && url.password === '' && !/[?#]/.test(text);
}
