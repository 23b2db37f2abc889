import type { JoinedCaption } from '../model/caption.ts';
import type { Issue } from '../model/issue.ts';
import type { Post } from '../model/post.ts';
import type { Subtitles, Transcripts } from '../state/transcripts.ts';
import type { Archive } from '../tools/archive.ts';
import type { Tools } from '../tools/tools.ts';
import { type Choices, mergeChoices, noChoices } from './choices.ts';
import { gatherBeside, gatherGiven } from './gather.ts';
import { formerNames, isOfAccount, plainName } from './handles.ts';
import { type JoinedLayers, joinLayers, type Layer } from './join.ts';
import type { Fit } from './match.ts';
import { type FoundSheet, openOwnSheet } from './open-sheet.ts';
import { aboutOutranked, isOutranked } from './outranked.ts';
import { cellsOf, mergeCells, noteOf, type RecordedCells } from './own-sheet.ts';
import { askListing, cachedListing, isProfileName, type Listing } from './profile-listing.ts';
import type { SavedSheet } from './saved-sheet.ts';
import type { OwnSheet } from './sheet-cells.ts';
import { aboutMerge } from './sheet-issues.ts';
import type { Note } from './source.ts';
import { goesNowhere } from './targets-cell.ts';
import {
  type LanguagesInForce,
  languagesInForce,
  mergeSpeech,
  mergeTranslations,
  translationsOf,
  type WantedLanguages,
  withTranslations,
} from './translations.ts';
import { wordsOf } from './words.ts';

export { cellRecordPath, formerCellRecordPath, sheetPath } from './open-sheet.ts';

export interface CaptionsOptions {
  /** The account's folder, absolute. */
  readonly folder: string;
  /** The user name in the export. Notes with another uploader are ignored. */
  readonly account: string | null;
  /** The user name whose profile may be requested; null if unknown. */
  readonly profile: string | null;
  /** All known posts. The join is one to one, so it needs all of them. */
  readonly posts: readonly Post[];
  /** Texts that were delivered with this post, from the packages of earlier runs. */
  readonly saidBefore?: (key: string) => readonly string[];
  /** Whether a caption for this post is worth a request to TikTok. */
  readonly isWanted: (post: Post) => boolean;
  /** `--captions`, the most trusted first. */
  readonly given: readonly Archive[];
  /** Places where sidecars may be next to media files: `--media`, and the export itself. */
  readonly beside: readonly Archive[];
  /** Former user names of the account. Their uploads belong to the account. */
  readonly aliases: readonly string[];
  /** Seconds to add to the times of sidecars and spreadsheets; null if not given, which differs from 0. */
  readonly shift: number | null;
  /** `--cover`: the cell and the post that it is for. */
  readonly cover?: { readonly key: string; readonly cell: string } | null;
  /** The languages that this run asks for, by platform; absent: those of earlier runs. */
  readonly languages?: WantedLanguages;
  /** The transcripts of the videos. */
  readonly transcripts?: Pick<Transcripts, 'subtitlesOf'>;
  /** Whether yt-dlp may request the profile. */
  readonly mayAsk: boolean;
  /** The duration of a post's video, if it is known. Used for posts whose notes are ambiguous. */
  readonly secondsOf: (post: Post) => Promise<number | null>;
}

/** The captions of all posts. */
export interface Captions {
  /** null: no source has a caption. */
  get(key: string): JoinedCaption | null;
  issuesOf(key: string): readonly Issue[];
  /** True if captions.csv cannot be read now and may contain another caption: the delivered one stays. */
  isUnsure(key: string): boolean;
  /** What the user chose for a post: its cells of captions.csv. */
  choicesOf(key: string): Choices;
  /** What is said in a video, with its times. */
  subtitlesOf(key: string): Subtitles | null;
  readonly tiktokIds: ReadonlyMap<string, string>;
  /** Issues of the sources themselves. */
  readonly issues: readonly Issue[];
  readonly sheet: Sheet;
}

/** The captions of posts, without the sheet. */
export type ResolvedCaptions = Omit<Captions, 'sheet'>;

