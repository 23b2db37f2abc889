import type { Issue, IssueCode } from '../../model/issue.ts';
import type { WatchedKind, Words } from '../../targets/target.ts';
import { matchesOf } from '../../text/keep-latest.ts';
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

function inText(text: string, part: Place['part'], code: IssueCode, { find, hint }: Finder): Issue[] {
  if (!hint.test(text)) return [];
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
  readonly find: RegExp;
  /** The same without lookaround, which is slow at every letter. */
  readonly hint: RegExp;
}

/** Hashtags join several words: `#lipfiller`, `#link_in_bio`. */
interface Finders {
  readonly inTexts: Finder;
  readonly inTags: Finder;
}

const finders = new WeakMap<readonly (string | RegExp)[], Finders>();

/** One pattern for a list. Of two words that start at the same position, the longer one wins. */
function finderOf(words: readonly (string | RegExp)[]): Finders {
  const known = finders.get(words);
  if (known) return known;
  const patterns = words.filter((word) => typeof word !== 'string').map(({ source }) => source);
  const literals = words.filter((word) => typeof word === 'string').sort((one, other) => other.length - one.length);
  const pattern = [...patterns, ...literals.map(asPattern)].join('|');
  const made = { inTexts: finderBy(pattern), inTags: finderBy(asOneWord(pattern)) };
  finders.set(words, made);
  return made;
}

function asOneWord(pattern: string): string {
  return pattern.replaceAll(String.raw`[-\s+]`, '[-_]?').replaceAll(String.raw`\s+`, String.raw`[\s_]*`);
}

function finderBy(pattern: string): Finder {
  return { find: new RegExp(pattern, 'giu'), hint: new RegExp(withoutLookarounds(pattern), 'iu') };
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
