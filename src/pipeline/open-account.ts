import { basename, join } from 'node:path';
import type { WantedLanguages } from '../captions/translations.ts';
import type { ReadingOptions } from '../config/options.ts';
import { IncompleteError, isSystemError, quoted } from '../errors.ts';
import { postPath } from '../exports/keys.ts';
import { withKnownKeys } from '../exports/merge.ts';
import { openOriginals } from '../originals/index.ts';
import { message } from '../report/messages.ts';
import { mixedScripts } from '../report/mixed-scripts.ts';
import { readInclusions } from '../state/inclusions.ts';
import { openManifest } from '../state/manifest.ts';
import { openProbeCache } from '../state/probe-cache.ts';
import { openUpToDateCache } from '../state/up-to-date-cache.ts';
import { version } from '../version.ts';
import type { AccountWork, OpenAccount, RunContext } from './context.ts';
import { inspectOriginals } from './inspect-original.ts';
import { loadCaptions } from './load-captions.ts';
import { renditionsOf } from './manifest-entry.ts';
import type { Account } from './read-accounts.ts';
import { heldByRule, selectPosts, withInclusions } from './select-posts.ts';

/**
 * Opens the documents of earlier runs in the folder, assigns keys to posts and selects posts; reports the run and files
 * that were set aside. Does not wait for the network, because links may expire during that time.
 * @param targets names, for the report
 * @param languages those of `--translate`; null without it
 */
export async function openAccount(
  work: AccountWork,
  options: ReadingOptions & { readonly verify?: boolean; readonly cover?: number | undefined },
  targets: readonly string[],
  context: RunContext,
  languages: WantedLanguages | null = null,
): Promise<OpenAccount> {
  const { account, folder, media } = work;
  const { tell } = context;
  // Paths come from documents that may be forged, so access is confined to the folder.
  const tools = { ...context.tools, files: context.tools.files.confined(folder) };
  const [upToDate, manifest, probeCache] = await Promise.all([
    openUpToDateCache(folder, tools.files),
    openManifest(folder, tools.files),
    openProbeCache(folder, tools.files, options.verify),
  ]);
  const named = withKnownKeys(account.export, manifest.knownKeys());
  const inclusions = await readInclusions(folder, tools.files);
  const known = { ...named, posts: withInclusions(named.posts, inclusions, manifest.knownKeys()) };
  const selection = selectPosts(known.posts, known.deleted, options);
  const inFolder = { ...context, tools };
  const loadedCaptions = await loadCaptions(
    work,
    [...known.posts, ...known.deleted],
    selection,
    manifest,
    options,
    inFolder,
    languages,
  );
  const originals = await openOriginals(
    {
      folder,
      posts: [...known.posts, ...known.deleted],
      account: account.export.account,
      aliases: options.alias,
      mediaShift: options.mediaShift ?? null,
      tiktokIds: loadedCaptions.known.tiktokIds,
      laterIds: loadedCaptions.asks ? async () => (await loadedCaptions.all()).tiktokIds : null,
      bundled: account.archives,
      media,
      offline: options.offline,
      allowHosts: options.allowHost,
      probeCache,
      scratch: context.scratch ?? null,
      inspectFile: inspectOriginals(probeCache, tools),
      isRendition: renditionsOf(manifest),
    },
    tools,
  );
  const posts = selection.selected.length + selection.held.length;
  const selected = selection.selected.length;
  const reported = selected + heldByRule(selection).length;
  tell({
    ...{
      type: 'run',
      export: filesOf(account).join(', '),
      account: account.name,
      folder,
      posts,
      selected,
      reported,
      targets,
    },
    ...(context.scratch !== undefined && { dryRun: true as const }),
    ...(context.byQueue && { together: true as const }),
  });
  const scripts = mixedScripts(account.name);
  if (scripts.length > 0) {
    const mixture = scripts.join(' and ');
    const text = `The account name ${quoted(account.name)} mixes letters of ${mixture}, which look alike: it may not be who it seems.`;
    tell({ type: 'warning', message: text });
  }
  const included = selection.selected.filter((post) => post.included !== undefined).map(({ key }) => key);
  if (included.length > 0) {
    const [who, them] = included.length === 1 ? ['1 post goes', 'it'] : [`${included.length} posts go`, 'them'];
    const text = `${who} along though not everyone could see ${them}, since you included ${them} by hand: port studio can take that back, and included.json has the day.`;
    tell({ type: 'warning', message: text, atEnd: true, posts: included });
  }
  const keys = new Set([...selection.selected, ...selection.held.map(({ post }) => post)].map(({ key }) => key));
  for (const key of options.only)
    if (!keys.has(key)) tell({ type: 'warning', message: `There is no post ${quoted(key)}.` });
  if (manifest.wasBroken) {
    tell({
      type: 'warning',
      message: 'manifest.json could not be read. It was set aside as manifest.json.broken and made anew.',
    });
  }
  const skipped = [...account.archives.flatMap(({ setAside }) => setAside), ...account.export.setAside];
  for (const issue of skipped) tell({ type: 'warning', message: message(issue), issue });
  for (const issue of originals.issues) tell({ type: 'warning', message: message(issue), issue, atEnd: true });
  const names = account.nameless ? [] : [account.name];
  const shownFolder = join(options.out, basename(folder));
  return {
    ...{
      account: account.name,
      names,
      folder,
      shownFolder,
      selection,
      loadedCaptions,
      originals,
      manifest,
      probeCache,
      upToDate,
    },
    ...inFolder,
  };
}

/**
 * Saves the keys before files are named by them. Otherwise a killed run could leave originals that the next run assigns
 * to other posts.
 * @throws IncompleteError
 */
export async function saveKeys(account: Account, run: OpenAccount): Promise<void> {
  const { manifest, selection } = run;
  const before = new Set(manifest.knownKeys().map(({ key }) => key));
  const posts = [...selection.selected, ...selection.held.map(({ post }) => post)];
  manifest.remember(posts.map((post) => ({ key: post.key, linkPath: postPath(post) })));
  if (posts.every(({ key }) => before.has(key))) return;
  await orIncomplete(run, async () => {
    await manifest.saveKeys(aboutOf(account));
  });
}

/**
 * Writes the manifest and the caches. If that fails, the packages are still complete, and the next run finds them.
 * @throws IncompleteError
 */
export async function saveState(account: Account, run: OpenAccount): Promise<void> {
  await orIncomplete(run, async () => {
    await run.manifest.save({ ...aboutOf(account), describe: message });
    await run.probeCache.save();
  });
}

/**
 * Runs a write, unless another run has taken over the folder.
 * @throws IncompleteError if the system refuses to write
 */
export async function orIncomplete({ folder, signal }: OpenAccount, write: () => Promise<void>): Promise<void> {
  if (signal.reason instanceof IncompleteError) return;
  try {
    await write();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new IncompleteError(
      `The list of what was done could not be written into ${folder} (${error.message}). What was finished is there: mend this and run the same command again.`,
    );
  }
}

function aboutOf(account: Account): { tool: string; files: readonly string[]; account: string } {
  return { tool: `content-port ${version()}`, files: filesOf(account), account: account.name };
}

function filesOf({ paths }: Account): string[] {
  return paths.map((path) => basename(path));
}
