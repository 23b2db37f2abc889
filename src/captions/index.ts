import type { JoinedCaption } from '../model/caption.ts';
import type { Issue } from '../model/issue.ts';
import type { Post } from '../model/post.ts';
import type { Archive } from '../tools/archive.ts';
import type { Tools } from '../tools/tools.ts';
import { gatherBeside, gatherGiven } from './gather.ts';
import { formerNames, isOfAccount, plainName } from './handles.ts';
import { type JoinedLayers, joinLayers, type Layer } from './join.ts';
import type { Fit } from './match.ts';
import { type FoundSheet, openOwnSheet } from './open-sheet.ts';
import { cellsOf, type KeptCells, noteOf, settleCells, settleCover } from './own-sheet.ts';
import { askListing, isProfileName, keptListing, type Listing } from './profile-listing.ts';
import type { OwnSheet } from './sheet-cells.ts';
import type { Note } from './source.ts';
import { wordsOf } from './words.ts';

export { keptPath, sheetPath, spreadsheetPaths } from './open-sheet.ts';

export interface CaptionsOptions {
  /** Of the account, absolute. */
  readonly folder: string;
  /** The user name as the export tells it: notes by another uploader are left alone. */
  readonly account: string | null;
  /** The user name whose profile may be asked for; null where none is known. */
  readonly profile: string | null;
  /** All known posts, so that the join is one to one. */
  readonly posts: readonly Post[];
  /** Words that went out with the post with this key, as the packages of earlier runs have them. */
  readonly saidBefore?: (key: string) => readonly string[];
  /** Whether it is worth asking TikTok for this post's words. */
  readonly isWanted: (post: Post) => boolean;
  /** `--captions`, the most trusted first. */
  readonly given: readonly Archive[];
  /** Where sidecars may lie beside media: `--media`, and the export itself. */
  readonly beside: readonly Archive[];
  /** Former user names of the account: what they uploaded is its own. */
  readonly aliases: readonly string[];
  /** Seconds to be added to the times of sidecars and spreadsheets; null: nobody said, which is not 0. */
  readonly shift: number | null;
  /** `--cover`: the cell of the post that it is for. */
  readonly cover?: { readonly key: string; readonly cell: string } | null;
  /** Whether yt-dlp may be asked for the profile. */
  readonly mayAsk: boolean;
  /** How long the video of a post lasts, if that is known already: asked for posts whose notes cannot be told apart. */
  readonly secondsOf: (post: Post) => Promise<number | null>;
}

/** What is known of the words of all posts. */
export interface Captions {
  /** null: nobody has words for it. */
  get(key: string): JoinedCaption | null;
  issuesOf(key: string): readonly Issue[];
  /** A person may have said otherwise in a sheet that cannot be read now: what was delivered stays. */
  isUnsure(key: string): boolean;
  /** What a person chose as the cover of a post: the cell of captions.csv; empty where they chose none. */
  coverOf(key: string): string;
  readonly tiktokIds: ReadonlyMap<string, string>;
  /** About the sources themselves. */
  readonly issues: readonly Issue[];
  readonly sheet: Sheet;
}

/** The account's captions.csv, as it was found and as it shall be. */
export interface Sheet {
  /** null where there is none yet. */
  readonly found: OwnSheet | null;
  /** It is there, but no sheet any more: it must not be written over. */
  readonly isBroken: boolean;
  /** By the posts' keys; of posts that are not in this export, as an earlier run left them. */
  readonly cells: ReadonlyMap<string, KeptCells>;
}

/** The words that are known without the network, and the way to more. */
export interface KnownCaptions {
  readonly captions: Captions;
  /** The list of the profile, as it was told last, is among them. */
  readonly isListed: boolean;
  /** Asks for the profile's listing, which takes up to 30 s; null where nothing is to be won by it, or it must not. */
  readonly ask: (() => Promise<Captions>) | null;
}

/**
 * Finds the words of an account's posts. The most trusted source first: what a person wrote into captions.csv, `--captions`,
 * sidecars, the profile's listing. TikTok is asked last, and only while wanted posts lack words.
 */
