/** What a worker tells the primary: it answers requests. */
export const serving = 'serving';

/** What the primary tells a worker: another has taken its place; leave, so that no client notices. */
export const retire = 'retire';
