/** Half sentences that come from the program in English, with what they are in a language: `$1` is what a group found. */
export type Reasons = readonly (readonly [reason: string | RegExp, translation: string])[];

/** A reason in a language; as it is where the language has none. Its own groups are translated too. */
export function translated(text: string, reasons: Reasons): string {
  for (const [reason, translation] of reasons) {
    if (typeof reason === 'string') {
      if (text === reason) return translation;
      continue;
    }
    const found = reason.exec(text);
    if (found !== null && found[0] === text)
      return translation.replace(/\$(\d)/g, (_, group) => translated(found[Number(group)] ?? '', reasons));
  }
  return text;
}
