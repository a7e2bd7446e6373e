import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { AttemptLimiter } from '../../application/ports/attempt-limiter.js';
import { FlexibleAttemptLimiter } from '../attempts/flexible-attempt-limiter.js';

export function memoryAttemptLimiter(): AttemptLimiter {
  return new FlexibleAttemptLimiter(({ name, attempts, seconds }) => new RateLimiterMemory({ keyPrefix: name, points: attempts, duration: seconds }));
}
