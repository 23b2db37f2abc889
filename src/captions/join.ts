import type { Issue } from '../model/issue.ts';
import type { Post } from '../model/post.ts';
import { type Fit, type JoinCandidatePost, type Joined, match } from './match.ts';
import type { Note } from './source.ts';

/** Notes with the same level of trust. */
export interface Layer {
  /** The source, for messages. */
  readonly name: string;
  readonly notes: readonly Note[];
  /** The user named this source, so unused notes are reported. */
  readonly isGiven: boolean;
  /** The user gave a time shift, and it is already applied. */
  readonly isShiftGiven: boolean;
}

export interface JoinedLayers {
  /** The matches of each post, the most trusted first, with their layers. */
  readonly fits: ReadonlyMap<string, readonly { readonly fit: Fit; readonly layer: Layer }[]>;
  /** Posts with several matching notes in a layer, and the number of these notes. */
  readonly refused: ReadonlyMap<string, number>;
  readonly tiktokIds: ReadonlyMap<string, string>;
  /** Issues about notes that match no post. */
  readonly issues: readonly Issue[];
}

/**
 * Joins each layer separately, so that a post can have a match in each. An id found in a more trusted layer applies to
 * the following layers.
 * @param layers the most trusted first
 * @param seconds known durations of posts; they distinguish posts of the same time
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

/** Issues about unmatched notes: their times are or may be shifted, or their posts are not in this export. */
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
