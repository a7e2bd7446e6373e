/** The name of a form that creates something, in a field that people don't see. */
export const onceField = 'once';
