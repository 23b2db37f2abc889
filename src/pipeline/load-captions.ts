import { join } from 'node:path';
import { momentCell } from '../captions/cover-cell.ts';
import {
  type Captions,
  formerKeptPath,
  keptPath,
  openCaptions,
  type ResolvedCaptions,
  type Sheet,
  sheetPath,
} from '../captions/index.ts';
import { keptJson } from '../captions/own-sheet.ts';
import { goesNowhere } from '../captions/targets-cell.ts';
import {
  type LanguageWish,
  type RecordedTranslations,
  speechColumn,
  translationCells,
} from '../captions/translations.ts';
import type { ReadingOptions } from '../config/options.ts';
import { captionsCsv, type SheetRow } from '../deliver/captions-csv.ts';
import { isSystemError, OutputError } from '../errors.ts';
import type { Issue, IssueCode } from '../model/issue.ts';
import type { Post } from '../model/post.ts';
import { message } from '../report/messages.ts';
import { withDocumentLock } from '../state/document-lock.ts';
import type { Entry } from '../state/documents.ts';
import type { Manifest } from '../state/manifest.ts';
import { openTranscripts, type Transcripts } from '../state/transcripts.ts';
import type { Archive } from '../tools/archive.ts';
import type { FileFacts } from '../tools/files.ts';
import type { Tools } from '../tools/tools.ts';
import type { AccountWork, LoadedCaptions, MadeCells, OpenAccount, RunContext } from './context.ts';
import type { Selection } from './select-posts.ts';

/**
 * Loads the captions of all posts from files. Does not send a request to TikTok yet.
 * @param posts all known posts
 * @param languages those of `--translate`; null without it
 */
export async function loadCaptions(
  { account, folder, media }: AccountWork,
  posts: readonly Post[],
  selection: Selection,
  manifest: Manifest,
  options: ReadingOptions & { readonly cover?: number | undefined },
  { tools, signal, scratch }: RunContext,
  languages: LanguageWish | null = null,
): Promise<LoadedCaptions> {
  const selected = new Set(selection.selected);
  const listed = [...selection.selected, ...selection.held.map(({ post }) => post)].sort((a, b) => b.time - a.time);
  const profile = account.nameless ? null : account.name.replace(/^@/, '');
  const mayAsk = options.listing && !options.offline;
  const beside = [...media, ...account.archives];
  const [only, ...others] = selection.selected;
  const isForOne = options.cover !== undefined && only?.kind === 'video' && others.length === 0;
  const cover = isForOne ? { key: only.key, cell: momentCell(options.cover) } : null;
  const transcripts = await openTranscripts(folder, tools.files, { readOnly: scratch !== undefined });
  return await withOpen(options.captions, tools, async (given): Promise<LoadedCaptions> => {
    // An unreadable sheet is reported when it is read.
    let before = await tools.files.facts(sheetPath(folder)).catch(() => null);
    const { captions: known, ask } = await openCaptions(
      {
        ...{ folder, account: account.export.account, profile, posts, given, beside, mayAsk, cover },
        isWanted: (post) => selected.has(post) && !hasOwnWords(post, manifest),
        saidBefore: (key) => manifest.rowsOf(key).flatMap(saidIn),
        aliases: options.alias,
        shift: options.captionShift ?? null,
        ...(languages && { languages }),
        transcripts,
        secondsOf: async (post) => secondsOf(post, folder, tools, signal),
      },
      tools,
      signal,
    );
    const made = new Map<string, RecordedTranslations>();
    const write = async (captions: Captions) => {
      if (captions.sheet.isBroken) return null;
      const cells = withSpeech(withMade(captions.sheet.cells, made), captions.sheet, transcripts);
      const rows = listed.map((post) => rowOf(post, captions, cells, account.export.account));
      const refused = await writeSheet(rows, { ...captions.sheet, cells }, before, folder, tools);
      if (refused === null) before = await tools.files.facts(sheetPath(folder)).catch(() => null);
      return refused;
    };
    const all = async (): Promise<Captions> => {
      const captions = ask === null ? known : await ask();
      const refused = await write(captions);
      return refused === null ? captions : { ...captions, issues: [...captions.issues, refused] };
    };
    let resolved: Promise<Captions> | null = null;
    const once = async () => (resolved ??= all());
    const save = async ({ translations }: MadeCells) => {
      for (const [key, cells] of translations) made.set(key, cells);
      return await write(await once());
    };
    return { known, asks: ask !== null, all: once, save, transcripts };
  });
}

