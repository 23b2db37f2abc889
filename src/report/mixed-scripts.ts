/** Scripts with letters that look like each other's: `а` of Cyrillic, `ο` of Greek. */
const lookalikes = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Cherokee'] as const;
const letterOf = lookalikes.map((script) => ({ script, has: new RegExp(String.raw`\p{Script=${script}}`, 'u') }));

/**
 * The scripts that one word of a name mixes though their letters look alike, so that `mаya` passes for `maya`; empty where no
 * word does. Scripts that are written together, as Japanese is with Latin, are no mixture.
 */
export function mixedScripts(name: string): readonly string[] {
  for (const word of name.normalize('NFC').split(/[^\p{L}\p{M}]+/u)) {
    const scripts = letterOf.filter(({ has }) => has.test(word)).map(({ script }) => script);
    if (scripts.length > 1) return scripts;
  }
  return [];
}
