/**
 * A record as one text: JSON in which moments are `{"$at": milliseconds}` and bytes `{"$bytes": base64}`. Fields that a newer version of Keywright
 * adds need no change here. `sorted`: equal records are equal texts, whatever order their fields are in.
 */
export function textOf(record: object, sorted = false): string {
  return JSON.stringify(encoded(record, sorted));
}

export function recordOf<Found>(text: string): Found {
  return JSON.parse(text, (_, value: unknown) => decoded(value)) as Found;
}

function encoded(value: unknown, sorted: boolean): unknown {
  if (value instanceof Date) return { $at: value.getTime() };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map((one) => encoded(one, sorted));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, encoded(member, sorted)] as const);
  return Object.fromEntries(sorted ? members.sort(([one], [other]) => (one < other ? -1 : 1)) : members);
}

function decoded(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$at' in value) return new Date(value.$at as number);
  if ('$bytes' in value) return new Uint8Array(Buffer.from(value.$bytes as string, 'base64'));
  return value;
}
