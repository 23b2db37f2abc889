import { dirname } from 'node:path';
import { ToolMissingError } from '../errors.ts';
import type { Issue } from '../model/issue.ts';
import type { Disk } from './disk.ts';
import type { DownloadOptions } from './download.ts';
import type { Http } from './http.ts';

/** What an installer of a program works with. */
export interface ReleaseTools {
  readonly http: Http;
  readonly disk: Disk;
}

/** Downloads the files of a program's release. */
export interface Release {
  /**
   * @param name relative to the release's base
   * @throws ToolMissingError if it cannot be had
   */
  fetch(name: string, to: string, maxBytes: number): Promise<{ readonly sha256: string; readonly address: string }>;
  /** The same for a whole address, of the same host. */
  fetchAddress(
    address: string,
    to: string,
    maxBytes: number,
  ): Promise<{ readonly sha256: string; readonly address: string }>;
  /** What an installer throws: `what` became of it, and what to do instead. */
  failure(what: string): ToolMissingError;
}

/** Of a list of hashes. */
export const maxSumsBytes = 100_000;

/**
 * @param program its name in messages
 * @param advice what to do instead
 * @param base the URL of a folder with the release; https, unless it is on this machine
 */
export function openRelease(
  { http, disk }: ReleaseTools,
  { program, advice, base, signal }: { program: string; advice: string; base: string; signal: AbortSignal },
): Release {
  const failure = (what: string, first = 'Try again later') =>
    new ToolMissingError(`${program} was not installed: ${what}. ${first}, or ${advice}.`);
  const fetchAddress: Release['fetchAddress'] = async (address, to, maxBytes) => {
    const got = await http.download(address, to, optionsFor(base, to, maxBytes, disk, signal));
    if (got.ok) return { sha256: got.sha256, address: got.address };
    const name = new URL(address).pathname.split('/').at(-1);
    // These do not change with time.
    const isRefused = got.issue.code === 'link-private' || got.issue.code === 'link-insecure';
    const first = isRefused ? 'Name another address' : undefined;
    throw failure(`${name} could not be fetched (${reasonOf(got.issue)})`, first);
  };
  return { failure, fetchAddress, fetch: async (name, ...rest) => fetchAddress(`${base}/${name}`, ...rest) };
}

function reasonOf({ code, actual }: Pick<Issue, 'code' | 'actual'>): string {
  switch (code) {
    case 'link-private':
      return `${actual} is not on the public internet`;
    case 'link-insecure':
      return `${actual} is not https`;
    case 'proxy-failed':
      return `the proxy failed: ${actual}`;
    default:
      return String(actual ?? code);
  }
}

/** Finds the hash in a list in the format of `sha256sum`; null if the name is not in it. */
export function publishedHash(sums: string, name: string): string | null {
  return publishedHashes(sums).get(name) ?? null;
}

/** The hashes of a list in the format of `sha256sum`, in lower case, by the names of the files. */
export function publishedHashes(sums: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of sums.split(/\r?\n/)) {
    const [, hash, file] = /^([0-9a-f]{64})\s+\*?(\S+)$/i.exec(line.trim()) ?? [];
    if (file && hash && !found.has(file)) found.set(file, hash.toLowerCase());
  }
  return found;
}

function optionsFor(base: string, to: string, maxBytes: number, disk: Disk, signal: AbortSignal): DownloadOptions {
  const { host, hostname } = new URL(base);
  const own = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
  const hasRoom = async (bytes: number) => (await disk.free(dirname(to))) > bytes;
  return { allowHosts: own ? [host] : [], maxBytes, signal, notMedia: () => null, hasRoom };
}
