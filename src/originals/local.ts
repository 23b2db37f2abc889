import { basename, join } from 'node:path';
import { asError, stopsRun } from '../errors.ts';
import type { Issue } from '../model/issue.ts';
import { machineIssue } from '../model/machine-errors.ts';
import type { Post } from '../model/post.ts';
import { cachedHash } from '../state/file-facts.ts';
import type { Archive, ArchiveFile } from '../tools/archive.ts';
import { kindOfName } from './candidates.ts';
import { creationTimes } from './creation.ts';
import type { PostToMatch } from './evidence.ts';
import { issueOf, passedOver, withoutSound } from './issues.ts';
import { type LayerOptions, type LocalFiles, layersOf, type Rejected } from './layers.ts';
import { type Fit, type Matching, match } from './match.ts';
import { chooseCandidate, madeByPort, nameOf, namesOf, namesShown } from './rivals.ts';
import { sniff, sniffed, sniffedBytes } from './sniff.ts';
import {
  type Fallback,
  type FetchRequest,
  type FetchResult,
  type FileVerdict,
  maxBytesOf,
  type Source,
  type SourceContext,
} from './source.ts';
import type { Origin, OriginalPart } from './store.ts';

export interface LocalOptions extends LayerOptions {
  readonly source: 'bundled' | 'media';
  readonly archives: readonly Archive[];
  /** All known posts, because matching is one to one. */
  readonly posts: readonly PostToMatch[];
}

export interface LocalSource extends Source {
  /** The indexes of a post's files that it has, without inspecting them. */
  available(post: Post): readonly number[];
  /** Media files that match no post so far. */
  unusedFiles(): readonly ArchiveFile[];
  /** Issues about files whose times may be shifted by a constant. */
  readonly issues: readonly Issue[];
}

/**
 * Local files: in the export, or in `--media`. Files in a `--media` folder are used in place and never changed; all
 * others are extracted into the store.
 */
