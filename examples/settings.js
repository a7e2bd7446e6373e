/** What each of the three services is told by its environment. */
const { ISSUER = 'http://localhost:3000', AUDIENCE = 'http://localhost:4000', RESOURCE_SERVER_ID, RESOURCE_SERVER_SECRET, PORT = '4000' } = process.env;

export const port = Number(PORT);

/** Options of `createVerifier`. Without credentials the service takes JWTs only. */
export const options = {
  issuer: ISSUER,
  audience: AUDIENCE,
  ...(RESOURCE_SERVER_ID && { credentials: { id: RESOURCE_SERVER_ID, secret: RESOURCE_SERVER_SECRET ?? '' } }),
  whenUnavailable: 'deny',
};

export function ready() {
  console.log(`listening at http://localhost:${port}`);
}
