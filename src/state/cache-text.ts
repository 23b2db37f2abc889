/** Whether a text holds a mark more often than `most` times: counted before it is parsed, since anybody may have planted it. */
export function holdsMore(text: string, mark: string, most: number): boolean {
  let count = 0;
  for (let at = text.indexOf(mark); at !== -1 && count <= most; at = text.indexOf(mark, at + 1)) count++;
  return count > most;
}

/** A cache as JSON, entry by entry: of a large archive it is much as one text. @param entries no name twice */
export function* cacheText(field: string, entries: Iterable<readonly [string, string]>): Generator<string> {
  yield `{"schemaVersion":1,${JSON.stringify(field)}:{`;
  let comma = '';
  for (const [name, value] of entries) {
    yield `${comma}${JSON.stringify(name)}:${JSON.stringify(value)}`;
    comma = ',';
  }
  yield '}}';
}
