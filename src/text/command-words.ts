/**
 * Splits a command line into words as a shell does, but without its variables, wildcards and pipes: blanks separate, quotes
 * of both kinds hold together. A backslash is itself, because it separates folders on Windows.
 * @returns null if there are no words, or a quote is not closed
 */
export function commandWords(line: string): readonly [string, ...string[]] | null {
  const words: string[] = [];
  const pattern = /\s*((?:[^\s"']+|"[^"]*"|'[^']*')+)/gy;
  const text = line.trim();
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text)?.[1];
    if (found === undefined) return null;
    words.push(found.replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ''));
  }
  const [program, ...rest] = words;
  return program ? [program, ...rest] : null;
}
