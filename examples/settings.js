/** What each of the three services is told by its environment. */
const { ISSUER = 'http://localhost:3000', AUDIENCE = 'http://localhost:4000', RESOURCE_SERVER_ID, RESOURCE_SERVER_SECRET } = process.env;

/** The port of AUDIENCE, not PORT, which may well be set for the server that runs beside it. */
export const port = Number(new URL(AUDIENCE).port || 4000);

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
