import type { Socket } from 'node:net';

const refusals: Readonly<Record<string, readonly [status: string, description: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'the headers are too large'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'the request took too long'],
};

/** Answers bytes that are no HTTP request, or too much of one. There is no route yet, and no reply; nothing is logged, as the bytes may hold anything. */
export function answerBrokenRequest({ code }: Error & { readonly code?: string }, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [status, description] = refusals[code ?? ''] ?? ['400 Bad Request', 'the request cannot be read'];
  const body = JSON.stringify({ error: 'invalid_request', error_description: description });
  const headers = ['Content-Type: application/json; charset=utf-8', `Content-Length: ${body.length}`, 'Cache-Control: no-store', 'Connection: close'];
  socket.end([`HTTP/1.1 ${status}`, ...headers, '', body].join('\r\n'));
}
