/** What a program is told of an outage, whatever it asked for. The store may be there and full, or only read. */
export const outageText = 'the server cannot use its store right now; try again shortly';