/** The account's captions.csv: its content when it was read, and what to write. */
export interface Sheet {
  /** null if there is no file yet. */
  readonly found: OwnSheet | null;
  /** The file exists but is not a readable sheet: it must not be overwritten. */
  readonly isBroken: boolean;
  /** By post key. For posts that are not in this export, the cells of an earlier run. */
  readonly cells: ReadonlyMap<string, RecordedCells>;
  /** The rows as they counted, and what is remembered of the sheet from now on. */
  readonly merged: SavedSheet;
  /** What it is merged from. */
  readonly read: Pick<FoundSheet, 'kept' | 'sha256' | 'json'>;
  /** The languages in which posts go out, from this run on. */
  readonly languages: LanguagesInForce;
}

/** The captions that are known without network access, and a function to get more. */
export interface KnownCaptions {
  readonly captions: Captions;
  /** Requests the profile's listing, which takes up to 30 s; null if that is useless or not allowed. */
  readonly ask: (() => Promise<Captions>) | null;
}

/**
 * Finds the captions of an account's posts. The sources by trust: what a person wrote into captions.csv, `--captions`,
 * sidecars, the profile's listing. TikTok is asked last, and only if wanted posts lack a caption.
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
  const resolve = (joined: JoinedLayers, own: FoundSheet) => {
    return { joined, ...resolveWords(joined, new Set(given), own, options) };
  };
  const asked = profile !== null && isProfileName(profile) ? profile : null;
  const kept = asked === null ? null : await cachedListing(folder, asked, tools.files);
  const known = await joinWith(kept);
  const own = await openOwnSheet({ folder, posts, saidBefore: options.saidBefore }, known, tools);
  if (own.problem !== null)
    issues.push({ code: 'captions-sheet-unread', severity: 'warning', actual: own.problem, limit: null });
  if (own.beside !== null)
    issues.push({ code: 'captions-spreadsheet-beside', severity: 'warning', actual: own.beside, limit: null });
  issues.push(...aboutMerge(own));
  const resolved = resolve(known, own);
  const result = (
    { joined, words, cells, languages, outranked }: ReturnType<typeof resolve>,
    more: readonly Issue[],
  ) => ({
    get: (key: string) => words.get(key) ?? null,
    issuesOf: (key: string) => refusal(joined.refused.get(key), words.get(key) ?? null),
    isUnsure: (key: string) => own.problem !== null && !own.kept.has(key),
    choicesOf: (key: string) => choicesIn(cells.get(key)),
    subtitlesOf: (key: string) => options.transcripts?.subtitlesOf(key) ?? null,
    tiktokIds: withOwnIds(joined.tiktokIds, own.found),
    issues: unlike([...issues, ...more, ...joined.issues, ...aboutOutranked(outranked)]),
    sheet: { found: own.found, isBroken: own.problem !== null, cells, languages, merged: own, read: own },
  });
  const lacks =
    ({ isSaid, cells }: ReturnType<typeof resolve>) =>
    (post: Post) =>
      !isSaid(post.key) && options.isWanted(post) && !goesNowhere(choicesIn(cells.get(post.key)).targets);
  const captions = result(resolved, []);
  if (asked === null || !options.mayAsk || !posts.some(lacks(resolved))) return { captions, ask: null };
  const ask = async () => {
    const listing = await askListing(folder, asked, tools.ytDlp, tools.files, tools.now(), signal);
    const anew = resolve(await joinWith(listing), own);
    const { problem } = listing;
    const isMissed = problem !== null && posts.some(lacks(anew));
    return result(
      anew,
      isMissed
        ? [{ code: 'listing-failed', severity: 'warning', actual: problem, limit: listing.notes.length || null }]
        : [],
    );
  };
  return { captions, ask };
}

/** Texts of the export that may also occur in a list of captions; they help to detect its encoding. */
function wordsIn(posts: readonly Post[]): readonly string[] {
  return posts.flatMap(({ title, sound, location }) => [title ?? '', sound ?? '', location ?? '']);
}

/** Removes duplicates: `--captions` and `--media` may name the same sidecars. */
function unlike(issues: readonly Issue[]): readonly Issue[] {
  return [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()];
}

