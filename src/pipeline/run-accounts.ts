import { basename, join, resolve } from 'node:path';
import type { Settings } from '../config/config-file.ts';
import type { ReadingOptions } from '../config/options.ts';
import { asError, IncompleteError, PortError, quoted } from '../errors.ts';
import type { MissingOriginals, Totals } from '../model/event.ts';
import type { Archive, ArchiveFile } from '../tools/archive.ts';
import type { AccountWork, RunContext } from './context.ts';
import { foldersOf, lockFolder } from './output-folder.ts';
import { type Account, readAccounts } from './read-accounts.ts';
import { warnOfUnknownAccounts } from './unknown-accounts.ts';

export interface RunResult {
  /** 0, 1 or 130. */
  readonly exitCode: number;
  readonly accounts: Readonly<Record<string, Readonly<Record<string, Totals>>>>;
  readonly missing: Readonly<Record<string, MissingOriginals>>;
  /** Only where something was not reached. */
  readonly unreached?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Paths for messages: relative if `--out` is. */
  readonly folders: readonly string[];
}

/** The result for one account. */
export interface AccountDone {
  readonly totals: Readonly<Record<string, Totals>>;
  readonly missing: MissingOriginals | null;
  /** By platform: posts that an interrupted run did not reach. */
  readonly unreached?: Readonly<Record<string, number>>;
  /** Files of `--media` that belong to no post of this account. */
  readonly leftOver: readonly ArchiveFile[];
}

/**
 * Reads the exports and runs `work` for one account after the other, or for all at once if other machines do it.
 * @param targets targets whose folders are swept
 * @param check called with all accounts before the first folder is changed; it may throw
 * @throws PortError if nothing can be done at all; problems with one of several exports are reported
 */
export async function runAccounts(
  paths: readonly string[],
  { common: options, named: configured }: Pick<Settings<ReadingOptions>, 'common' | 'named'>,
  targets: readonly string[],
  { tools, tell, signal }: RunContext,
  work: (each: AccountWork) => Promise<AccountDone>,
  { byQueue = false, check = () => {} }: { byQueue?: boolean; check?: (accounts: readonly Account[]) => void } = {},
): Promise<RunResult> {
  const media = await Promise.all(options.media.map(async (path) => tools.archives.open(path)));
  for (const archive of media) tellLeftOut(archive, tell);
  const { accounts: read, failures: unread } = await readAccounts(paths, options.account ?? null, tools);
  const named = await foldersOf(read, options.out, tools);
  const accounts = named.map(({ account }) => account);
  const failures: PortError[] = [...unread];
  for (const failure of unread) tell({ type: 'error', message: failure.message });
  // Without a prototype: an account may be called `__proto__`.
  const totals: Record<string, AccountDone['totals']> = Object.create(null);
  const missing: Record<string, MissingOriginals> = Object.create(null);
  const unreached: Record<string, Readonly<Record<string, number>>> = Object.create(null);
  const folders: string[] = [];
  let unused = media.flatMap(({ files }) => files);
  const workOn = async ({ account, folder: name }: (typeof named)[number]) => {
    if (signal.aborted) return;
    try {
      const folder = resolve(options.out, name);
      const lock = await lockFolder(folder, options.out, targets, tools, byQueue);
      for (const { path, reason } of lock.stuck) {
        const words = `What an earlier run left at ${path} cannot be taken away (${reason}). It harms nothing: delete it by hand when you can.`;
        tell({ type: 'warning', message: words });
      }
      try {
        const done = await work({ account, folder, media, signal: AbortSignal.any([signal, lock.lost]) });
        lock.lost.throwIfAborted();
        totals[name] = done.totals;
        if (done.missing) missing[name] = done.missing;
        if (Object.values(done.unreached ?? {}).some((count) => count > 0)) unreached[name] = done.unreached ?? {};
        const leftOver = new Set(done.leftOver);
        unused = unused.filter((file) => leftOver.has(file));
      } finally {
        await lock.release();
      }
      folders.push(join(options.out, name));
    } catch (error) {
      // An error with one client does not stop the others.
      if (signal.aborted || accounts.length === 1) throw error;
      const failure =
        error instanceof PortError ? error : new IncompleteError(asError(error).message, { cause: error });
      failures.push(failure);
      tell({ type: 'error', message: `${quoted(account.name)}: ${failure.message}` });
    }
  };
  try {
    check(accounts);
    warnOfUnknownAccounts(accounts, configured, tell);
    if (byQueue) await Promise.all(named.map(workOn));
    else for (const each of named) await workOn(each);
    if (!signal.aborted) tellUnused(unused, media, tell);
  } finally {
    for (const archive of media) await archive.close();
    for (const { archives } of accounts) await Promise.all(archives.map(async (archive) => archive.close()));
  }
  const lost = Object.values(totals)
    .flatMap((byTarget) => Object.values(byTarget))
    .some(({ rejected, failed }) => rejected + failed > 0);
  // Nothing was done at all: report it like a single refused export.
  const nothing = folders.length === 0 && failures.every((failure) => failure.exitCode === 2);
  const exitCode = signal.aborted ? 130 : nothing ? 2 : lost || failures.length > 0 ? 1 : 0;
  const left = Object.keys(unreached).length > 0 ? { unreached } : {};
  return { exitCode, accounts: totals, missing, ...left, folders };
}

/** Reports the entries of an archive that were skipped, with the reasons. */
function tellLeftOut({ path, setAside }: Archive, tell: RunContext['tell']): void {
  if (setAside.length === 0) return;
  const what = setAside.length === 1 ? '1 entry was' : `${setAside.length} entries were`;
  const files = setAside.map(({ actual }) => String(actual ?? ''));
  tell({ type: 'warning', message: `${what} left out of ${quoted(basename(path))} (--media):`, files });
}

/** Reports files of the user that no post of any account used: their names may be wrong. */
function tellUnused(unused: readonly ArchiveFile[], media: readonly Archive[], tell: RunContext['tell']): void {
  if (unused.length === 0) return;
  const archiveOf = (file: ArchiveFile) => media.find(({ files }) => files.includes(file))?.path ?? '';
  const files = unused.map((file) => file.path ?? join(archiveOf(file), file.name));
  const [noun, verb] = files.length === 1 ? ['file', 'fits'] : ['files', 'fit'];
  tell({ type: 'warning', message: `${files.length} ${noun} of --media ${verb} no post and did nothing here.`, files });
}
