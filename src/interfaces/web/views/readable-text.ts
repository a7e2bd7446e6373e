/** What is invisible, or turns the direction of what follows, outside the scripts and emoji that need it. */
const hidden = new RegExp(
  [
    '\\p{Bidi_Control}',
    '(?![\\u200c\\u200d\\ufe0f])\\p{Default_Ignorable_Code_Point}',
    '(?<=^|[\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\p{Nd}\\p{P}\\s])[\\u200c\\u200d]+',
    '(?<![\\p{Extended_Pictographic}0-9#*])\\ufe0f',
    '\\u2800',
  ].join('|'),
  'gu',
);

/**
 * Words that a client chose about itself, as people may be shown them: they may try to look like others' or to break the page, so invisible
 * and direction-changing characters are taken out, stacked accents cut to three and line breaks made spaces.
 */
export function readableText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .replace(hidden, '')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .replace(/\s+/gu, ' ')
    .trim();
}
