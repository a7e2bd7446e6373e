import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** The bytes that come back for the bytes that are sent, as latin1; the server must be listening. */
export function wire(server: FastifyInstance, bytes: string | Buffer): Promise<string> {
  const { port } = server.addresses()[0] as { port: number };
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('close', () => resolve(answer)).on('error', reject);
  });
}
