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
