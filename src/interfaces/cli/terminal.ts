import type { Writable } from 'node:stream';

/** Writes to a stream and resolves when the text has left. A reader that went away (`| head`) is no failure. */
export async function write(stream: Writable, text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    stream.write(text, (error) => (error && !('code' in error && error.code === 'EPIPE') ? reject(error) : resolve()));
  });
}

/** The result of a command: one line of JSON for scripts, or the text for people. */
export function print(stdout: Writable, json: true | undefined, result: unknown, text: string): Promise<void> {
  return write(stdout, json ? `${JSON.stringify(result)}\n` : text);
}

/** Text that others typed, made harmless for a terminal: control characters and those that turn the reading direction are spelled out. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Lines `label  value`, the values aligned; a list takes a line for each entry, `null` and the empty list none. */
export function fields(entries: readonly (readonly [label: string, value: string | readonly string[] | null])[]): string {
  const lines = entries.flatMap(([label, value]) => [value ?? []].flat().map((text, index) => [index === 0 ? label : '', text]));
  return columns(lines);
}

/** A heading and a line for each row, in aligned columns. `none` is said in place of a heading without rows: that there is nothing, and what makes something. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[], none: string): string {
  return rows.length === 0 ? `${none}\n` : columns([heading, ...rows]);
}

/** A moment as people read it: UTC, to the second. */
export function moment(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')}Z`;
}

/** A line for each row, in aligned columns. */
export function columns(rows: readonly (readonly string[])[]): string {
  const shown = rows.map((row) => row.map(printable));
  const widths = (shown[0] ?? []).map((_, column) => Math.max(...shown.map((row) => row[column]?.length ?? 0)));
  return shown
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
