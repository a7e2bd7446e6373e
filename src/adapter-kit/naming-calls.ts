import { inspect } from 'node:util';
import type { Storage } from '../application/ports/storage.js';

/** The store lacks a verb: no rule that needs it can be run. */
export class MissingVerb extends Error {
  constructor(verb: string) {
    super(`the store has no ${verb}`);
  }
}

/** The call that ended with an error. */
const calls = new WeakMap<object, string>();

/** Of a failure: which verb it came from, and with which key; `null`: from none. */
export function callOf(failure: unknown): string | null {
  return typeof failure === 'object' && failure !== null ? (calls.get(failure) ?? null) : null;
}

/** The same store; of what its verbs fail with, `callOf` knows the call. Whoever uses one of the `missing` verbs is told which. */
export function naming(storage: Storage, missing: ReadonlySet<string>): Storage {
  const ports = new Map<PropertyKey, unknown>();
  const withMissing = new Set([...missing].map((verb) => verb.split('.')[0]));
  return new Proxy(storage, {
    get(target, name) {
      if (missing.has(String(name))) throw new MissingVerb(String(name));
      const member: unknown = Reflect.get(target, name);
      const lacking = withMissing.has(String(name));
      // Listening asks nothing of the store, and the lists are no ports.
      if (!lacking && (typeof member !== 'object' || member === null || Array.isArray(member) || name === 'notices')) return member;
      if (!ports.has(name)) ports.set(name, namingIn(typeof member === 'object' && member !== null ? member : {}, String(name), missing));
      return ports.get(name);
    },
  });
}

function namingIn(port: object, name: string, missing: ReadonlySet<string>): object {
  return new Proxy(port, {
    get(target, verb) {
      if (missing.has(`${name}.${String(verb)}`)) throw new MissingVerb(`${name}.${String(verb)}`);
      const member: unknown = Reflect.get(target, verb);
      if (typeof member !== 'function') return member;
      return (...input: unknown[]) => {
        const failed = (failure: unknown): never => {
          if (typeof failure === 'object' && failure !== null) calls.set(failure, `${name}.${String(verb)}(${keyIn(input)})`);
          throw failure;
        };
        try {
          const answer: unknown = Reflect.apply(member, target, input);
          return answer instanceof Promise ? answer.catch(failed) : answer;
        } catch (failure) {
          return failed(failure);
        }
      };
    },
  });
}

/** Keys only, and not the whole of a long one: what else is given to a verb says nothing about why it failed. */
function keyIn([first, second]: readonly unknown[]): string {
  if (typeof first === 'object' && first !== null) return 'id' in first ? shown(first.id) : '…';
  return typeof second === 'string' ? `${shown(first)}, ${shown(second)}` : shown(first);
}

const shown = (key: unknown) => inspect(key, { maxStringLength: 60, breakLength: Number.POSITIVE_INFINITY });
