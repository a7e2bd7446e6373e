import { InvalidRequest } from '../../domain/errors.js';

/** May be given several times (RFC 8707 §2); every other parameter only once. */
const repeatable = new Set(['resource']);

/** A NUL byte, or the mark that a decoder leaves where bytes were not UTF-8: neither belongs in any parameter of ours. */
const unreadable = /[\0\ufffd]/;

/** The parameters of a query or a form body (RFC 6749 §3.1, §3.2). */
export class Parameters {
  /** Of each name what was sent with it; nothing, where it was sent without a value. */
  private readonly values = new Map<string, string[]>();

  constructor(text: string) {
    for (const [name, value] of new URLSearchParams(text)) {
      // "Parameters sent without a value MUST be treated as if they were omitted" (RFC 6749 §3.1)
      const sent = value === '' ? [] : [value];
      const values = this.values.get(name);
      if (values) values.push(...sent);
      else this.values.set(name, sent);
    }
  }

  /** The value, or `null` when it was not sent. Throws `InvalidRequest` when it was sent twice or cannot be read. */
  one(name: string): string | null {
    const values = this.values.get(name);
    if (!values || values.length === 0) return null;
    if (values.length > 1) throw new InvalidRequest(`${name} was sent more than once`);
    return readable(name, values[0] as string);
  }

  /** Whether it was sent, however often and whatever it is, also without a value. */
  has(name: string): boolean {
    return this.values.has(name);
  }

  /** The value. Throws `InvalidRequest` also when it was not sent. */
  required(name: string): string {
    const value = this.one(name);
    if (value === null) throw new InvalidRequest(`${name} is missing`);
    return value;
  }

  all(name: string): string[] {
    return (this.values.get(name) ?? []).map((value) => readable(name, value));
  }

  /** The value, or `null` when it was not sent or cannot be used: for an answer that is an error already. */
  usable(name: string): string | null {
    const [value, another] = this.values.get(name) ?? [];
    return value === undefined || another !== undefined || unreadable.test(value) ? null : value;
  }

  /** What is wrong with any parameter outside `except`, known to us or not; `null` when nothing is. */
  problem(except: readonly string[] = []): string | null {
    for (const [name, values] of this.values) {
      if (values.length === 0 || except.includes(name)) continue;
      // "Request and response parameters MUST NOT be included more than once" (RFC 6749 §3.1)
      if (values.length > 1 && !repeatable.has(name)) return `${printable(name)} was sent more than once`;
      if (unreadable.test(name) || values.some((value) => unreadable.test(value))) return `${printable(name)} is not readable as UTF-8 text`;
    }
    return null;
  }
}

function readable(name: string, value: string): string {
  if (unreadable.test(value)) throw new InvalidRequest(`${name} is not readable as UTF-8 text`);
  return value;
}

/** error_description may hold %x20-21 / %x23-5B / %x5D-7E only (RFC 6749 §5.2). */
function printable(name: string): string {
  return name.slice(0, 40).replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?');
}
