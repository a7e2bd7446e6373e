import type { VNode } from 'preact';
import type { PersonFrame } from '../views/layout.js';
import type { Visit } from '../visit.js';

/** One card of the account page, about one side of a person's account; `null` where it has nothing to say to this person. */
export type AccountSection = (visit: Visit, frame: PersonFrame) => Promise<VNode | null>;
