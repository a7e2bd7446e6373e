import { setTimeout as pause } from 'node:timers/promises';
import type { Idempotently } from '../../application/operations/idempotently.js';
import { Answer } from '../../domain/errors.js';
import { onceField } from './once-field.js';
import type { Visit } from './visit.js';

const tries = 50;
const milliseconds = 100;

/** A form was sent again and the first sending takes its time: nothing is known to be wrong, and to send it once more may bring the answer. */
export class StillBeingMade extends Answer {}

/**
 * Does what a form asks for once, however often the form is sent: a double click or a reload gets the answer of the first time, because the browser
 * shows only the last, and a secret is in no other. A form that was changed since is another. The answer must survive JSON.
 */
export async function onlyOnce<Made>(idempotently: Idempotently, visit: Visit, asked: unknown, make: () => Promise<Made>): Promise<Made> {
  const key = visit.form().one(onceField);
  if (key === null) return make();
  const request = { caller: `page ${visit.person.id}`, key: key.slice(0, 100), request: JSON.stringify([visit.request.url, asked]) };
  for (let tried = 0; tried < tries; tried += 1) {
    const result = await idempotently.execute(request, make);
    if (result.outcome === 'done') return result.answer;
    if (result.outcome === 'other_request') return make();
    await pause(milliseconds);
  }
  throw new StillBeingMade('the first sending of the form is not answered');
}