function withMade(cells: Sheet['cells'], made: ReadonlyMap<string, RecordedTranslations>): Sheet['cells'] {
  if (made.size === 0) return cells;
  const all = new Map(cells);
  for (const [key, translations] of made) {
    const row = all.get(key);
    if (row) all.set(key, { ...row, translations: { ...row.translations, ...translations } });
  }
  return all;
}

/** More does not fit into a cell of Excel (32,767 characters). */
const longestSpeech = 30_000;

/** Adds what was heard to the rows in whose cell no person wrote. A cell of this name that was there before is a person's. */
function withSpeech(cells: Sheet['cells'], { found }: Sheet, { spokenIn }: Transcripts): Sheet['cells'] {
  const all = new Map(cells);
  for (const [key, row] of cells) {
    const spoken = row.speech?.personal ? null : spokenIn(key);
    if (spoken === null) continue;
    const own = row.speech === undefined ? (found?.rows.get(key)?.more?.[speechColumn] ?? '') : '';
    const text =
      spoken.length > longestSpeech ? `${spoken.slice(0, longestSpeech).replace(/[\ud800-\udbff]$/, '')}…` : spoken;
    const speech = own.trim() === '' ? { text, personal: false } : { text: own, personal: true };
    all.set(key, { ...row, speech });
  }
  return all;
}

/** @throws ExportError if one of the archives cannot be opened */
async function withOpen<T>(
  paths: readonly string[],
  { archives }: Tools,
  work: (opened: readonly Archive[]) => Promise<T>,
): Promise<T> {
  const opened = await Promise.all(paths.map(async (path) => archives.open(path)));
  try {
    return await work(opened);
  } finally {
    for (const archive of opened) await archive.close();
  }
}

/** Issues that say what to do next; they are shown in the summary. */
const nextSteps: readonly IssueCode[] = ['listing-failed', 'captions-alias', 'captions-shifted', 'captions-unclear'];

/**
 * Resolves all captions of an account's posts, with a request to TikTok if that helps. Reports problems with the sources,
 * and which posts still have no caption.
 */
export async function resolveCaptions({
  loadedCaptions,
  selection,
  manifest,
  shownFolder,
  tell,
}: Pick<OpenAccount, 'loadedCaptions' | 'selection' | 'manifest' | 'shownFolder' | 'tell'>): Promise<ResolvedCaptions> {
  const captions = await loadedCaptions.all();
  for (const issue of captions.issues) {
    const atEnd = nextSteps.includes(issue.code) ? { atEnd: true as const } : {};
    if (issue.severity === 'warning') tell({ type: 'warning', message: message(issue), issue, ...atEnd });
  }
  const keepsWords = ({ key }: Post) =>
    captions.isUnsure(key) && manifest.rowsOf(key).some(({ caption }) => caption !== null && caption.source !== 'none');
  const silent = selection.selected.filter(
    (post) =>
      captions.get(post.key) === null &&
      !hasOwnWords(post, manifest) &&
      !keepsWords(post) &&
      !goesNowhere(captions.choicesOf(post.key).targets),
  );
  if (silent.length === 0) return captions;
  const actual = silent.length === 1 ? '1 post has' : `${silent.length} posts have`;
  const issue: Issue = { code: 'captions-wanted', severity: 'warning', actual, limit: sheetPath(shownFolder) };
  tell({ type: 'warning', message: message(issue), issue, atEnd: true, posts: silent.map(({ key }) => key) });
  return captions;
}