export async function localSource(options: LocalOptions, context: SourceContext): Promise<LocalSource> {
  const { posts, source } = options;
  const createdAt = creationTimes(options.archives, context);
  const { layers, rejected, others } = await layersOf(options.archives, options);
  const isGiven = options.shift !== null;
  const quick = layers.map((candidates) => match(posts, candidates, isGiven));
  let thorough: Promise<Matching<LocalFiles>[]> | null = null;
  let latest: readonly Matching<LocalFiles>[] = quick;

  /** Matches by the creation times in the files too. Probes every unmatched file, so it runs only if a post needs it. */
  const matchWithCreationTimes = async (signal: AbortSignal) =>
    await Promise.all(
      layers.map(async (candidates, index) => {
        const taken = new Set([...(quick[index]?.fits.values() ?? [])].map(({ candidate }) => candidate));
        const dated = candidates.map(async (candidate) => {
          const file = candidate.kind === 'video' ? candidate.files.get(0) : undefined;
          if (file === undefined || taken.has(candidate)) return candidate;
          const fileTime = await createdAt(file, signal);
          return { ...candidate, fileTime };
        });
        return match(posts, await Promise.all(dated), isGiven);
      }),
    );

  const matchingsOf = async ({ key, kind }: Post, signal: AbortSignal): Promise<readonly Matching<LocalFiles>[]> => {
    if (kind !== 'video' || quick.some(({ fits }) => fits.has(key))) return quick;
    thorough ??= matchWithCreationTimes(signal);
    latest = await thorough;
    return latest;
  };

  let leftovers: Matching<Rejected> | null = null;
  const rejectionIssues = ({ key }: Post): Issue[] => {
    leftovers ??= match(posts, rejected);
    const fit = leftovers.fits.get(key)?.candidate;
    const those = fit ? [fit] : (leftovers.refused.get(key)?.candidates ?? []).slice(0, namesShown);
    return those.map((each) => passedOver(nameOf(each), [...each.reasons.values()][0] ?? ''));
  };

  let kinds: Matching<Rejected> | null = null;
  /** Issues about files of unsupported kinds, for missing parts. Files that are only near in time do not count. */
  const otherKindIssues = ({ key }: Post, isEmpty: (index: number) => boolean): Issue[] => {
    kinds ??= match(posts, others(), isGiven);
    const fit = kinds.fits.get(key);
    const isNear = fit?.by === 'name-time' && fit.seconds !== 0;
    const those = fit ? (isNear ? [] : [fit.candidate]) : (kinds.refused.get(key)?.candidates ?? []);
    const issues = those.flatMap(({ files, reasons }) =>
      [...files].flatMap(([index, { name }]) =>
        isEmpty(index) ? [{ ...passedOver(name, reasons.get(index) ?? ''), severity: 'info' as const }] : [],
      ),
    );
    return issues.slice(0, namesShown);
  };

  const secondChoice = new Set<LocalFiles>();
  /** The next matches of a post after its first match turned out to be unusable. */
  const nextBest = ({ key }: Post): Fit<LocalFiles>[] =>
    layers.flatMap((candidates, index) => {
      const fits = quick[index]?.fits ?? new Map<string, Fit<LocalFiles>>();
      const taken = new Set([...fits.values()].map(({ candidate }) => candidate));
      const openPosts = posts.filter((each) => each.key === key || !fits.has(each.key));
      // A file that was doubtful among all files stays doubtful among fewer.
      const left = candidates.filter((each) => !taken.has(each) && !quick[index]?.doubted.has(each));
      return match(openPosts, left, isGiven).fits.get(key) ?? [];
    });

  const indexesOf = (post: Post) =>
    quick.flatMap(({ fits }) => [...filesOf(post, fits.get(post.key)?.candidate.files ?? new Map()).keys()]);

  return {
    issues: shiftIssues(quick),
    count: (post) => Math.max(0, ...indexesOf(post).map((index) => index + 1)),
    available: indexesOf,
    unusedFiles() {
      const fitting = latest.flatMap(({ fits, refused }) => [
        ...[...fits.values()].map(({ candidate }) => candidate),
        ...[...refused.values()].flatMap(({ candidates }) => candidates),
      ]);
      // Leftovers of downloaders are not reported as unused.
      const used = new Set(
        [...fitting, ...secondChoice, ...rejected].flatMap((candidate) => [...candidate.files.values()]),
      );
      const all = options.archives.flatMap(({ files }) => files);
      const isLeft = (file: ArchiveFile) => kindOfName(file.name) !== null && !used.has(file) && !file.keptBy;
      return all.filter(isLeft);
    },
    async fetch({ post, isMissing, isStored, signal }: FetchRequest): Promise<FetchResult> {
      const parts = new Map<number, OriginalPart>();
      const fallbacks = new Map<number, Fallback>();
      const issues: Issue[] = [];
      const matchings = await matchingsOf(post, signal);
      const choices = await Promise.all(
        matchings.map(async ({ fits, refused }) => {
          const [fit, refusal] = [fits.get(post.key), refused.get(post.key)];
          if (refusal === undefined) return { fit: fit ?? null, issues: [] };
          return await chooseCandidate(post, refusal, context, signal);
        }),
      );
      const fits = choices.flatMap(({ fit }) => fit ?? []);
      const tryFit = async (fit: Fit<LocalFiles>) => {
        let used = false;
        for (const [index, file] of filesOf(post, fit.candidate.files)) {
          if (!isMissing(index) || parts.has(index) || fallbacks.has(index)) continue;
          const inPlace = source === 'media' && file.path !== null;
          if (!inPlace && isStored(index)) continue;
          const origin = { source, matchedBy: fit.by, seconds: fit.seconds };
          const wantsSound = post.sound !== null || fit.candidate.sidecar?.hasSound === true;
          const made = await take(post, index, file, inPlace, wantsSound, origin, context, signal);
          if ('code' in made) issues.push(made);
          else if ('part' in made) fallbacks.set(index, made);
          else parts.set(index, made);
          used ||= !('code' in made);
        }
        if (used && fit.candidate.watermarked)
          issues.push(issueOf('watermark', nameOf(fit.candidate), null, 'warning'));
      };
      for (const fit of fits) await tryFit(fit);
      if (fits.length > 0 && parts.size + fallbacks.size === 0) {
        for (const fit of nextBest(post)) {
          secondChoice.add(fit.candidate);
          await tryFit(fit);
        }
      }
      // If a file was used, issues about other files are not reported, except those about rejected ones.
      if (fits.length === 0) issues.push(...choices.flatMap((each) => each.issues));
      else issues.push(...choices.flatMap((each) => each.issues.filter(({ code }) => code === 'passed-over')));
      if (parts.size + fallbacks.size === 0) issues.push(...recordedAfter(post, matchings), ...rejectionIssues(post));
      // One of several photos may be of an unsupported kind.
      const isEmpty = (index: number) => isMissing(index) && !parts.has(index) && !fallbacks.has(index);
      const isLacking = post.kind === 'video' ? isEmpty(0) : post.links.some((_, index) => isEmpty(index));
      const isAlone = post.kind === 'photos' || issues.length === 0;
      if (isLacking && isAlone) issues.push(...otherKindIssues(post, isEmpty));
      return { parts, fallbacks, issues };
    },
  };
}