export async function openCaptions(
  options: CaptionsOptions,
  tools: Tools,
  signal: AbortSignal,
): Promise<KnownCaptions> {
  const { folder, profile, posts } = options;
  const issues: Issue[] = [];
  const given: Layer[] = [];
  for (const { setAside } of options.given)
    issues.push(...setAside.map((each): Issue => ({ ...each, limit: '--captions' })));
  for (const archive of options.given)
    given.push(screened({ ...(await gatherGiven(archive, wordsIn(posts))), isGiven: true }, options, issues));
  const beside = await Promise.all(options.beside.map(gatherBeside));
  const sidecars = screened(
    {
      name: 'the sidecars',
      isGiven: false,
      notes: beside.flatMap(({ notes }) => notes),
      issues: beside.flatMap((each) => each.issues),
    },
    options,
    issues,
  );
  const joinWith = async (listing: Listing | null) => {
    const known = screened(
      { name: 'the listing', isGiven: false, notes: listing?.notes ?? [], issues: [] },
      options,
      [],
    );
    return await joinWithSeconds([...given, sidecars, known], options);
  };
  const settle = (joined: JoinedLayers, own: FoundSheet) => {
    return { joined, ...settleWords(posts, joined, new Set(given), own, options.cover) };
  };
  const asked = profile !== null && isProfileName(profile) ? profile : null;
  const kept = asked === null ? null : await keptListing(folder, asked, tools.files);
  const known = await joinWith(kept);
  const own = await openOwnSheet({ folder, posts, saidBefore: options.saidBefore }, known, tools);
  if (own.trouble !== null)
    issues.push({ code: 'captions-sheet-unread', severity: 'warning', actual: own.trouble, limit: null });
  if (own.beside !== null)
    issues.push({ code: 'captions-spreadsheet-beside', severity: 'warning', actual: own.beside, limit: null });
  const settled = settle(known, own);
  const result = ({ joined, words, cells, outranked }: ReturnType<typeof settle>, more: readonly Issue[]) => ({
    get: (key: string) => words.get(key) ?? null,
    issuesOf: (key: string) => refusal(joined.refused.get(key), words.get(key) ?? null),
    isUnsure: (key: string) => own.trouble !== null && !own.kept.has(key),
    coverOf: (key: string) => cells.get(key)?.cover ?? '',
    tiktokIds: withOwnIds(joined.tiktokIds, own.found),
    issues: unlike([...issues, ...more, ...joined.issues, ...aboutOutranked(outranked)]),
    sheet: { found: own.found, isBroken: own.trouble !== null, cells },
  });
  const lacks =
    ({ isSaid }: ReturnType<typeof settle>) =>
    (post: Post) =>
      !isSaid(post.key) && options.isWanted(post);
  const captions = result(settled, []);
  if (asked === null || !options.mayAsk || !posts.some(lacks(settled)))
    return { captions, isListed: kept !== null, ask: null };
  const ask = async () => {
    const listing = await askListing(folder, asked, tools.ytDlp, tools.files, tools.now(), signal);
    const anew = settle(await joinWith(listing), own);
    const { trouble } = listing;
    const isMissed = trouble !== null && posts.some(lacks(anew));
    return result(
      anew,
      isMissed
        ? [{ code: 'listing-failed', severity: 'warning', actual: trouble, limit: listing.notes.length || null }]
        : [],
    );
  };
  return { captions, isListed: kept !== null, ask };
}

/** Words of the export that may stand in a list of captions too. */
function wordsIn(posts: readonly Post[]): readonly string[] {
  return posts.flatMap(({ title, sound, location }) => [title ?? '', sound ?? '', location ?? '']);
}

/** The same may be said of sidecars that `--captions` and `--media` both name. */
function unlike(issues: readonly Issue[]): readonly Issue[] {
  return [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()];
}

