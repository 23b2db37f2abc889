/** Whether a text contains `mark` more than `most` times. Counted before parsing, because the file may be forged. */
export function occursMoreThan(text: string, mark: string, most: number): boolean {
  let count = 0;
  for (let at = text.indexOf(mark); at !== -1 && count <= most; at = text.indexOf(mark, at + 1)) count++;
  return count > most;
}

/** A cache as JSON, entry by entry, because it may be too large for one string. @param entries with unique names */
export function* cacheText(field: string, entries: Iterable<readonly [string, string]>): Generator<string> {
  yield `{"schemaVersion":1,${JSON.stringify(field)}:{`;
  let comma = '';
  for (const [name, value] of entries) {
    yield `${comma}${JSON.stringify(name)}:${JSON.stringify(value)}`;
    comma = ',';
  }
  yield '}}';
}
