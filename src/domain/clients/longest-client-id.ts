/** Characters. An identifier is kept with every grant and token of its client. */
export const longestClientId = 500;
