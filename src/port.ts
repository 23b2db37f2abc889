import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import PQueue from 'p-queue';
import type { AccountRun } from './account-run.ts';
import { type Account, readAccounts } from './accounts.ts';
import { count, openManifest } from './deliver/manifest.ts';
import { sweep } from './deliver/sweep.ts';
import { IncompleteError, OutputError, quoted } from './errors.ts';
import { postPath } from './exports/keys.ts';
import { withKnownKeys } from './exports/merge.ts';
import type { Post, RunEvent, Totals } from './model.ts';
import type { PortOptions } from './options.ts';
import { openOriginals } from './originals/index.ts';
import { openMemory } from './originals/memory.ts';
import { failPost, holdPost, leaveOpen, portPost } from './port-post.ts';
import { message } from './report/messages.ts';
import { type Selection, select } from './select.ts';
import type { Archive, Tools } from './tools/tools.ts';
import { version } from './version.ts';

export interface RunResult {
  /** 0, 1 or 130. */
  readonly exitCode: number;
  readonly accounts: Readonly<Record<string, Readonly<Record<string, Totals>>>>;
  /** As they were asked for: relative if `--out` is. */
  readonly folders: readonly string[];
}

/**
 * The main job: read the exports, and for each account find, plan, make and deliver its posts.
 * @throws PortError if nothing can be done at all; trouble with one post, or with one of several exports, is told
 */
