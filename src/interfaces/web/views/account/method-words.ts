import { readableText } from '../readable-text.js';

/** How a person signed in, in words. */
export function methodWords(method: string): string {
  if (method === 'password') return 'with your password';
  const [kind, name] = method.split(/:(.*)/s, 2);
  if (kind === 'token') return `by ${readableText(name ?? '')}, where you were signed in`;
  return `through ${readableText(kind === 'provider' ? (name ?? '') : method)}`;
}
