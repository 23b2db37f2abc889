/** Scripts with look-alike letters: Cyrillic `а`, Greek `ο`. */
const lookalikes = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Cherokee'] as const;
const letterOf = lookalikes.map((script) => ({ script, has: new RegExp(String.raw`\p{Script=${script}}`, 'u') }));

/**
 * The scripts with look-alike letters that are mixed in one word of a name, as in `mаya` for `maya`; empty if there is
 * no such word. Scripts that are normally mixed, such as Japanese and Latin, do not count.
 */
export function mixedScripts(name: string): readonly string[] {
  for (const word of name.normalize('NFC').split(/[^\p{L}\p{M}]+/u)) {
    const scripts = letterOf.filter(({ has }) => has.test(word)).map(({ script }) => script);
    if (scripts.length > 1) return scripts;
  }
  return [];
}
