import type { Finding } from './finding.js';
import { messageOf } from './unfit-finding.js';

/** `kept`: in DATA_DIR; `none`: not there either, the first start makes it. */
export type SecretKeyState = 'given' | 'kept' | 'none';

const inCommon = 'several instances need one SECRET_KEY in common';

const reasons: Readonly<Record<SecretKeyState, string>> = {
  given: 'SECRET_KEY is set',
  kept: `generated at the first start, kept in DATA_DIR; ${inCommon}`,
  none: `none in DATA_DIR yet; the first start makes it there; ${inCommon}`,
};

/** Whether it can be read. What it opens is another check. */
export async function examineSecretKey({ secretKey }: { secretKey(): Promise<SecretKeyState> }): Promise<Finding> {
  const check = 'secret key';
  try {
    return { check, ok: true, reason: reasons[await secretKey()] };
  } catch (error) {
    return { check, ok: false, reason: messageOf(error), advice: "is DATA_DIR the server's, and does its user run this?" };
  }
}
