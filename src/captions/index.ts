import { join } from 'node:path';
import type { Issue, JoinedCaption, Post } from '../model.ts';
import type { Archive, Tools } from '../tools/tools.ts';
import { gatherBeside, gatherGiven } from './gather.ts';
import { type JoinedLayers, joinLayers, type Layer } from './join.ts';
import type { Fit } from './match.ts';
import {
  type Cells,
  cellsOf,
  noteOf,
  type OwnSheet,
  parseWritten,
  personalCells,
  readOwnSheet,
  type Written,
} from './own-sheet.ts';
import { askListing, isProfileName, keptListing, type Listing } from './profile-listing.ts';
import type { Note } from './source.ts';
import { wordsOf } from './words.ts';

export interface CaptionsOptions {
  /** Of the account, absolute. */
  readonly folder: string;
  /** The user name as the export tells it: notes by another uploader are left alone. */
  readonly account: string | null;
  /** The user name whose profile may be asked for; null where none is known. */
  readonly profile: string | null;
  /** All known posts, so that the join is one to one. */
  readonly posts: readonly Post[];
  /** Whether it is worth asking TikTok for this post's words. */
  readonly isWanted: (post: Post) => boolean;
  /** `--captions`, the most trusted first. */
  readonly given: readonly Archive[];
  /** Where sidecars may lie beside media: `--media`, and the export itself. */
  readonly beside: readonly Archive[];
  /** Seconds to be added to the times of sidecars and spreadsheets. */
  readonly shift: number;
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
  /** By the posts' keys. */
  readonly cells: (key: string) => Cells;
  readonly written: (key: string) => Written;
}

const maxSheetBytes = 100 << 20;

/** The words that are known without the network, and the way to more. */
export interface KnownCaptions {
  readonly captions: Captions;
  /** Asks for the profile's listing, which takes up to 30 s; null where nothing is to be won by it, or it must not. */
  readonly ask: (() => Promise<Captions>) | null;
}

