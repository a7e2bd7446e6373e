import formbody from '@fastify/formbody';
import Fastify from 'fastify';

/** What Fastify alone costs: the same answer to everything, and no database. */
const server = Fastify();
await server.register(formbody);
const answers = {
  token: { access_token: 'x'.repeat(76), token_type: 'Bearer', expires_in: 3600, scope: 'default' },
  introspect: { active: true, scope: 'default', client_id: 'bench', token_type: 'Bearer', exp: 4102444800, iat: 1767225600, sub: 'bench' },
  me: { sub: 'bench', client_id: 'bench', scope: 'default' },
};
// Another refresh token each time, as its callers expect.
let refreshed = 0;
server.get('/ready', async () => ({}));
server.post('/token', async (request) => {
  refreshed += 1;
  return request.body.grant_type === 'refresh_token' ? { ...answers.token, refresh_token: `r${refreshed}` } : answers.token;
});
server.post('/introspect', async () => answers.introspect);
server.get('/me', async () => answers.me);
await server.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
process.on('SIGTERM', () => server.close().then(() => process.exit(0)));
