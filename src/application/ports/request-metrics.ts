/** What an operator is told of requests in numbers. Called with every request: it costs next to nothing, and never throws. */
export interface RequestMetrics {
  /** A request was answered after `seconds`. `route`: the pattern that its address fits (`/consent/:requestId`); left out where there is none. */
  answered(route: string | undefined, method: string, status: number, seconds: number): void;
  /** A token request came to its end. `grantType`: as the caller sent it, `null` when it cannot be read; `outcome`: `issued`, or the error code (RFC 6749 §5.2). */
  tokenRequest(grantType: string | null, outcome: string): void;
}
