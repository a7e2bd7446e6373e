import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A module that configuration names cannot be used; `message` is one line for the operator. */
export class ModuleError extends Error {}

/** The function that an ES module of the team's own exports under this name. `file` counts from the folder in which the server was started. Throws `ModuleError`. */
export async function loadFunction(variable: string, file: string, name: string): Promise<(...input: never[]) => unknown> {
  const path = resolve(file);
  if (!existsSync(path)) throw new ModuleError(`${variable} names ${file}, but there is no ${path}`);
  const module = (await import(pathToFileURL(path).href).catch((error: unknown) => {
    throw new ModuleError(`${variable} ${file} cannot be loaded: ${firstLine(error)}`, { cause: error });
  })) as Record<string, unknown>;
  const found = module[name];
  if (typeof found !== 'function') throw new ModuleError(`${variable} ${file} must export a function called ${name}`);
  return found as (...input: never[]) => unknown;
}

/** What went wrong in a module of the team's own, on one line. */
export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] || 'it says nothing';
}
