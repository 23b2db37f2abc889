import { assign, type Pairing } from './assign.ts';
import { type Features, featureDistance, isOtherKind } from './likeness.ts';
import { findShift, type ShiftFinding } from './shift.ts';
import type { Note } from './source.ts';
import { timeOfId } from './tiktok-id.ts';
import { lastSecondOfMinute, type TimedItem, tolerance } from './time-pairs.ts';

/** The properties of a post that the join uses. */
export interface JoinCandidatePost extends Features {
  readonly key: string;
  /** Unix seconds. */
  readonly time: number;
  /** null if unknown. */
  readonly tiktokId: string | null;
}

export type JoinedBy = 'key' | 'id' | 'time';

export interface Fit {
  readonly note: Note;
  readonly by: JoinedBy;
  /** The time difference of note and post; null if the note has no time. */
  readonly seconds: number | null;
}

export interface Joined {
  /** By post key. Each note occurs once at most. */
  readonly fits: ReadonlyMap<string, Fit>;
  /** Posts without a match because several notes fit, with the number of these notes. */
  readonly refused: ReadonlyMap<string, number>;
  /** Notes without a match, or with an ambiguous one. */
  readonly left: readonly Note[];
  /**
   * Whether the notes' times are shifted by a constant. Notes with an id are exempt, because the id contains the time
   * in UTC.
   */
  readonly shift: ShiftFinding;
}

/** Seconds. TikTok's own times are 2 to 11 s after the id's time, and schedulers round to the minute. */
const farFromId = 90;
/** How much the time differences of true pairs vary, in seconds. */
const jitter = 9;
/** Limit for dense groups: with more candidates per item, no order is reliable, nor found in reasonable time. */
const crowded = 64;

/**
 * Matches notes to posts: by post key, else by TikTok id, else by time, one to one with the best total. An ambiguous
 * match is rejected, because a wrong caption would be published. The result does not depend on the order of posts and
 * notes.
 * @param notes the notes of one source
 * @param given the user gave a time shift, and it is already applied
 */
export function match(posts: readonly JoinCandidatePost[], notes: readonly Note[], given = false): Joined {
  const fits = new Map<string, Fit>();
  const refused = new Map<string, number>();
  const open = new Set(distinct(notes));
  const accept = (post: JoinCandidatePost, note: Note, by: JoinedBy) => {
    fits.set(post.key, { note, by, seconds: distance(post, note, note.time ?? timeOf(note)) });
    open.delete(note);
  };

  joinByKey(posts, open, accept, refused);
  joinById(posts, open, fits, accept);
  const timed = [...open].filter((note) => timeOf(note) !== null && note.key === null).sort(inOrder);
  const exposed = timed.filter(({ tiktokId }) => tiktokId === null);
  const shift = findShift(posts, exposed.map(itemOf), { given });
  const unsafe = new Set(exposed.filter((_, index) => shift.unsafe.has(index)));
  const waiting = posts.filter(({ key }) => !fits.has(key) && !refused.has(key));
  waiting.sort((a, b) => a.time - b.time || compare(a.key, b.key));
  const safe = timed.filter((note) => !unsafe.has(note));
  for (const group of groups(waiting, safe)) joinByTime(group, accept, refused);
  return { fits, refused, left: [...open], shift };
}

function itemOf(note: Note): TimedItem {
  return { times: [timeOf(note) as number], toMinute: note.toMinute, kind: note.kind };
}

/** Merges notes of the same TikTok post, and identical notes. */
function distinct(notes: readonly Note[]): Note[] {
  const groups = new Map<string, Note[]>();
  for (const note of notes) {
    const { tiktokId, key, time, text, title, kind } = note;
    const name =
      key === null && tiktokId !== null ? tiktokId : JSON.stringify([key, tiktokId, time, text, title, kind]);
    const group = groups.get(name);
    if (group) group.push(note);
    else groups.set(name, [note]);
  }
  return [...groups.values()].map((group) => (group.length === 1 ? group[0] : merged(group))) as Note[];
}

