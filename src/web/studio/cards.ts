import { packageIds } from '../../posting/upload.ts';
import type { Entry } from '../../state/documents.ts';
import type { PostCard } from './api.ts';
import { messageOf } from './sentences.ts';

/** A card without what posting.csv and captions.csv say. */
export interface KnownCard extends Omit<PostCard, 'planned' | 'posted' | 'hasWords' | 'waits'> {
  /** The package has words, from whatever source. */
  readonly hasOwnWords: boolean;
}

/** The card of a row of the manifest. */
export function cardOf(entry: Entry): KnownCard {
  const { key, target, status, files, issues, parts, caption, original } = entry;
  const words = parts?.[0]?.caption ?? caption;
  const name = words?.title || (words?.body.split('\n')[0] ?? '');
  const count = packageIds({ key, parts }).length;
  const isPhotos = (original?.photos?.length ?? 0) > 0 || files.some(({ role }) => role === 'photo');
  const cover = files.find(({ role }) => role === 'cover') ?? files.find(({ role }) => role === 'photo');
  return {
    ...{ key, target, status },
    kind: isPhotos ? 'photos' : 'video',
    title: (count > 1 ? name.replace(/ \(1\/\d+\)$/, '') : name).slice(0, longestTitle),
    hasOwnWords: (words?.source ?? 'none') !== 'none',
    cover: cover?.path ?? null,
    coverVersion: cover?.sha256.slice(0, 8) ?? '',
    parts: count,
    // Of what is delivered, only what a person should look at.
    issues: issues.filter(({ severity }) => status !== 'delivered' || severity !== 'info').map(messageOf),
  };
}

/** Characters of a card's title: there are cards of ten thousand posts. */
export const longestTitle = 200;