/** Removes notes of other accounts and applies the requested time shift. */
function screened(
  { name, isGiven, notes, issues: read }: Omit<Layer, 'isShiftGiven'> & { readonly issues: readonly Issue[] },
  { account, aliases, posts, shift }: CaptionsOptions,
  issues: Issue[],
): Layer {
  const own = notes.filter(({ uploader }) => isOfAccount(uploader, account, aliases));
  issues.push(...read);
  const others = notes.filter(({ uploader }) => !isOfAccount(uploader, account, aliases));
  const former = formerNames(others, posts);
  for (const [handle, count] of former)
    issues.push({ code: 'captions-alias', severity: 'warning', actual: handle, limit: count });
  const foreign = others.filter(({ uploader }) => !former.has(plainName(uploader ?? ''))).length;
  if (foreign > 0)
    issues.push({ code: 'captions-foreign', severity: isGiven ? 'warning' : 'info', actual: foreign, limit: name });
  const shifted = (note: Note): Note =>
    shift === null || note.source === 'listing' || note.time === null ? note : { ...note, time: note.time + shift };
  return {
    name,
    isGiven,
    isShiftGiven: shift !== null,
    notes: own.map(shifted),
  };
}

/** Joins ambiguous posts again, using the durations of their videos. */
async function joinWithSeconds(layers: readonly Layer[], { posts, secondsOf }: CaptionsOptions): Promise<JoinedLayers> {
  const first = joinLayers(posts, layers, new Map());
  const seconds = new Map<string, number>();
  for (const post of posts) {
    const lasts = first.refused.has(post.key) && post.kind === 'video' ? await secondsOf(post) : null;
    if (lasts !== null) seconds.set(post.key, lasts);
  }
  return seconds.size === 0 ? first : joinLayers(posts, layers, seconds);
}

function resolveWords(
  { fits: joinedOf }: JoinedLayers,
  given: ReadonlySet<Layer>,
  { found, rows, kept, languages: before }: FoundSheet,
  { posts, cover, languages: wanted }: Pick<CaptionsOptions, 'posts' | 'cover' | 'languages'>,
) {
  const languages = wanted === undefined ? before : languagesInForce(before, wanted.byTarget, wanted.layout);
  const spoken = Object.keys(languages);
  const words = new Map<string, JoinedCaption | null>();
  const said = new Set<string>();
  let outranked = 0;
  const cells = new Map(kept);
  for (const post of posts) {
    const { key } = post;
    const joined = joinedOf.get(key) ?? [];
    const fits = joined.map(({ fit }) => fit);
    const fromSources = wordsOf(post, fits);
    const ours = cellsOf(fromSources);
    const [row, before, table] = [rows.get(key) ?? null, kept.get(key), found?.table ?? { narrow: false }];
    const merged = mergeCells(row, ours, before, table);
    const chosen = cover?.key === key ? { cover: cover.cell } : {};
    const note = noteOf(key, merged);
    const own: Fit[] = note ? [{ note, by: 'key', seconds: null }] : [];
    const resolved = note ? wordsOf(post, [...own, ...fits]) : fromSources;
    const more = row?.more ?? null;
    const translations = mergeTranslations(more, before?.translations, spoken, resolved, table);
    const speech = mergeSpeech(more, before?.speech);
    cells.set(key, {
      ...merged,
      ...mergeChoices(row, before, chosen, table),
      ...(translations && { translations }),
      ...(speech && { speech }),
    });
    words.set(key, withTranslations(resolved, translationsOf(translations, languages, resolved)));
    const says = (fit: Fit) => fit.note.text !== null;
    if (own.some(says) || fits.some(says)) said.add(key);
    const fromGiven = joined.filter(({ layer }) => given.has(layer)).map(({ fit }) => fit.note);
    if (note && fromGiven.some((each) => isOutranked(each, note))) outranked++;
  }
  return { words, isSaid: (key: string) => said.has(key), outranked, cells, languages };
}

function choicesIn(cells: RecordedCells | undefined): Choices {
  if (cells === undefined) return noChoices;
  const { cover = '', targets = '', fit = '' } = cells;
  return { cover, targets, fit };
}

/** An ambiguous source does not matter if another source has the caption. */
function refusal(count: number | undefined, words: JoinedCaption | null): Issue[] {
  if (count === undefined || (words !== null && words.text !== '')) return [];
  return [{ code: 'several-captions-fit', severity: 'warning', actual: count, limit: null }];
}

/** Adds the ids of URLs that a person wrote into the sheet. */
function withOwnIds(joined: ReadonlyMap<string, string>, found: OwnSheet | null): ReadonlyMap<string, string> {
  const own = [...(found?.rows ?? [])].flatMap(([key, { tiktokId }]) =>
    tiktokId === null ? [] : [[key, tiktokId] as const],
  );
  return new Map([...own, ...joined]);
}