/** Takes the longest text; fills its gaps from the other notes. */
function merged(group: readonly Note[]): Note {
  const ordered = [...group].sort((a, b) => (b.text?.length ?? -1) - (a.text?.length ?? -1) || inOrder(a, b));
  const told = (note: Note) => Object.fromEntries(Object.entries(note).filter(([, value]) => value !== null));
  return Object.assign({}, ordered[0], ...[...ordered].reverse().map(told));
}

type Accept = (post: JoinCandidatePost, note: Note, by: JoinedBy) => void;

function joinByKey(
  posts: readonly JoinCandidatePost[],
  open: ReadonlySet<Note>,
  accept: Accept,
  refused: Map<string, number>,
): void {
  const byKey = new Map<string, Note[]>();
  for (const note of open) if (note.key !== null) byKey.set(note.key, [...(byKey.get(note.key) ?? []), note]);
  for (const post of posts) {
    const [note, ...others] = byKey.get(post.key) ?? [];
    if (note && others.length === 0) accept(post, note, 'key');
    else if (note) refused.set(post.key, others.length + 1);
  }
}

function joinById(
  posts: readonly JoinCandidatePost[],
  open: ReadonlySet<Note>,
  fits: ReadonlyMap<string, Fit>,
  accept: Accept,
): void {
  const byId = new Map<string, JoinCandidatePost | null>();
  for (const post of posts) {
    // Two posts with the same id: the id identifies neither.
    if (post.tiktokId !== null) byId.set(post.tiktokId, byId.has(post.tiktokId) ? null : post);
  }
  for (const note of [...open]) {
    const post = note.key === null && note.tiktokId !== null ? byId.get(note.tiktokId) : null;
    if (post && !fits.has(post.key)) accept(post, note, 'id');
  }
}

interface Group {
  readonly posts: readonly JoinCandidatePost[];
  readonly notes: readonly Note[];
}

/** Splits the timeline at gaps longer than the tolerance: no match crosses such a gap. */
function* groups(posts: readonly JoinCandidatePost[], notes: readonly Note[]): Generator<Group> {
  let post = 0;
  let note = 0;
  while (post < posts.length && note < notes.length) {
    const group = { posts: [] as JoinCandidatePost[], notes: [] as Note[] };
    let last = Number.NEGATIVE_INFINITY;
    for (;;) {
      const nextPost = posts[post];
      const nextNote = notes[note];
      const postTime = nextPost?.time ?? Number.POSITIVE_INFINITY;
      const noteTime = (nextNote && timeOf(nextNote)) ?? Number.POSITIVE_INFINITY;
      const next = Math.min(postTime, noteTime);
      if (next === Number.POSITIVE_INFINITY || (last > Number.NEGATIVE_INFINITY && next - last > tolerance)) break;
      last = Math.max(last, next);
      if (nextPost && postTime <= noteTime) {
        group.posts.push(nextPost);
        post++;
      } else if (nextNote) {
        group.notes.push(nextNote);
        if (nextNote.toMinute) last = Math.max(last, noteTime + lastSecondOfMinute);
        note++;
      }
    }
    if (group.posts.length > 0 && group.notes.length > 0) yield group;
  }
}

function joinByTime({ posts, notes }: Group, accept: Accept, refused: Map<string, number>): void {
  const ways: Pairing[][] = [];
  let first = 0;
  let count = 0;
  for (const post of posts) {
    while (first < notes.length && post.time - (timeOf(notes[first] as Note) as number) > lastSecondOfMinute) first++;
    const own: Pairing[] = [];
    for (let index = first; index < notes.length; index++) {
      const note = notes[index] as Note;
      if ((timeOf(note) as number) - post.time > tolerance) break;
      const way = wayBetween(post, note);
      if (way) own.push({ note: index, cost: way.seconds + way.unlike });
    }
    ways.push(own);
    count += own.length;
    if (count > crowded * (posts.length + notes.length)) {
      for (const each of posts) refused.set(each.key, notes.length);
      return;
    }
  }
  const noteOf = assign(ways, notes.length);
  const doubted = doubts(posts, notes, ways, noteOf);
  for (const [index, post] of posts.entries()) {
    const note = notes[noteOf[index] as number];
    if (doubted.has(index)) refused.set(post.key, (ways[index] as Pairing[]).length);
    else if (note) accept(post, note, 'time');
  }
}

