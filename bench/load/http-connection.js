import { connect } from 'node:net';

/**
 * One kept-alive HTTP/1.1 connection that carries one request at a time. It knows no more of HTTP than the servers here need (a length or chunks), so that
 * the load costs the machine little beside the server.
 */
export class HttpConnection {
  constructor(port, onResponse, onBroken) {
    this.pending = '';
    this.onResponse = onResponse;
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.on('data', (bytes) => this.read(bytes.latin1Slice()));
    this.socket.on('error', onBroken);
    this.socket.on('close', () => onBroken(new Error('the server closed the connection')));
  }

  send(request) {
    this.socket.write(request, 'latin1');
  }

  close() {
    this.socket.removeAllListeners('close');
    this.socket.destroy();
  }

  read(text) {
    this.pending = this.pending === '' ? text : this.pending + text;
    const head = this.pending.indexOf('\r\n\r\n');
    if (head < 0) return;
    const body = bodyOf(this.pending, head);
    if (body === null) return;
    const status = Number(this.pending.slice(9, 12));
    this.pending = '';
    this.onResponse(status, body);
  }
}

/** `null`: it is not all there yet. */
function bodyOf(text, head) {
  const headers = text.slice(0, head);
  const length = /\r\ncontent-length: *(\d+)/i.exec(headers);
  const start = head + 4;
  if (length) return text.length >= start + Number(length[1]) ? text.slice(start, start + Number(length[1])) : null;
  if (!/\r\ntransfer-encoding: *chunked/i.test(headers)) return '';
  return text.endsWith('0\r\n\r\n') ? unchunked(text.slice(start)) : null;
}

function unchunked(text) {
  let body = '';
  for (let at = 0; ; ) {
    const line = text.indexOf('\r\n', at);
    const size = Number.parseInt(text.slice(at, line), 16);
    if (!size) return body;
    body += text.slice(line + 2, line + 2 + size);
    at = line + 2 + size + 2;
  }
}
