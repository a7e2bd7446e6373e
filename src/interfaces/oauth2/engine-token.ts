import type OAuth2Server from 'oauth2-server';
import type { TokenAnswer } from '../../application/tokens/token-answer.js';
import type { EngineClient } from './token-request.js';

/** What the engine puts into the Bearer envelope (RFC 6749 §5.1). `expires_in` goes in by name: the engine would count it down from a date and be a second short. */
export function engineToken(answer: TokenAnswer, client: EngineClient): OAuth2Server.Token {
  const { accessToken, refreshToken, scopes, expiresIn } = answer;
  return { accessToken, ...(refreshToken !== null && { refreshToken }), scope: [...scopes], client, user: {}, expires_in: expiresIn };
}
