import { keepLatest } from '../text/keep-latest.ts';
import { anyPost, communities, tiktokOnly } from './tiktok-jargon-words.ts';

/** More different hashtags than a creator uses in a year. */
export const tagsKept = 1000;

/** Normalises a hashtag for comparison: case, width, and the dot that Turkish keeps on a lower-case `İ`. */
export const foldTag = keepLatest(
  (name) =>
    name
      .normalize('NFKC')
      .toLowerCase()
      .replace(/i\u0307/g, 'i'),
  tagsKept,
);

/** Like `foldTag`, also without accents and underscores: the form for looking up hashtags. */
export const tagSpelling = keepLatest(
  (name) =>
    foldTag(name)
      .normalize('NFD')
      .replace(/[\p{M}_]/gu, '')
      .normalize('NFC'),
  tagsKept,
);

export const isTikTokOnly = keepLatest((folded) => tiktokOnly.some((pattern) => pattern.test(folded)), tagsKept);

/** The name for a community that is named after TikTok; undefined for any other hashtag. */
export function communityWord(folded: string): string | undefined {
  return Object.hasOwn(communities, folded) ? communities[folded] : undefined;
}

export const fitsAnyPost = keepLatest((folded) => anyPost.test(folded), tagsKept);
