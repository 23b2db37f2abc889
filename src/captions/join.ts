import type { Issue } from '../model/issue.ts';
import type { Post } from '../model/post.ts';
import { type Fit, type JoinCandidatePost, type Joined, match } from './match.ts';
import type { Note } from './source.ts';

/** Notes that are trusted alike. */
export interface Layer {
  /** Where they come from, for people. */
  readonly name: string;
  readonly notes: readonly Note[];
  /** The user named it, and wants to know what became of it. */
  readonly isGiven: boolean;
  /** A person said by what its times are off, and they have it already. */
  readonly isShiftGiven: boolean;
}

export interface JoinedLayers {
  /** What was joined to a post, the most trusted first, each with its layer. */
  readonly fits: ReadonlyMap<string, readonly { readonly fit: Fit; readonly layer: Layer }[]>;
  /** Posts for which several notes of a layer fit, and how many. */
  readonly refused: ReadonlyMap<string, number>;
  readonly tiktokIds: ReadonlyMap<string, string>;
  /** About notes that belong to no post. */
  readonly issues: readonly Issue[];
}

/**
 * Joins each layer by itself, so that the same post may be told of by all. An id that a more trusted layer tells binds those
 * after it.
 * @param layers the most trusted first
 * @param seconds how long a post lasts, where that is known: it tells posts of one time apart
 */
export function joinLayers(
  posts: readonly Post[],
  layers: readonly Layer[],
  seconds: ReadonlyMap<string, number>,
): JoinedLayers {
  const fits = new Map<string, { fit: Fit; layer: Layer }[]>();
  const refused = new Map<string, number>();
  const issues: Issue[] = [];
  const ids = new Map<string, string>();
  for (const { key, links } of posts) {
    const id = links.find(({ tiktokId }) => tiktokId !== null)?.tiktokId;
    if (id != null) ids.set(key, id);
  }
  for (const layer of layers) {
    if (layer.notes.length === 0) continue;
    const wanting = posts.map(
      ({ key, time, kind, likes, sound }): JoinCandidatePost => ({
        key,
        time,
        kind,
        likes,
        sound,
        tiktokId: ids.get(key) ?? null,
        seconds: seconds.get(key) ?? null,
      }),
    );
    const joined = match(wanting, layer.notes, layer.isShiftGiven);
    for (const [key, fit] of joined.fits) {
      fits.set(key, [...(fits.get(key) ?? []), { fit, layer }]);
      if (fit.note.tiktokId !== null && !ids.has(key)) ids.set(key, fit.note.tiktokId);
    }
    for (const [key, count] of joined.refused) refused.set(key, count);
    issues.push(...aboutLeft(layer, joined));
  }
  return { fits, refused, tiktokIds: ids, issues };
}

/** Notes that were not joined: their times are off by a constant or may be, or their posts are not in this export. */
function aboutLeft({ name, isGiven }: Layer, { left, shift }: Joined): Issue[] {
  if (shift.shift !== null)
    return [{ code: 'captions-shifted', severity: 'warning', actual: shift.shift, limit: name }];
  const unclear = shift.unsafe.size;
  const others = left.length - unclear;
  return [
    ...(unclear > 0 ? [{ code: 'captions-unclear', severity: 'warning', actual: unclear, limit: name } as const] : []),
    ...(others > 0
      ? [{ code: 'captions-left', severity: isGiven ? 'warning' : 'info', actual: others, limit: name } as const]
      : []),
  ];
}
