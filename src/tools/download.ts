import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Issue } from '../model/issue.ts';
import { type Answer, type Ask, type HttpLimits, header, Refused, reasonOf, retryAfterOf } from './http-answer.ts';
import { openPart, type PartFile, removePart } from './part-file.ts';

export type Downloaded =
  | {
      readonly ok: true;
      readonly bytes: number;
      readonly sha256: string;
      /** The first bytes of the file, at most 4096. */
      readonly head: Uint8Array;
      /** The URL that it came from after redirects. It may be signed: never print it. */
      readonly address: string;
    }
  | { readonly ok: false; readonly issue: Issue };

export interface DownloadOptions {
  /** Hosts (`name` or `name:port`) that may be private and may use plain http. */
  readonly allowHosts: readonly string[];
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** Checks the first bytes: null to continue, else a description of the file that is not media. */
  readonly notMedia: (head: Uint8Array) => string | null;
  /** Whether the disk has room for this many more bytes. Called at the start and during the download. */
  readonly hasRoom: (bytes: number) => Promise<boolean>;
}

const headBytes = 4096;
const roomEvery = 32 << 20;

/** Downloads one file in as many attempts as necessary; each resumes the previous one if the server supports it. */
export async function download(
  ask: Ask,
  url: string,
  path: string,
  options: DownloadOptions,
  limits: HttpLimits,
): Promise<Downloaded> {
  const whole = AbortSignal.timeout(limits.wholeMilliseconds);
  const signal = AbortSignal.any([options.signal, whole]);
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryOnce(ask, url, path, { ...options, signal }, limits);
    } catch (error) {
      options.signal.throwIfAborted();
      const refused = asRefused(error);
      if (whole.aborted || !refused.again || attempt >= limits.attempts) {
        const { code, actual } = refused;
        return { ok: false, issue: { code, severity: 'error', actual: actual || null, limit: null } };
      }
      await wait(pause(attempt, refused, limits), undefined, { signal }).catch(() => options.signal.throwIfAborted());
    }
  }
}

/** Jitter, so that requests that failed together are not repeated together. */
function pause(attempt: number, { waitMilliseconds }: Refused, limits: HttpLimits): number {
  const backoff = limits.pauseMilliseconds * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
  return Math.min(limits.maxPauseMilliseconds, Math.max(waitMilliseconds ?? 0, backoff));
}

/** Errors of the disk, except a full one, are not the link's fault: they are thrown on. */
function asRefused(error: unknown): Refused {
  if (error instanceof Refused) return error;
  const { code, syscall, path } = (error instanceof Error ? error : {}) as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return new Refused('disk-full', '');
  if (code === 'EDQUOT') return new Refused('disk-quota', '');
  // No socket can be opened because of the descriptor limit, which is not the link's fault.
  if (code === 'EMFILE' || code === 'ENFILE') throw error;
  if (path !== undefined || /^(?:open|write|fsync|ftruncate|rename|mkdir|close)$/.test(syscall ?? '')) {
    if (!/^(?:EPIPE|ECONN|ETIMEDOUT)/.test(code ?? '')) throw error;
  }
  const { reason, again } = reasonOf(error);
  return new Refused('link-failed', reason, again);
}

async function tryOnce(
  ask: Ask,
  url: string,
  path: string,
  options: DownloadOptions,
  limits: HttpLimits,
): Promise<Downloaded> {
  const part = await openPart(path);
  let answer: Answer | null = null;
  try {
    const range = part.validator === null ? {} : { range: `bytes=${part.bytes}-`, 'if-range': part.validator };
    answer = await ask(url, range, options.allowHosts, options.signal);
    return await receive(answer, part, await accept(answer, part, path), path, options, limits);
  } finally {
    answer?.discard();
    await part.close();
  }
}

interface Expected {
  /** The valid bytes of the partial file. */
  readonly from: number;
  /** Size of the whole file; null if the server does not report it. */
  readonly total: number | null;
}

/**
 * Checks the response.
 * @throws Refused if the response is not the file, or not the rest of it
 */