export async function port(
  paths: readonly string[],
  options: PortOptions,
  tools: Tools,
  tell: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<RunResult> {
  const media = await Promise.all(options.media.map(async (path) => tools.archives.open(path)));
  const { accounts, troubles } = await readAccounts(paths, options.account ?? null, tools);
  for (const trouble of troubles) tell({ type: 'error', message: trouble.message });
  // Without a prototype: an account may be called `__proto__`.
  const totals: Record<string, Record<string, Totals>> = Object.create(null);
  const folders: string[] = [];
  try {
    for (const account of accounts) {
      const name = account.nameless ? await ownFolder(account, options.out, tools) : account.folder;
      totals[name] = await portAccount(account, name, media, options, tools, tell, signal);
      folders.push(join(options.out, name));
      if (signal.aborted) break;
    }
  } finally {
    for (const archive of media) await archive.close();
    for (const { archives } of accounts) await Promise.all(archives.map(async (archive) => archive.close()));
  }
  const trouble = Object.values(totals).some((byTarget) =>
    Object.values(byTarget).some(({ rejected, failed }) => rejected + failed > 0),
  );
  const exitCode = signal.aborted ? 130 : trouble || troubles.length > 0 ? 1 : 0;
  return { exitCode, accounts: totals, folders };
}

/**
 * A nameless export goes by its file's name, which an export of somebody else may have had before it. A folder is its own
 * only if it is new or knows one of its posts.
 */
async function ownFolder(
  { folder, export: { posts, deleted } }: Account,
  out: string,
  { files }: Tools,
): Promise<string> {
  const own = new Set([...posts, ...deleted].map((post) => `${post.key} ${postPath(post)}`));
  for (let number = 1; ; number++) {
    const name = number === 1 ? folder : `${folder}-${number}`;
    const known = (await openManifest(resolve(out, name), files)).knownKeys();
    if (known.length === 0 || known.some(({ key, linkPath }) => own.has(`${key} ${linkPath}`))) return name;
  }
}

async function portAccount(
  account: Account,
  folderName: string,
  media: readonly Archive[],
  options: PortOptions,
  tools: Tools,
  tell: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<Record<string, Totals>> {
  const folder = resolve(options.out, folderName);
  const lock = await prepare(folder, options, tools);
  try {
    return await portLocked(account, folder, media, options, tools, tell, signal);
  } finally {
    await lock.release();
  }
}

async function portLocked(
  account: Account,
  folder: string,
  media: readonly Archive[],
  options: PortOptions,
  tools: Tools,
  tell: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<Record<string, Totals>> {
  const manifest = await openManifest(folder, tools.files);
  const memory = await openMemory(folder, tools.files);
  const known = withKnownKeys(account.export, manifest.knownKeys());
  const selection = select(known.posts, known.deleted, options);
  const posts = [...selection.selected, ...selection.held.map(({ post }) => post)];
  const { offline, allowHost, to } = options;
  const originals = await openOriginals(
    {
      folder,
      posts: [...known.posts, ...known.deleted],
      account: account.export.account,
      tiktokIds: new Map(),
      bundled: account.archives,
      media,
      offline,
      allowHosts: allowHost,
      memory,
      scratch: null,
    },
    tools,
  );
  tell({
    type: 'run',
    export: account.paths.map((path) => basename(path)).join(', '),
    account: account.name,
    folder,
    posts: posts.length,
    selected: selection.selected.length,
    targets: to.map(({ name }) => name),
  });
  const skipped = [...account.archives.flatMap(({ setAside }) => setAside), ...account.export.setAside];
  const keys = new Set(posts.map(({ key }) => key));
  for (const key of options.only)
    if (!keys.has(key)) tell({ type: 'warning', message: `There is no post ${quoted(key)}.` });
  if (manifest.wasBroken) {
    tell({
      type: 'warning',
      message: 'manifest.json could not be read. It was set aside as manifest.json.broken and made anew.',
    });
  }
  for (const issue of skipped) tell({ type: 'warning', message: message(issue) });

  const jobs = options.jobs ?? Math.max(1, Math.ceil(availableParallelism() / 2));
  const threads = Math.max(1, Math.ceil(availableParallelism() / jobs));
  const done = { posts: 0 };
  const onProgress = (key: string, share: number) =>
    tell({ type: 'progress', account: account.name, key, share, done: done.posts, total: posts.length });
  const run = {
    account: account.name,
    folder,
    options,
    originals,
    manifest,
    memory,
    tools,
    threads,
    signal,
    tell,
    onProgress,
  };
  const files = account.paths.map((path) => basename(path));
  try {
    await portAll(selection, jobs, run, () => {
      done.posts++;
    });
  } finally {
    for (const post of posts) leaveOpen(post, run);
    await writeDown(folder, async () => {
      await manifest.save({ tool: `content-port ${version()}`, files, account: account.name, describe: message });
      await memory.save();
    });
  }
  const rows = [...keys].flatMap((key) => manifest.rowsOf(key));
  return Object.fromEntries(to.map(({ name }) => [name, count(rows, name)]));
}

/** Posts side by side; the first one to be started is the first of the order. Ctrl-C: nothing new is started. */
async function portAll(
  { selected, held }: Selection,
  jobs: number,
  run: AccountRun,
  onDone: () => void,
): Promise<void> {
  const queue = new PQueue({ concurrency: jobs });
  const add = (post: Post, work: () => Promise<void>) =>
    queue.add(async () => {
      if (run.signal.aborted) return;
      try {
        await work();
      } catch (error) {
        if (run.signal.aborted) return;
        if (!isDiskTrouble(error)) throw error;
        failPost(post, error, run);
      }
      onDone();
    });
  await Promise.all([
    ...selected.map(async (post) => add(post, async () => portPost(post, run))),
    ...held.map(async ({ post, issue }) => add(post, async () => holdPost(post, issue, run))),
  ]);
}

/** Makes the folder, takes it for this run, and takes away what a killed run left half-made. */
async function prepare(
  folder: string,
  { out, to }: PortOptions,
  { files, locks }: Tools,
): ReturnType<Tools['locks']['take']> {
  try {
    const lock = await locks.take(join(folder, '.port', 'lock'));
    await sweep(
      folder,
      to.map(({ name }) => name),
      lock.brokeDead,
      files,
    );
    return lock;
  } catch (error) {
    if (!isDiskTrouble(error)) throw error;
    throw new OutputError(`port cannot write into ${out} (${error.message}). Choose another folder with --out.`);
  }
}

/** Without the manifest nobody knows what was done; the packages themselves are whole, and the next run finds them. */
async function writeDown(folder: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!isDiskTrouble(error)) throw error;
    throw new IncompleteError(
      `The list of what was done could not be written into ${folder} (${error.message}). What was finished is there: mend this and run the same command again.`,
    );
  }
}

/** What the system refuses for one post (no space, a vanished file) is that post's trouble; a bug is not caught. */
function isDiskTrouble(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
