import { isLoopback } from '../../domain/loopback.js';
import { boundedBytes } from './bounded-bytes.js';

/** What an answer that we did not make ourselves may take: bytes of the body, milliseconds for all of it. */
const limits = { bytes: 256 * 1024, milliseconds: 5000 };

type Fetch = (url: string, options: RequestInit) => Promise<Response>;

/**
 * Fetches from those that configuration trusts, for as long as they stay who they are: https, and plain http on this machine only where `issuer`
 * itself is on it; no redirects; bounded in time and size. What an issuer's metadata says cannot steer a request to anything else.
 */
export function boundedFetch(issuer: string): Fetch {
  const here = isLoopback(new URL(issuer));
  return async (url, options) => {
    refuseOthers(new URL(url), here);
    const stop = AbortSignal.timeout(limits.milliseconds);
    const signal = options.signal ? AbortSignal.any([options.signal, stop]) : stop;
    const response = await fetch(url, { ...options, redirect: 'manual', signal });
    if (response.status >= 300 && response.status < 400) throw new Error(`${new URL(url).host} redirects, which is not followed`);
    return new Response(await bodyOf(response), { status: response.status, headers: response.headers });
  };
}

function refuseOthers(url: URL, here: boolean): void {
  if (isLoopback(url) ? here : url.protocol === 'https:') return;
  throw new Error(`${url.origin} is not asked: it must be https, and this machine only if the issuer is on it`);
}

async function bodyOf({ body, url }: Response): Promise<Uint8Array<ArrayBuffer> | null> {
  if (body === null) return null;
  const bytes = await boundedBytes(body, limits.bytes);
  if (bytes === null) throw new Error(`the answer of ${new URL(url).host} is longer than ${limits.bytes} bytes`);
  return bytes;
}
