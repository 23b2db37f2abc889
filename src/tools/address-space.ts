import { readFileSync } from 'node:fs';
import { ToolMissingError } from '../errors.ts';

/** The address space that a program may reserve, used or not (`ulimit -v`, man 2 getrlimit). */

const megabyte = 1024 ** 2;
/**
 * Below this limit, image libraries abort the whole process without an error that could be caught (measured with Node
 * 20 and sharp 0.35 on images of 4 and 36 million pixels, 2026-11: aborted at 1.2 GB, reported an error at 1.5 GB).
 */
const minMegabytes = 1500;

/** The limit in bytes; Infinity if there is none, or the system does not report it. */
export function addressSpace(limits = readLimits()): number {
  const written = /^Max address space +(\d+) /m.exec(limits)?.[1];
  return written === undefined ? Number.POSITIVE_INFINITY : Number(written);
}

function readLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    // Not Linux.
    return '';
  }
}

/**
 * Checks that there is enough address space for image processing.
 * @throws ToolMissingError if there is not
 */
export function checkAddressSpace(bytes = addressSpace()): void {
  if (bytes >= minMegabytes * megabyte) return;
  throw new ToolMissingError(`${limitWords(bytes)}, and port needs ${minMegabytes} MB or more. ${remedy}`);
}

/**
 * Checks that there is enough for the network: Node parses HTTP responses with WebAssembly, which reserves ten
 * gigabytes of address space when it is loaded and uses a few hundred kilobytes (Node 20: 11 GB are too few, 12 GB
 * enough; 2026-11).
 * @throws ToolMissingError if there is not
 */
export function checkAddressSpaceForNetwork(bytes = addressSpace()): void {
  if (bytes >= networkMegabytes * megabyte) return;
  throw new ToolMissingError(
    `${limitWords(bytes)}, and Node's network needs ${networkMegabytes} MB of it, of which it uses next to none. ${remedy} Or add --offline.`,
  );
}

const networkMegabytes = 12_000;

function limitWords(bytes: number): string {
  return `A program may have no more than ${Math.floor(bytes / megabyte)} MB of address space here (ulimit -v)`;
}

const remedy = 'Allow more: ulimit -v unlimited.';