/** Without notes by others, and with the times that were asked for. */
function screened(
  { name, isGiven, notes, issues: read }: Omit<Layer, 'isShiftGiven'> & { readonly issues: readonly Issue[] },
  { account, aliases, posts, shift }: CaptionsOptions,
  issues: Issue[],
): Layer {
  const own = notes.filter(({ uploader }) => isOfAccount(uploader, account, aliases));
  issues.push(...read);
  const others =
    own.length === notes.length ? [] : notes.filter(({ uploader }) => !isOfAccount(uploader, account, aliases));
  const former = formerNames(others, posts);
  for (const [handle, count] of former)
    issues.push({ code: 'captions-alias', severity: 'warning', actual: handle, limit: count });
  const foreign = others.filter(({ uploader }) => !former.has(plainName(uploader ?? ''))).length;
  if (foreign > 0)
    issues.push({ code: 'captions-foreign', severity: isGiven ? 'warning' : 'info', actual: foreign, limit: name });
  const isShifted = (note: Note) => shift !== null && shift !== 0 && note.source !== 'listing' && note.time !== null;
  return {
    name,
    isGiven,
    isShiftGiven: shift !== null,
    notes: own.map((note) => (isShifted(note) ? { ...note, time: (note.time ?? 0) + (shift ?? 0) } : note)),
  };
}

/** A second look at posts whose notes could not be told apart, with how long their videos last. */
async function joinWithSeconds(layers: readonly Layer[], { posts, secondsOf }: CaptionsOptions): Promise<JoinedLayers> {
  const first = joinLayers(posts, layers, new Map());
  const seconds = new Map<string, number>();
  for (const post of posts) {
    const lasts = first.refused.has(post.key) && post.kind === 'video' ? await secondsOf(post) : null;
    if (lasts !== null) seconds.set(post.key, lasts);
  }
  return seconds.size === 0 ? first : joinLayers(posts, layers, seconds);
}

function settleWords(
  posts: readonly Post[],
  { fits: joinedOf }: JoinedLayers,
  given: ReadonlySet<Layer>,
  { found, kept }: FoundSheet,
  cover: CaptionsOptions['cover'],
) {
  const words = new Map<string, JoinedCaption | null>();
  const said = new Set<string>();
  let outranked = 0;
  const cells = new Map(kept);
  for (const post of posts) {
    const { key } = post;
    const joined = joinedOf.get(key) ?? [];
    const fits = joined.map(({ fit }) => fit);
    const told = wordsOf(post, fits);
    const ours = cellsOf(told);
    const settled = settleCells(found?.rows.get(key) ?? null, ours, kept.get(key), found?.table ?? { narrow: false });
    const chosen = cover?.key === key ? cover.cell : undefined;
    cells.set(key, { ...settled, ...settleCover(found?.rows.get(key)?.cover ?? null, kept.get(key), chosen) });
    const note = noteOf(key, settled);
    const own: Fit[] = note ? [{ note, by: 'key', seconds: null }] : [];
    words.set(key, note ? wordsOf(post, [...own, ...fits]) : told);
    const says = (fit: Fit) => fit.note.text !== null;
    if (own.some(says) || fits.some(says)) said.add(key);
    const fromGiven = joined.filter(({ layer }) => given.has(layer)).map(({ fit }) => fit.note);
    if (note && fromGiven.some((each) => isOutranked(each, note))) outranked++;
  }
  return { words, isSaid: (key: string) => said.has(key), outranked, cells };
}

/** Whether it says what the cells of a person say otherwise. */
function isOutranked(given: Note, { text, title, hashtags }: Note): boolean {
  const differs = (told: string | null, own: string | null) =>
    told !== null && own !== null && told.trim() !== own.trim();
  return (
    differs(given.text, text) ||
    differs(given.title, title) ||
    differs(given.hashtags?.join(' ') ?? null, hashtags?.join(' ') ?? null)
  );
}

function aboutOutranked(count: number): Issue[] {
  return count === 0 ? [] : [{ code: 'captions-outranked', severity: 'warning', actual: count, limit: null }];
}

/** Where another source has the words, it does not matter that one could not tell. */
function refusal(count: number | undefined, words: JoinedCaption | null): Issue[] {
  if (count === undefined || (words !== null && words.text !== '')) return [];
  return [{ code: 'several-captions-fit', severity: 'warning', actual: count, limit: null }];
}

/** An address that a person put into the sheet serves as well. */
function withOwnIds(joined: ReadonlyMap<string, string>, found: OwnSheet | null): ReadonlyMap<string, string> {
  const own = [...(found?.rows ?? [])].flatMap(([key, { tiktokId }]) =>
    tiktokId === null ? [] : [[key, tiktokId] as const],
  );
  return new Map([...own, ...joined]);
}
