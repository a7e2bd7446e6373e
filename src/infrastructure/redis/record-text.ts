/**
 * A record as one text: JSON in which moments are `{"$at": milliseconds}` and bytes `{"$bytes": base64}`. Fields that a newer version of Keywright
 * adds need no change here.
 */
export function textOf(record: object): string {
  return JSON.stringify(encoded(record));
}

export function recordOf<Found>(text: string): Found {
  return JSON.parse(text, (_, value: unknown) => decoded(value)) as Found;
}

function encoded(value: unknown): unknown {
  if (value instanceof Date) return { $at: value.getTime() };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(encoded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, encoded(member)]));
}

function decoded(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$at' in value) return new Date(value.$at as number);
  if ('$bytes' in value) return new Uint8Array(Buffer.from(value.$bytes as string, 'base64'));
  return value;
}