/**
 * Finds posts whose match is ambiguous. Swapping two pairs has to be clearly worse; an unmatched note or post has to be
 * further away than chance explains. Other features decide if they are known.
 */
function doubts(
  posts: readonly JoinCandidatePost[],
  notes: readonly Note[],
  ways: readonly (readonly Pairing[])[],
  noteOf: Int32Array,
): ReadonlySet<number> {
  const doubted = new Set<number>();
  const holder = new Map([...noteOf].flatMap((note, post) => (note < 0 ? [] : [[note, post] as const])));
  const way = (post: number, note: number) => wayBetween(posts[post] as JoinCandidatePost, notes[note] as Note);
  for (const [post, others] of ways.entries()) {
    const own = noteOf[post] as number;
    for (const { note } of others) {
      const rival = holder.get(note);
      if (note === own) continue;
      if (own < 0) {
        // An unmatched post: the post that has the note must be the clearly better match.
        if (rival !== undefined && !isPlain([way(rival, note)], [way(post, note)], jitter))
          doubted.add(rival).add(post);
      } else if (rival === undefined) {
        if (!isPlain([way(post, own)], [way(post, note)], jitter)) doubted.add(post);
      } else if (!isPlain([way(post, own), way(rival, note)], [way(post, note), way(rival, own)], 0)) {
        doubted.add(post).add(rival);
      }
    }
  }
  return doubted;
}

/** The distance of a note and a post: time difference, and dissimilarity of other features. */
interface Bridge {
  readonly seconds: number;
  readonly unlike: number;
}

function isPlain(taken: readonly (Bridge | null)[], other: readonly (Bridge | null)[], margin: number): boolean {
  const sum = (ways: readonly (Bridge | null)[], what: keyof Bridge) =>
    ways.reduce((total, way) => total + (way?.[what] ?? Number.POSITIVE_INFINITY), 0);
  const unlike = sum(other, 'unlike') - sum(taken, 'unlike');
  return unlike > 0 || (unlike === 0 && sum(other, 'seconds') - sum(taken, 'seconds') > margin);
}

function wayBetween(post: JoinCandidatePost, note: Note): Bridge | null {
  const seconds = distance(post, note) ?? Number.POSITIVE_INFINITY;
  const isAnother = post.tiktokId !== null && note.tiktokId !== null && post.tiktokId !== note.tiktokId;
  return seconds > reachOf(note) || isAnother || isOtherKind(post, note)
    ? null
    : { seconds, unlike: featureDistance(post, note) };
}

function distance(post: JoinCandidatePost, note: Note, time = timeOf(note)): number | null {
  if (time === null) return null;
  const after = post.time - time;
  if (!note.toMinute) return Math.abs(after);
  return after < 0 ? -after : Math.max(0, after - lastSecondOfMinute);
}

/** The maximum distance of a post from the time of a note. */
function reachOf({ toMinute }: Note): number {
  return toMinute ? 0 : tolerance;
}

/**
 * The time of a note in UTC. An id contains the time too; a time far from it is local time, so the id's time is used.
 */
export function timeOf({ time, tiktokId }: Note): number | null {
  const told = tiktokId === null ? null : timeOfId(tiktokId);
  return time === null || (told !== null && Math.abs(time - told) > farFromId) ? told : time;
}

/** A total order, so that the result does not depend on the order of files. */
function inOrder(a: Note, b: Note): number {
  return (
    (timeOf(a) ?? 0) - (timeOf(b) ?? 0) || compare(a.tiktokId ?? '', b.tiktokId ?? '') || compare(shape(a), shape(b))
  );
}

function shape(note: Note): string {
  return JSON.stringify(Object.entries(note).sort(([a], [b]) => compare(a, b)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
