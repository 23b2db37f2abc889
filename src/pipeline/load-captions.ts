import { join } from 'node:path';
import { momentCell } from '../captions/cover-cell.ts';
import { type Captions, openCaptions, type ResolvedCaptions, type Sheet, sheetPath } from '../captions/index.ts';
import { pastAfterRun, recordedTexts } from '../captions/saved-sheet.ts';
import { markReported } from '../captions/sheet-past.ts';
import { goesNowhere } from '../captions/targets-cell.ts';
import {
  type RecordedTranslations,
  speechColumn,
  translationCells,
  type WantedLanguages,
} from '../captions/translations.ts';
import type { ReadingOptions } from '../config/options.ts';
import { captionsCsv, type SheetRow } from '../deliver/captions-csv.ts';
import type { Issue, IssueCode } from '../model/issue.ts';
import type { Post } from '../model/post.ts';
import { message } from '../report/messages.ts';
import type { Entry } from '../state/documents.ts';
import type { Manifest } from '../state/manifest.ts';
import { openTranscripts, type Transcripts } from '../state/transcripts.ts';
import type { Archive } from '../tools/archive.ts';
import type { Tools } from '../tools/tools.ts';
import type { AccountWork, LoadedCaptions, MadeCells, OpenAccount, RunContext } from './context.ts';
import type { Selection } from './select-posts.ts';
import { restoredRow, type Written, writeSheet, writtenBefore } from './write-sheet.ts';

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
  languages: WantedLanguages | null = null,
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
        saidBefore: (key) => manifest.rowsOf(key).flatMap(textsOf),
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
    let written: Written | null = null;
    const write = async (captions: Captions) => {
      const { sheet } = captions;
      if (sheet.isBroken) return null;
      const cells = withSpeech(withMade(sheet.cells, made), sheet, transcripts);
      const rows = listed.map((post) => rowOf(post, captions, cells, account.export.account));
      const keys = new Set(rows.map(({ key }) => key));
      // Rows of posts that are not in this export get back what an older copy overwrote.
      const others = [...sheet.merged.restored].filter(([key]) => !keys.has(key)).map(restoredRow);
      const text = captionsCsv([...rows, ...others], sheet.found?.table ?? null);
      const last = written ?? writtenBefore(sheet);
      const texts = posts.map(({ key }) => ({ key, texts: recordedTexts(cells.get(key)) }));
      const past = markReported(pastAfterRun(last.past, texts, last.said));
      const record = { kept: cells, languages: sheet.languages, past };
      const done = await writeSheet(text, record, { ...last, facts: before }, folder, tools);
      if ('code' in done) return done;
      written = { ...done, said: (key, column) => recordedTexts(cells.get(key))[column] };
      before = await tools.files.facts(sheetPath(folder)).catch(() => null);
      return null;
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

/** Adds transcripts to rows whose cell no person wrote. A cell in a column of this name that existed before is a person's. */
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
const nextSteps: readonly IssueCode[] = [
  ...(['listing-failed', 'captions-alias', 'captions-shifted', 'captions-unclear'] as const),
  ...(['captions-stale', 'captions-conflict'] as const),
];

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
function textsOf({ caption }: Entry): string[] {
  if (!caption) return [];
  const { title, body, hashtags } = caption;
  return [title ?? '', body, ...hashtags, ...hashtags.map((name) => `#${name}`)];
}

/** Whether a person edited one of the post's caption.txt files. */
export function hasOwnWords({ key }: Post, manifest: Manifest): boolean {
  return manifest.rowsOf(key).some(({ caption }) => caption?.source === 'edited');
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
