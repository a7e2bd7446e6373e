/** A copy that shares nothing with the original, so that neither the store nor its caller can change what the other holds. */
export function copyOf<Value>(value: Value): Value {
  if (value instanceof Date) return new Date(value) as Value;
  // Not structuredClone: it copies the whole pool that a small Buffer is a view of.
  if (value instanceof Uint8Array) return new Uint8Array(value) as Value;
  if (Array.isArray(value)) return value.map(copyOf) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, copyOf(field)])) as Value;
}
