import type { Issue, IssueCode } from '../../model/issue.ts';
import type { WatchedKind, Words } from '../../targets/target.ts';
import { keepLatest, matchesOf } from '../../text/keep-latest.ts';
import type { SizedCaption } from '../plan.ts';

type Place = NonNullable<Issue['place']>;

/**
 * Finds words that a platform discourages: each once in title, body and hashtags, at its first position. Always a
 * warning: text never rejects a post. Disclosures are required by law, so they are not reported.
 * @param phrases disclosing phrases
 * @param discloses whether a hashtag discloses
 */
export function lintWords(
  caption: Omit<SizedCaption, 'removed'>,
  { watched = {} }: Words,
  phrases: readonly { readonly text: string }[] = [],
  discloses: (hashtag: string) => boolean = () => false,
): Issue[] {
  const title = without(caption.title ?? '', phrases);
  const body = without(caption.body, phrases);
  const texts = `${title}\n${body}`;
  const tags = caption.hashtags.filter((hashtag) => !discloses(hashtag)).join('\n');
  return Object.entries(watched).flatMap(([kind, words]) => {
    const { inTexts, inTags } = finderOf(words.value);
    const isThere = inTexts.hint.test(texts);
    if (!(isThere || inTags.hint.test(tags))) return [];
    const code = `word-${kind as WatchedKind}` as const;
    return [
      ...inText(isThere ? title : '', 'title', code, inTexts),
      ...inText(isThere ? body : '', 'body', code, inTexts),
      ...caption.hashtags.flatMap((hashtag, index) =>
        inText(discloses(hashtag) ? '' : hashtag, 'hashtag', code, inTags).map(
          (issue): Issue => ({ ...issue, place: { part: 'hashtag', at: index + 1 } }),
        ),
      ),
    ];
  });
}

/** Replaces disclosures by blanks, so that other positions stay the same. */
function without(text: string, phrases: readonly { readonly text: string }[]): string {
  return phrases.reduce((rest, { text: said }) => rest.replaceAll(said, ' '.repeat(said.length)), text);
}

function inText(text: string, part: Place['part'], code: IssueCode, { hint, parts }: Finder): Issue[] {
  if (!hint.test(text)) return [];
  const possible = parts().filter((each) => each.hint.test(text));
  if (possible.length === 0) return [];
  const find = anyOf(possible.map(({ pattern }) => pattern).join('|'));
  const seen = new Set<string>();
  const issues: Issue[] = [];
  for (const { 0: word, index } of matchesOf(find, text)) {
    const folded = word.toLowerCase();
    if (seen.has(folded)) continue;
    seen.add(folded);
    const at = [...text.slice(0, index)].length + 1;
    issues.push({ code, severity: 'warning', actual: word, limit: null, place: { part, at } });
  }
  return issues;
}

interface Finder {
  /** All words without lookaround, which is slow at every letter. */
  readonly hint: RegExp;
  /** Each word with a hint of its own, in the order in which they are tried. Compiled on first use. */
  readonly parts: () => readonly { readonly pattern: string; readonly hint: RegExp }[];
}

/** Of few words: V8 takes longer to compile a pattern of all of them than to plan a post. */
const anyOf = keepLatest((pattern) => new RegExp(pattern, 'giu'), 500);

/** Hashtags join several words: `#lipfiller`, `#link_in_bio`. */
interface Finders {
  readonly inTexts: Finder;
  readonly inTags: Finder;
}

const finders = new WeakMap<readonly (string | RegExp)[], Finders>();

/** The patterns of a list. Of two words that start at the same position, the longer one wins. */
function finderOf(words: readonly (string | RegExp)[]): Finders {
  const known = finders.get(words);
  if (known) return known;
  const patterns = words.filter((word) => typeof word !== 'string').map(({ source }) => source);
  const literals = words.filter((word) => typeof word === 'string').sort((one, other) => other.length - one.length);
  const all = [...patterns, ...literals.map(asPattern)];
  const made = { inTexts: finderBy(all), inTags: finderBy(all.map(asOneWord)) };
  finders.set(words, made);
  return made;
}

function asOneWord(pattern: string): string {
  return pattern.replaceAll(String.raw`[-\s+]`, '[-_]?').replaceAll(String.raw`\s+`, String.raw`[\s_]*`);
}

function finderBy(patterns: readonly string[]): Finder {
  const hints = patterns.map(withoutLookarounds);
  const compiled = () => patterns.map((pattern, at) => ({ pattern, hint: new RegExp(hints[at] ?? '', 'iu') }));
  let parts: ReturnType<typeof compiled> | null = null;
  return {
    hint: new RegExp(hints.join('|'), 'iu'),
    parts() {
      parts ??= compiled();
      return parts;
    },
  };
}

/** Lookaround with up to two levels of groups. */
const lookaround = /\(\?<?[=!](?:\\.|\[(?:\\.|[^\]\\])*\]|[^()[\\]|\(\?:(?:\\.|[^()\\]|\((?:\\.|[^()\\])*\))*\))*\)/g;

function withoutLookarounds(pattern: string): string {
  const shorter = pattern.replace(lookaround, '');
  return shorter === pattern ? pattern : withoutLookarounds(shorter);
}

/** A word in Latin letters matches whole words only: `ins` is not in `instead`. */
function asPattern(word: string): string {
  const literal = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s+');
  const letter = '[\\p{Script=Latin}\\p{M}\\p{N}]';
  const start = /^[A-Za-z0-9]/.test(word) ? `(?<!${letter})` : '';
  const end = /[A-Za-z0-9]$/.test(word) ? `(?!${letter})` : '';
  return start + literal + end;
}
