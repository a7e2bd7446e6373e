/**
 * What is done where DATA_DIR has no database or no key yet, which the first start makes. Only what can do its work on an empty server, because it makes somebody or
 * something new, may make them; to anything else, a mistyped DATA_DIR would pass for an empty server, and what it seals under another key nobody could open.
 */
export type IfNotMade = 'make' | 'refuse';
