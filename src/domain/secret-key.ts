/** Characters that the server's own key has at least, be it given or kept: those of 192 random bits in base64url. */
export const shortestSecretKey = 32;

/** The server's own keys. The first seals and signs. What another one did is accepted too, while one takes the place of the other on every instance. */
export type SecretKeys = readonly [current: string, ...others: string[]];
