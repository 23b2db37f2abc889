/**
 * A pure function that keeps its last answers: a caption is asked for again for every platform, and a creator's hashtags
 * come back with every post. Nobody may change an answer.
 * @param most answers kept; where there are more, all are forgotten, so that memory stays flat
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

/** A slice of a text keeps the whole text in memory. */
function copied(text: string): string {
  return ` ${text}`.slice(1);
}

/** As `matchAll`, without its copy of the pattern, which V8 would compile anew. @param pattern global */
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
