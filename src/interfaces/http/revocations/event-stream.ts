import { setTimeout as pause } from 'node:timers/promises';
import type { RevocationNews } from '../../../application/revocations/follow-revocations.js';
import { type Reader, revocationWire } from './revocation-wire.js';

/** Milliseconds: a comment after so much silence, and how soon a browser's EventSource comes back. */
const times = { heartbeat: 5_000, retry: 1000 };

/** News as server-sent events (HTML Living Standard §9.2). Ends when the news do, and after what ends the reader itself. */
export async function* eventStream(news: AsyncIterator<RevocationNews>, first: RevocationNews, reader: Reader): AsyncGenerator<string> {
  yield `retry: ${times.retry}\n\n${event(first.reset ? 'reset' : 'start', {}, first.cursor)}`;
  for (let next = news.next(); ; ) {
    const silence = new AbortController();
    const result = await Promise.race([next, pause(times.heartbeat, null, { signal: silence.signal, ref: false }).catch(() => null)]);
    silence.abort();
    if (result === null) {
      yield ': \n\n';
      continue;
    }
    if (result.done) return;
    yield events(result.value, reader);
    if (endsReader(result.value, reader)) return;
    next = news.next();
  }
}

/** Only the last carries the cursor: whoever is cut off between two of them is told all of them again. */
function events({ reset, revocations, cursor }: RevocationNews, reader: Reader): string {
  if (reset) return event('reset', {}, cursor);
  if (revocations.length === 0) return event('current', {}, cursor);
  return revocations.map((one, index) => event('revoked', revocationWire(one, reader), index === revocations.length - 1 ? cursor : null)).join('');
}

function event(name: string, data: object, id: string | null): string {
  return `${id === null ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

function endsReader({ revocations }: RevocationNews, { clientId }: Reader): boolean {
  return revocations.some(({ subject, reason }) => subject.kind === 'client' && subject.clientId === clientId && reason !== 'restored');
}