/** The texts of a package without the texts that the platform adds. */
function saidIn({ caption }: Entry): string[] {
  if (!caption) return [];
  const { title, body, hashtags } = caption;
  return [title ?? '', body, ...hashtags, ...hashtags.map((name) => `#${name}`)];
}

/** Whether a person edited one of the post's caption.txt files. */
export function hasOwnWords({ key }: Post, manifest: Manifest): boolean {
  return manifest.rowsOf(key).some(({ caption }) => caption?.source === 'edited');
}

/**
 * Writes captions.csv if its content changed, and the document with the state of its cells.
 * @param before the size and time of the sheet before it was read
 * @returns why it could not be written; null if it is up to date
 */
async function writeSheet(
  rows: readonly SheetRow[],
  sheet: Sheet,
  before: FileFacts | null,
  folder: string,
  { files, locks }: Pick<Tools, 'files' | 'locks'>,
): Promise<Issue | null> {
  const path = sheetPath(folder);
  const refused = (why: string): Issue => ({
    code: 'captions-sheet-unwritten',
    severity: 'warning',
    actual: why,
    limit: null,
  });
  try {
    const text = captionsCsv(rows, sheet.found?.table ?? null);
    const cells = keptJson(sheet.cells, sheet.languages);
    const written = await files.readText(keptPath(folder), cells.length * 4).catch(() => null);
    if (text !== null || written !== cells) {
      const isWritten = await withDocumentLock(folder, 'captions', locks, async () => {
        // A person may have saved the sheet during the request to TikTok, or a studio a cell of it.
        const facts = await files.facts(path);
        const isSame = facts?.bytes === before?.bytes && facts?.modified === before?.modified;
        if (text !== null && !isSame) return false;
        if (text !== null) await files.write(path, text);
        if (written !== cells) await files.write(keptPath(folder), cells);
        return true;
      });
      if (!isWritten) return refused('it was changed meanwhile');
    }
    await files.remove(formerKeptPath(folder));
    return null;
  } catch (error) {
    if (error instanceof OutputError) return refused('another port is writing it');
    if (!isSystemError(error)) throw error;
    return refused(error.code ?? error.message);
  }
}

function rowOf(post: Post, captions: Captions, all: Sheet['cells'], account: string | null): SheetRow {
  const { key, time, kind, sound, location, likes } = post;
  const id = captions.tiktokIds.get(key);
  const place = kind === 'photos' ? 'photo' : 'video';
  const cells = all.get(key);
  const more = translationCells(cells?.translations, cells?.speech);
  return {
    key,
    createdAt: new Date(time * 1000).toISOString().replace('.000Z', 'Z'),
    kind,
    sound: sound ?? '',
    location: location ?? '',
    likes: likes === null ? '' : String(likes),
    tiktokUrl: id === undefined ? '' : `https://www.tiktok.com/@${account ?? '_'}/${place}/${id}`,
    caption: cells?.caption.text ?? '',
    title: cells?.title.text ?? '',
    hashtags: cells?.hashtags.text ?? '',
    source: captions.get(key)?.source ?? 'none',
    ...captions.choicesOf(key),
    ...(Object.keys(more).length > 0 && { more }),
  };
}

/** The length of a video that an earlier run fetched. */
async function secondsOf(
  { key }: Post,
  folder: string,
  { files, ffprobe }: Tools,
  signal: AbortSignal,
): Promise<number | null> {
  const originals = join(folder, 'originals');
  const name = (await files.list(originals)).find((each) => !each.folder && each.name.startsWith(`${key}.`))?.name;
  if (name === undefined) return null;
  const probe = await ffprobe.probe(join(originals, name), signal).catch(() => null);
  signal.throwIfAborted();
  return probe?.seconds ?? null;
}
