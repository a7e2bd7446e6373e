import { readableText } from '../readable-text.js';

/** How a person signed in, in words; `own`: said to that person. */
export function methodWords(method: string, own = true): string {
  if (method === 'password') return own ? 'with your password' : 'with a password';
  const [kind, name] = method.split(/:(.*)/s, 2);
  if (kind === 'token') return `by ${readableText(name ?? '')}, where ${own ? 'you' : 'they'} were signed in`;
  return `through ${readableText(kind === 'provider' ? (name ?? '') : method)}`;
}
