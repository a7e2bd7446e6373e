/** Characters that the server's own key has at least, be it given or kept: those of 192 random bits in base64url. */
export const shortestSecretKey = 32;
