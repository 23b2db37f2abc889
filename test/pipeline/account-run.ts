import { execFileSync } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import type { Captions } from '../../src/captions/index.ts';
import { combineSettings } from '../../src/config/config-file.ts';
import { checkOptions } from '../../src/config/options.ts';
import type { RunEvent } from '../../src/model/event.ts';
import type { Post } from '../../src/model/post.ts';
import type { Fetched } from '../../src/originals/index.ts';
import { foldersOfCovers } from '../../src/pipeline/chosen-cover.ts';
import { concurrencyFor } from '../../src/pipeline/concurrency.ts';
import type { AccountRun, AccountWork } from '../../src/pipeline/context.ts';
import { openAccount, saveState } from '../../src/pipeline/open-account.ts';
import { foldersOf } from '../../src/pipeline/output-folder.ts';
import { openPosted } from '../../src/pipeline/posted.ts';
import { openMusicOf } from '../../src/pipeline/probe-music.ts';
import { readAccounts } from '../../src/pipeline/read-accounts.ts';
import { wantedLanguages } from '../../src/pipeline/translations.ts';
import { computeRunHash } from '../../src/pipeline/up-to-date.ts';
import { openEncoders } from '../../src/render/encoders.ts';
import { createTools } from '../../src/tools/create-tools.ts';
import { once } from '../../src/tools/once.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { temporaryFolder } from '../media.ts';

/** The tools of this machine, found once: finding ffmpeg and ffprobe starts them. */
export const realTools = once(async () => createTools());

/** A row of `VideoList` in an export. */
export interface ExportRow {
  /** `2025-06-01 10:00:00`, UTC; the key of the post is `2025-06-01_10-00-00`. */
  readonly Date: string;
  readonly Link?: string;
  readonly Title?: string;
  readonly WhoCanView?: string;
  readonly [more: string]: unknown;
}

/** Writes an export of the account `maya`; a row says only what is odd about it. @returns its path */
export async function writeExport(folder: string, rows: readonly ExportRow[]): Promise<string> {
  const path = join(folder, 'posts.json');
  const Profile = { 'Profile Info': { ProfileMap: { userName: 'maya' } } };
  const VideoList = rows.map((row) => ({ Link: 'N/A', WhoCanView: 'Everyone', ...row }));
  await writeFile(path, JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
  return path;
}

/** A copy of a folder with the times of its files, for a test that changes it. */
export async function copyOf(folder: string): Promise<string> {
  const place = await temporaryFolder();
  // Node copies times in milliseconds, where the caches compare them in full.
  if (process.platform === 'linux') execFileSync('cp', ['-a', `${folder}/.`, place]);
  else await cp(folder, place, { recursive: true, preserveTimestamps: true });
  return place;
}

/** A run over an account's folder, opened as the main job does, without anything processed. */
export interface OpenedRun {
  readonly run: AccountRun;
  /** The account with its archives, for functions that take it. */
  readonly work: AccountWork;
  /** All events so far. */
  readonly events: readonly RunEvent[];
  /** The post with this key, selected or held. */
  readonly postOf: (key: string) => Post;
  /** The post with its original, located as a run does, and the captions of all posts. */
  readonly locate: (key: string) => Promise<Located>;
  /** Reads posting.csv again, as a run does before each post. */
  readonly refreshPosted: () => Promise<void>;
  /** Writes the manifest and the caches as the end of a run does, so that the next run over the same `out` finds them. */
  readonly save: () => Promise<void>;
}

/** The arguments of most functions that work on a post, in their order. */
export type Located = readonly [post: Post, fetched: Fetched, captions: Captions];

interface Opening {
  /** Of `writeExport`. */
  readonly export: string;
  /** The folder for `--out`, for several runs over one folder; without it a new one. */
  readonly out?: string;
  readonly tools?: Tools;
  readonly signal?: AbortSignal;
}

/**
 * Opens a real run over the first account of an export: its folder is not locked, and nothing is fetched or processed.
 * @param flags as on the command line: `{ to: 'rednote,shorts', media: [path], strict: true }`; offline unless they say otherwise
 */
export async function openAccountRun(
  { export: path, out, tools, signal = new AbortController().signal }: Opening,
  flags: Readonly<Record<string, unknown>> = {},
): Promise<OpenedRun> {
  const events: RunEvent[] = [];
  const tell = (event: RunEvent) => void events.push(event);
  const place = out ?? (await temporaryFolder());
  const given = { to: 'rednote', offline: true, ...flags, out: place };
  const settings = combineSettings(given, null, checkOptions);
  const context = { tools: tools ?? (await realTools()), tell, signal };
  const { accounts } = await readAccounts([path], null, context.tools);
  const [named] = await foldersOf(accounts, place, context.tools);
  if (named === undefined) throw new Error(`no account in ${path}`);
  const { account } = named;
  const options = settings.for(account.name);
  const folder = resolve(place, named.folder);
  await mkdir(folder, { recursive: true });
  const media = await Promise.all(options.media.map(async (each) => context.tools.archives.open(each)));
  const work = { account, folder, media, signal };
  const targets = options.to.map(({ name }) => name);
  const opened = await openAccount(work, options, targets, context, wantedLanguages(options));
  const music = (await openMusicOf(settings.all, context.tools, tell, signal))(options);
  const { isPosted, refresh } = await openPosted(opened, options);
  const run: AccountRun = {
    ...opened,
    ...{ options, music, isPosted },
    encoders: openEncoders(context.tools, (message) => tell({ type: 'warning', message })),
    runHash: computeRunHash({ ...opened, options, music }),
    threads: concurrencyFor(options.jobs, availableParallelism()).threads,
    coverFolders: foldersOfCovers(opened, options),
    onProgress: () => {},
  };
  const { selected, held } = run.selection;
  const posts = new Map([...selected, ...held.map(({ post }) => post)].map((post) => [post.key, post]));
  const postOf = (key: string): Post => {
    const post = posts.get(key);
    if (post === undefined) throw new Error(`no post ${key} in ${path}`);
    return post;
  };
  return {
    ...{ run, work, events, postOf },
    async locate(key) {
      const post = postOf(key);
      return [post, await run.originals.get(post, run.signal), await run.loadedCaptions.all()];
    },
    refreshPosted: refresh,
    async save() {
      await saveState(account, run);
      await run.upToDate.save();
    },
  };
}
