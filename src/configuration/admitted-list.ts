import { z } from 'zod';

/** What could be entries, and is meant otherwise. */
const words = ['any', 'none', 'true', 'false', 'yes', 'no', 'on', 'off', 'all'];

/** How places are written. */
export const places = 'hosts (example.com), folders, which end with / (example.com/apps/), or single addresses (example.com/app), with commas between';

/** Reads `any`, `none`, or entries with commas between. `may`: how those are written, for whoever wrote one otherwise. */
export function admittedList(isEntry: (entry: string) => boolean, may: string) {
  return (text: string, context: z.RefinementCtx): 'any' | readonly string[] => {
    if (text === 'any') return text;
    if (text === 'none') return [];
    const entries = text.split(',').map((entry) => entry.trim());
    const wrong = entries.find((entry) => words.includes(entry) || !isEntry(entry));
    if (wrong === undefined) return entries;
    context.addIssue({ code: 'custom', message: `must be any or none by itself, or ${may}; ${JSON.stringify(wrong)} is none of that` });
    return z.NEVER;
  };
}
