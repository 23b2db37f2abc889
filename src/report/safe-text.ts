/** What a terminal obeys, what turns the direction of the text behind it, and what nobody sees. */
const unsafe =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
/** Letters that only the flags of England, Scotland and Wales are written with; elsewhere an invisible text. */
const tags = /(?<![\u{1f3f4}\u{e0000}-\u{e007f}])[\u{e0000}-\u{e007f}]+/gu;
const joining = String.raw`\p{M}|\p{Extended_Pictographic}|\p{EMod}|${[
  ...['Arabic', 'Syriac', 'Mongolian', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu'],
  ...['Kannada', 'Malayalam', 'Sinhala', 'Khmer', 'Myanmar'],
]
  .map((script) => String.raw`\p{Script=${script}}`)
  .join('|')}`;
/** Joiners belong to emoji and to scripts that are written with them; in any other word they only hide. */
const idleJoiner = new RegExp(String.raw`(?<!${joining})[\u200c\u200d]|[\u200c\u200d](?!${joining})`, 'gu');

/**
 * Text of an export, made safe for a terminal: no control sequence, no line break, no mark that turns the direction of
 * what follows or hides in a word can reach it; what was there is shown as `�`.
 */
export function safeText(text: string): string {
  return text
    .replace(unsafe, '�')
    .replace(tags, (hidden) => '�'.repeat(hidden.length))
    .replace(idleJoiner, '�');
}

/**
 * JSON that can be shown at a terminal: the same document, with those characters written as escapes.
 * @param indent as for `JSON.stringify`
 */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(hidden, escaped);
}

/** Within JSON a line break is layout, and C0 controls in texts are escaped already. */
const hidden =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}
