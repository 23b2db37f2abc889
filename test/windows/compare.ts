import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ManifestDocument } from '../e2e/accounting.ts';
import type { Ended } from './systems.ts';

/**
 * What a run left in the folder of an account, as values that are equal on all systems: each file by its path with `/`,
 * documents by what they say, originals and copied files by their hash, encoded files by nothing (each ffmpeg has its own
 * bytes).
 */
export function outcome(account: string): Record<string, unknown> {
  const { posts } = JSON.parse(readFileSync(join(account, 'manifest.json'), 'utf8')) as ManifestDocument;
  const copied = new Set(posts.flatMap(({ files }) => files.filter(hasOwnBytes).map(({ path }) => path)));
  const found: Record<string, unknown> = {};
  for (const entry of readdirSync(account, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(account.length + 1);
    if (!entry.isFile() || name.startsWith('.port/')) continue;
    const bytes = readFileSync(path);
    if (/\.json$/.test(name)) found[name] = sameDocument(JSON.parse(bytes.toString()), '');
    else if (/\.jsonl$/.test(name)) found[name] = linesOf(bytes.toString());
    else if (/\.html$/.test(name)) found[name] = withoutSizes(bytes.toString());
    else if (/\.(?:csv|txt)$/.test(name)) found[name] = bytes.toString();
    else if (name.startsWith('originals/') || copied.has(name)) found[name] = hashOf(bytes);
    else found[name] = 'made';
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const hasOwnBytes = ({ action }: { readonly action: string }) => action === 'copy' || action === 'caption';

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Without times of runs, and without sizes and hashes of what an encoder made. Rows in one order: theirs is of chance. */
function sameDocument(value: unknown, key: string): unknown {
  if (Array.isArray(value)) {
    const all = value.map((each) => sameDocument(each, ''));
    return key === 'posts' ? all.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : all;
  }
  if (typeof value === 'string') return /(?:At|^ran)$/.test(key) && key !== 'createdAt' ? 'time' : relative(value);
  if (typeof value !== 'object' || value === null) return value;
  const isMade = 'action' in value && 'sha256' in value && !hasOwnBytes(value as { action: string });
  const fields = Object.entries(value).filter(([name]) => !isMade || !['bytes', 'sha256'].includes(name));
  return Object.fromEntries(fields.map(([name, each]) => [name, sameDocument(each, name)]));
}

function linesOf(text: string): unknown[] {
  const lines = text.trim().split('\n');
  return [...new Set(lines.map((line) => JSON.stringify(sameDocument(JSON.parse(line), ''))))].sort();
}

/** An absolute path of a scenario, as it is from the scenario's folder on. */
function relative(path: string): string {
  const inFolder = /^(?:\\\\\?\\)?(?:[A-Z]:)?[\\/].*?[\\/](?:linux|windows)(?=[\\/])/.exec(path);
  return inFolder ? path.slice(inFolder[0].length).replaceAll('\\', '/') : path;
}

function withoutSizes(html: string): string {
  return html.replace(/[\d.,]+ [kMG]?B\b/g, 'size');
}

/** What a run printed, with the separators and the open command of Linux, line by line in one order. */
export function printed({ code, stdout, stderr }: Ended): unknown {
  const lines = (text: string) =>
    text
      .replaceAll('\\', '/')
      .replace(/(?<![\w/])(?:Z:)?(?:\/[\w.-]+)+\/(?:linux|windows)(?=\/)/g, '')
      .replaceAll('Z:/', '/')
      .replace(/start "" "([^"]+)"/g, 'xdg-open $1')
      .replace(/\b[\d.,]+ [kMG]?B\b/g, 'size')
      .split('\n');
  return { code, stdout: lines(stdout), stderr: lines(stderr).sort() };
}
