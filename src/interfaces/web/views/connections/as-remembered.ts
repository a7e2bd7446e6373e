/** What a button sends that was shown for an app that does not act any more. */
export const asRemembered = { name: 'shown', value: 'remembered' };