async function accept(answer: Answer, part: PartFile, path: string): Promise<Expected> {
  const { status } = answer;
  if (status === 200) return { from: 0, total: numberIn(header(answer, 'content-length')) };
  if (status === 206) {
    const [, from, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(header(answer, 'content-range') ?? '') ?? [];
    const same = part.validator !== null && validatorsOf(answer).includes(part.validator);
    if (same && Number(from) === part.bytes) return { from: part.bytes, total: numberIn(total) };
  }
  if (status === 206 || status === 416) {
    // The wrong range, or beyond the end: the file on the server differs from the partial file.
    await removePart(path);
    throw new Refused('link-failed', 'it changed while it was fetched', true);
  }
  const again = status === 408 || status === 429 || status >= 500;
  const code = status >= 400 && status < 500 && !again ? 'link-refused' : 'link-failed';
  throw new Refused(code, `HTTP ${status}`, again, retryAfterOf(header(answer, 'retry-after')));
}

async function receive(
  answer: Answer,
  part: PartFile,
  { from, total }: Expected,
  path: string,
  options: DownloadOptions,
  limits: HttpLimits,
): Promise<Downloaded> {
  const hash = createHash('sha256');
  let head = Buffer.alloc(0);
  let bytes = 0;
  let judged = false;
  const take = (chunk: Uint8Array) => {
    bytes += chunk.length;
    hash.update(chunk);
    if (head.length < headBytes) head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)]);
  };
  const judge = async () => {
    judged = true;
    const reason = options.notMedia(head);
    if (reason === null) return;
    await removePart(path);
    throw new Refused('link-not-media', reason);
  };
  if (total !== null && total > options.maxBytes) throw await tooLarge(path, options.maxBytes);
  if (from === 0) await part.restart(validatorsOf(answer)[0] ?? null);
  else for await (const chunk of part.read()) take(chunk);
  let asked = bytes;
  if (!(await options.hasRoom((total ?? bytes) - bytes))) throw new Refused('disk-full', '');
  const isTooSlow = rateGuard(limits);
  for await (const chunk of answer.body) {
    take(chunk);
    if (isTooSlow(chunk.length)) {
      await part.append(chunk);
      throw new Refused('link-failed', `slower than ${slowestRate(limits)} bytes a second`, true);
    }
    if (bytes > options.maxBytes) throw await tooLarge(path, options.maxBytes);
    if (!judged && head.length === headBytes) await judge();
    await part.append(chunk);
    if (bytes - asked >= roomEvery) {
      asked = bytes;
      if (!(await options.hasRoom((total ?? bytes) - bytes))) throw new Refused('disk-full', '');
    }
  }
  if (total !== null && bytes !== total) throw new Refused('link-failed', `${bytes} of ${total} bytes arrived`, true);
  if (!judged) await judge();
  await part.finish();
  return { ok: true, bytes, sha256: hash.digest('hex'), head, address: answer.address };
}

/**
 * Called for each chunk; returns whether the transfer is too slow since the last check. The connection has its own idle
 * limit.
 */
function rateGuard({ slowMilliseconds, slowBytes }: HttpLimits): (bytes: number) => boolean {
  let from = performance.now();
  let came = 0;
  return (bytes) => {
    came += bytes;
    const now = performance.now();
    if (now - from < slowMilliseconds) return false;
    const isSlow = came < slowBytes;
    from = now;
    came = 0;
    return isSlow;
  };
}

function slowestRate({ slowMilliseconds, slowBytes }: HttpLimits): number {
  return Math.round(slowBytes / (slowMilliseconds / 1000));
}

async function tooLarge(path: string, maxBytes: number): Promise<Refused> {
  await removePart(path);
  return new Refused('link-failed', `larger than ${maxBytes} bytes`);
}

/** Version identifiers, the best first. A weak ETag (`W/`) does not guarantee equal bytes. */
function validatorsOf(answer: Answer): readonly string[] {
  const etag = header(answer, 'etag');
  const strong = etag?.startsWith('"') ? etag : null;
  return [strong, header(answer, 'last-modified')].filter((each) => each !== null);
}

/** The number at the start of a header; null if there is none, as in `*`. */
function numberIn(text: string | null | undefined): number | null {
  const number = Number.parseInt(String(text), 10);
  return Number.isNaN(number) ? null : number;
}
