import type { Issue, IssueCode } from '../../model.ts';
import type { WatchedKind, Words } from '../../targets/target.ts';
import type { SizedCaption } from '../plan.ts';

type Place = NonNullable<Issue['place']>;

interface Finder {
  readonly pattern: RegExp;
  readonly innocent: ReadonlySet<string>;
}

/**
 * The words that a platform frowns on: each once in the title, the body and the hashtags, where it stands first. Always
 * a warning: words never reject a post.
 */
export function lintWords(caption: Omit<SizedCaption, 'removed'>, { watched = {}, innocent = [] }: Words): Issue[] {
  return Object.entries(watched).flatMap(([kind, words]) => {
    const find = finderOf(words.value, innocent);
    const code = `word-${kind as WatchedKind}` as const;
    return [
      ...inText(caption.title ?? '', 'title', code, find),
      ...inText(caption.body, 'body', code, find),
      ...caption.hashtags.flatMap((hashtag, index) =>
        inText(hashtag, 'hashtag', code, find).map(
          (issue): Issue => ({ ...issue, place: { part: 'hashtag', at: index + 1 } }),
        ),
      ),
    ];
  });
}

function inText(text: string, part: Place['part'], code: IssueCode, { pattern, innocent }: Finder): Issue[] {
  const seen = new Set<string>();
  const issues: Issue[] = [];
  for (const { 0: word, index } of text.matchAll(pattern)) {
    const folded = word.toLowerCase();
    if (seen.has(folded) || innocent.has(folded)) continue;
    seen.add(folded);
    const at = [...text.slice(0, index)].length + 1;
    issues.push({ code, severity: 'warning', actual: word, limit: null, place: { part, at } });
  }
  return issues;
}

const finders = new WeakMap<readonly string[], Finder>();

/** One pattern for a list. Innocent words are in it too, the longest first, so that they are passed over as a whole. */
function finderOf(words: readonly string[], innocent: readonly string[]): Finder {
  const known = finders.get(words);
  if (known) return known;
  const all = [...words, ...innocent].sort((one, other) => other.length - one.length);
  const finder = {
    pattern: new RegExp(all.map(asPattern).join('|'), 'giu'),
    innocent: new Set(innocent.map((word) => word.toLowerCase())),
  };
  finders.set(words, finder);
  return finder;
}

/** `ins` is no part of `instead`: a word in Latin letters ends where letters end. */
function asPattern(word: string): string {
  const literal = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s+');
  const start = /^[A-Za-z0-9]/.test(word) ? '(?<![A-Za-z0-9])' : '';
  const end = /[A-Za-z0-9]$/.test(word) ? '(?![A-Za-z0-9])' : '';
  return start + literal + end;
}
