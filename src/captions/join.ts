import type { Issue, Post } from '../model.ts';
import { type Fit, type Joined, match, type Wanting } from './match.ts';
import { commonShift } from './shift.ts';
import type { Note } from './source.ts';

/** Notes that are trusted alike. */
export interface Layer {
  /** Where they come from, for people. */
  readonly name: string;
  readonly notes: readonly Note[];
  /** The user named it, and wants to know what became of it. */
  readonly isGiven: boolean;
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
      ({ key, time, kind, likes, sound }): Wanting => ({
        key,
        time,
        kind,
        likes,
        sound,
        tiktokId: ids.get(key) ?? null,
        seconds: seconds.get(key) ?? null,
      }),
    );
    const joined = match(wanting, layer.notes);
    for (const [key, fit] of joined.fits) {
      fits.set(key, [...(fits.get(key) ?? []), { fit, layer }]);
      if (fit.note.tiktokId !== null && !ids.has(key)) ids.set(key, fit.note.tiktokId);
    }
    for (const [key, count] of joined.refused) refused.set(key, count);
    issues.push(...aboutLeft(layer, wanting, joined));
  }
  return { fits, refused, tiktokIds: ids, issues };
}

/** Notes that fit nothing: all their times may be wrong by the same, or their posts are not in this export. */
function aboutLeft({ name, isGiven }: Layer, posts: readonly Wanting[], { fits, left }: Joined): Issue[] {
  if (left.length === 0) return [];
  const ofTime = left.filter((note) => note.key === null);
  const byTime = [...fits.values()].filter(({ by }) => by === 'time').length;
  const waiting = posts.filter(({ key }) => !fits.has(key));
  const shift = byTime < ofTime.length ? commonShift(waiting, ofTime) : null;
  if (shift !== null) return [{ code: 'captions-shifted', severity: 'warning', actual: shift, limit: name }];
  return [{ code: 'captions-left', severity: isGiven ? 'warning' : 'info', actual: left.length, limit: name }];
}
