import { contract } from './contract.js';

/** The two endpoints around @node-oauth/oauth2-server, as its documentation has them for Express; what they keep is up to `model`. */
export function oauth2ServerApp({ express, OAuth2Server, model }) {
  const oauth = new OAuth2Server({ model, accessTokenLifetime: contract.accessTokenLifetime, refreshTokenLifetime: contract.refreshTokenLifetime });
  const { Request, Response } = OAuth2Server;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');

  app.post('/oauth/token', express.urlencoded({ extended: false }), async (req, res) => {
    const response = new Response(res);
    await oauth.token(new Request(req), response).catch(() => {});
    res.status(response.status).set(response.headers).json(response.body);
  });

  app.get('/oauth/me', async (req, res) => {
    const response = new Response(res);
    try {
      const token = await oauth.authenticate(new Request(req), response);
      res.json({ sub: token.user.id, client_id: token.client.id, scope: token.scope.join(' ') });
    } catch (error) {
      res.status(error.code ?? 500).json({ error: error.name });
    }
  });
  return app;
}

/** What is no question of storage. */
export const rules = {
  getUserFromClient: async (client) => ({ id: client.id }),
  validateScope: async (_user, _client, scope) => (scope ?? contract.scopes).filter((name) => contract.scopes.includes(name)),
};
