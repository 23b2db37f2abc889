/** Terminal control characters, direction marks and invisible characters. */
const unsafe =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
/** Tag characters, which only the flags of England, Scotland and Wales use; elsewhere they are invisible text. */
const tags = /(?<![\u{1f3f4}\u{e0000}-\u{e007f}])[\u{e0000}-\u{e007f}]+/gu;
const joining = String.raw`\p{M}|\p{Extended_Pictographic}|\p{EMod}|${[
  ...['Arabic', 'Syriac', 'Mongolian', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu'],
  ...['Kannada', 'Malayalam', 'Sinhala', 'Khmer', 'Myanmar'],
]
  .map((script) => String.raw`\p{Script=${script}}`)
  .join('|')}`;
/** Joiners belong to emoji and to some scripts; in other words they only hide differences. */
const idleJoiner = new RegExp(String.raw`(?<!${joining})[\u200c\u200d]|[\u200c\u200d](?!${joining})`, 'gu');

/**
 * Makes text of an export safe for a terminal: control sequences, line breaks, direction marks and invisible characters
 * are replaced by `�`.
 */
export function safeText(text: string): string {
  return text
    .replace(unsafe, '�')
    .replace(tags, (hidden) => '�'.repeat(hidden.length))
    .replace(idleJoiner, '�');
}

/**
 * JSON that is safe for a terminal: the same document with those characters escaped.
 * @param indent as for `JSON.stringify`
 */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(hidden, escaped);
}

/** Line breaks in JSON are layout, and C0 control characters in strings are escaped already. */
const hidden =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}
