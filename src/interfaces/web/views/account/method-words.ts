import { readableText } from '../readable-text.js';

/** How a person signed in, in words. */
export function methodWords(method: string): string {
  if (method === 'password') return 'with your password';
  if (method === 'session_token') return 'by an app that you were signed in to';
  return method.startsWith('provider:') ? `through ${readableText(method.slice('provider:'.length))}` : readableText(method);
}
