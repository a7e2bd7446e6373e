/** A record as the text that is kept: JSON, in which moments and bytes are marked, because JSON knows neither. */
export function textOf(record) {
  return JSON.stringify(marked(record));
}

/** @returns {any} the record, equal in every field to what was kept; `null` for no row */
export function recordOf(row) {
  return row === undefined ? null : unmarked(JSON.parse(row.doc));
}

function marked(value) {
  if (value instanceof Date) return { $date: value.getTime() };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, marked(field)]));
}

function unmarked(value) {
  if (Array.isArray(value)) return value.map(unmarked);
  if (typeof value !== 'object' || value === null) return value;
  if (typeof value.$date === 'number') return new Date(value.$date);
  if (typeof value.$bytes === 'string') return new Uint8Array(Buffer.from(value.$bytes, 'base64'));
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, unmarked(field)]));
}
