import { readFileSync } from 'node:fs';
import { ToolMissingError } from '../errors.ts';

/** What of the memory of a machine a program may give addresses to (`ulimit -v`, man 2 getrlimit): used or not. */

const megabyte = 1024 ** 2;
/**
 * Below it, libraries that draw pictures end the whole program, without a word that could be caught (measured with Node 20
 * and sharp 0.35 on four million and on 36 million pixels, 2026-11: 1.2 GB did so, 1.5 GB told it).
 */
const leastMegabytes = 1500;

/** Bytes; infinite where there is no limit, and on systems that do not tell. */
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

/** @throws ToolMissingError where pictures could not be drawn */
export function checkAddressSpace(bytes = addressSpace()): void {
  if (bytes >= leastMegabytes * megabyte) return;
  throw new ToolMissingError(`${limitWords(bytes)}, and port needs ${leastMegabytes} MB or more. ${remedy}`);
}

/**
 * Node reads answers from the network with WebAssembly, which gives addresses to ten gigabytes when it is loaded, and
 * uses a few hundred kilobytes of them (Node 20: 11 GB are too few, 12 GB enough; 2026-11).
 * @throws ToolMissingError where it could not be loaded
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