/**
 * Finds the words of an account's posts. The most trusted source first: `--captions`, what a person wrote into captions.csv,
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
  for (const archive of options.given)
    given.push(screened({ ...(await gatherGiven(archive)), isGiven: true }, options, issues));
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
  const own = await openOwnSheet(folder, tools);
  if (typeof own === 'string')
    issues.push({ code: 'captions-sheet-unread', severity: 'warning', actual: own, limit: null });
  const sheet = typeof own === 'string' ? null : own;

  const settle = async (listing: Listing | null) => {
    const known = screened(
      { name: 'the listing', isGiven: false, notes: listing?.notes ?? [], issues: [] },
      options,
      [],
    );
    const joined = await joinWithSeconds([...given, sidecars, known], options);
    return { joined, ...settleWords(posts, joined, new Set(given), sheet) };
  };
  const asked = profile !== null && isProfileName(profile) ? profile : null;
  const kept = asked === null ? null : await keptListing(folder, asked, tools.files);
  const settled = await settle(kept);
  const result = ({ joined, words, cells, written }: Awaited<ReturnType<typeof settle>>, more: readonly Issue[]) => ({
    get: (key: string) => words.get(key) ?? null,
    issuesOf: (key: string) => refusal(joined.refused.get(key), words.get(key) ?? null),
    tiktokIds: withOwnIds(joined.tiktokIds, sheet?.found ?? null),
    issues: [...issues, ...more, ...joined.issues],
    sheet: { found: sheet?.found ?? null, isBroken: sheet === null, cells, written },
  });
  const lacks =
    ({ isSaid }: Awaited<ReturnType<typeof settle>>) =>
    (post: Post) =>
      !isSaid(post.key) && options.isWanted(post);
  const captions = result(settled, []);
  if (asked === null || !options.mayAsk || !posts.some(lacks(settled))) return { captions, ask: null };
  const ask = async () => {
    const listing = await askListing(folder, asked, tools.ytDlp, tools.files, tools.now(), signal);
    const anew = await settle(listing);
    const { trouble } = listing;
    const isMissed = trouble !== null && posts.some(lacks(anew));
    return result(
      anew,
      isMissed ? [{ code: 'listing-failed', severity: 'warning', actual: trouble, limit: null }] : [],
    );
  };
  return { captions, ask };
}

/** Without notes by others, and with the times that were asked for. */
function screened(
  { name, isGiven, notes, issues: read }: Layer & { readonly issues: readonly Issue[] },
  { account, shift }: CaptionsOptions,
  issues: Issue[],
): Layer {
  const plain = (user: string) => user.toLowerCase().replace(/^@/, '');
  const isForeign = ({ uploader }: Note) => account !== null && uploader !== null && plain(uploader) !== plain(account);
  const own = notes.filter((note) => !isForeign(note));
  issues.push(...read);
  const foreign = notes.length - own.length;
  if (foreign > 0)
    issues.push({ code: 'captions-foreign', severity: isGiven ? 'warning' : 'info', actual: foreign, limit: name });
  const isShifted = (note: Note) => shift !== 0 && note.source !== 'listing' && note.time !== null;
  return {
    name,
    isGiven,
    notes: own.map((note) => (isShifted(note) ? { ...note, time: (note.time ?? 0) + shift } : note)),
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

interface FoundSheet {
  readonly found: OwnSheet | null;
  readonly remembered: ReadonlyMap<string, Written>;
}

/** The sheet is always read, wherever its words came from first. */
async function openOwnSheet(folder: string, { files }: Tools): Promise<FoundSheet | string> {
  const path = join(folder, 'captions.csv');
  try {
    const facts = await files.facts(path);
    const remembered = parseWritten(await files.readText(writtenPath(folder), maxSheetBytes).catch(() => null));
    if (facts === null || facts.bytes === 0) return { found: null, remembered };
    if (facts.bytes > maxSheetBytes) return `it is larger than ${maxSheetBytes >> 20} MB`;
    const found = readOwnSheet(await files.readStart(path, facts.bytes));
    return typeof found === 'string' ? found : { found, remembered };
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return error.message;
  }
}

/** Where we remember what we wrote into captions.csv, to know what a person changed. */
export function writtenPath(folder: string): string {
  return join(folder, '.port', 'captions.json');
}

function settleWords(
  posts: readonly Post[],
  { fits }: JoinedLayers,
  given: ReadonlySet<Layer>,
  sheet: FoundSheet | null,
) {
  const words = new Map<string, JoinedCaption | null>();
  const said = new Set<string>();
  const cellsByKey = new Map<string, Cells>();
  const writtenByKey = new Map<string, Written>();
  for (const post of posts) {
    const { key } = post;
    const joined = fits.get(key) ?? [];
    const ours = cellsOf(
      wordsOf(
        post,
        joined.map(({ fit }) => fit),
      ),
    );
    const row = sheet?.found?.rows.get(key);
    const personal =
      row && sheet?.found ? personalCells(row, ours, sheet.remembered.get(key), sheet.found.table) : null;
    const note = row && personal && noteOf(key, row, personal);
    const own: Fit[] = note ? [{ note, by: 'key', seconds: null }] : [];
    const before = joined.filter(({ layer }) => given.has(layer)).map(({ fit }) => fit);
    const after = joined.filter(({ layer }) => !given.has(layer)).map(({ fit }) => fit);
    const all = [...before, ...own, ...after];
    words.set(key, wordsOf(post, all));
    if (all.some((fit) => fit.note.text !== null)) said.add(key);
    const cell = (column: keyof Cells) => (row && personal?.has(column) ? row[column] : ours[column]);
    const mark = (column: keyof Cells) => (personal?.has(column) ? null : ours[column]);
    cellsByKey.set(key, { caption: cell('caption'), title: cell('title'), hashtags: cell('hashtags') });
    writtenByKey.set(key, { caption: mark('caption'), title: mark('title'), hashtags: mark('hashtags') });
  }
  const nothing = { caption: '', title: '', hashtags: '' };
  return {
    words,
    isSaid: (key: string) => said.has(key),
    cells: (key: string) => cellsByKey.get(key) ?? nothing,
    written: (key: string) => writtenByKey.get(key) ?? nothing,
  };
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