async function take(
  post: Post,
  index: number,
  file: ArchiveFile,
  inPlace: boolean,
  wantsSound: boolean,
  origin: Origin,
  { tools, store, probeCache, diskQueue, hasRoom, inspectFile: lookInto, isRendition }: SourceContext,
  signal: AbortSignal,
): Promise<OriginalPart | Fallback | Issue> {
  const { files } = tools;
  const checkSound = (part: OriginalPart, { hasSound }: FileVerdict): OriginalPart | Fallback =>
    wantsSound && hasSound === false
      ? withoutSound(inPlace ? file.name : `originals/${basename(part.file.path)}`, part)
      : part;
  // Cached facts do not use the queue: in most runs that is all that is needed.
  const inTurn = async <T>(task: () => Promise<T>) => diskQueue.run('disk', signal, task);
  const damaged = (why: string) => issueOf('damaged', `${file.name}: ${why}`, null, 'warning');
  try {
    signal.throwIfAborted();
    const facts = file.path === null ? null : await files.facts(file.path);
    const look = async () => inTurn(async () => sniff(await headOf(file, signal)));
    const found =
      file.path === null || facts === null
        ? await look()
        : await probeCache.get(file.path, 'sniffed', sniffed, look, facts);
    if (found === 'empty') return damaged('it is empty');
    if (found === 'text') return damaged('it is text');
    if (found !== 'unknown' && found.kind !== post.kind) return damaged('it is something else than its name says');
    if (inPlace && file.path !== null) {
      const { path } = file;
      if (facts === null) return damaged('it is gone');
      const seen = await inTurn(async () => lookInto(post.kind, path, signal));
      if (seen.why !== null) return passedOver(file.name, seen.why);
      const make = async () => inTurn(async () => files.sha256(path, signal));
      const sha256 = await cachedHash(probeCache, path, make, facts);
      if (await isRendition(post, sha256)) return passedOver(file.name, madeByPort);
      return checkSound({ file: { path, bytes: facts.bytes, sha256 }, ...origin }, seen);
    }
    if (!(await hasRoom(file.bytes))) return issueOf('disk-full');
    // An unknown type keeps its extension, so that the file is not lost.
    const extension = found === 'unknown' ? ownExtension(file) : found.extension;
    const incoming = join(store.incoming, `${post.key}_${index + 1}.local`);
    return await inTurn(async () => {
      const { sha256 } = await files.writeStream(incoming, file.stream(signal), maxBytesOf(post), signal);
      const seen = await lookInto(post.kind, incoming, signal);
      const why = (await isRendition(post, sha256)) ? madeByPort : seen.why;
      if (why !== null) {
        await files.remove(incoming);
        return passedOver(file.name, why);
      }
      return checkSound(await store.admit(post, incoming, store.pathFor(post, index, extension), sha256, origin), seen);
    });
  } catch (error) {
    signal.throwIfAborted();
    const { code, syscall, path, message }: NodeJS.ErrnoException = asError(error);
    if (code === 'ENOSPC') return issueOf('disk-full');
    const machine = machineIssue(error);
    // A link may still work; the file is not reported as damaged.
    if (machine !== null && machine.code !== 'file-gone' && path === file.path) return machine;
    if (machine !== null && machine.code !== 'file-gone') throw error;
    // If the disk cannot be written, the file is not the cause.
    if (stopsRun(error) || (syscall !== undefined && syscall !== 'read' && path !== file.path)) throw error;
    return damaged(message);
  }
}

/** Issues about camera files that would match but were recorded after the post was published. */
function recordedAfter({ key }: Post, matchings: readonly Matching<LocalFiles>[]): Issue[] {
  return matchings.flatMap((matching) => {
    const late = matching.recordedAfter.get(key);
    return late ? [issueOf('recorded-after', nameOf(late.candidate), late.seconds)] : [];
  });
}

/** Issues about shifted times in names: the shift, or which files are ambiguous because of it. */
function shiftIssues(matchings: readonly Matching<LocalFiles>[]): Issue[] {
  return matchings.flatMap(({ shift, unclear }): Issue[] => {
    if (shift.shift !== null) return [issueOf('media-shifted', shift.shift, shift.fitting, 'warning')];
    return unclear.length > 0 ? [issueOf('media-unclear', unclear.length, namesOf(unclear), 'warning')] : [];
  });
}

async function headOf(file: ArchiveFile, signal: AbortSignal): Promise<Uint8Array> {
  let head = Buffer.alloc(0);
  for await (const chunk of file.stream(signal)) {
    head = Buffer.concat([head, chunk]);
    if (head.length >= sniffedBytes) break;
  }
  return head;
}

function ownExtension({ name }: ArchiveFile): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}

/** A number in the name of the only photo of a post belongs to its title: `7 beaches`. */
function filesOf({ links }: Post, files: LocalFiles['files']): LocalFiles['files'] {
  const [only] = files.values();
  return links.length === 1 && files.size === 1 && only !== undefined ? new Map([[0, only]]) : files;
}
