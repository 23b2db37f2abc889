/**
 * Memoizes a pure function: a caption is processed again for every platform, and a creator's hashtags are repeated in
 * every post. Callers must not modify a result.
 * @param most maximum number of cached results; above it the whole cache is cleared, so that memory stays bounded
 */
export function keepLatest<Answer>(answer: (key: string) => Answer, most: number): (key: string) => Answer {
  const known = new Map<string, Answer>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = answer(key);
    if (known.size >= most) known.clear();
    known.set(copied(key), found);
    return found;
  };
}

/** Copies a text, because a slice keeps the whole original in memory. */
function copied(text: string): string {
  return ` ${text}`.slice(1);
}

/**
 * Like `matchAll`, but without copying the pattern, which V8 would compile again.
 * @param pattern global
 */
export function* matchesOf(pattern: RegExp, text: string): Generator<RegExpExecArray> {
  let from = 0;
  for (;;) {
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    if (match === null) return;
    from = match.index + (match[0].length || 1);
    yield match;
  }
}
