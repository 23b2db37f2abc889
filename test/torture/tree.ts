import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

export interface Seen {
  /** A document itself, so that a test can print what differs; of anything else its sha256. */
  readonly content: string;
  readonly inode: number;
  readonly modified: number;
}

/** Every file below a folder whose name is final: neither it nor a folder above it is hidden. Paths have `/`. */
export async function finalFiles(folder: string): Promise<Map<string, Seen>> {
  const seen = new Map<string, Seen>();
  for (const name of (await readdir(folder, { recursive: true }).catch(() => [])).sort()) {
    const path = name.split(sep).join('/');
    if (/(?:^|\/)\./.test(path)) continue;
    const found = await stat(join(folder, name));
    if (!found.isFile()) continue;
    const bytes = await readFile(join(folder, name));
    const content = /\/posting\.(?:csv|json)$/.test(path)
      ? rowsOf(bytes)
      : path.endsWith('.json')
        ? inOrder(bytes)
        : path.endsWith('.jsonl')
          ? lastLines(bytes)
          : createHash('sha256').update(bytes).digest('hex');
    seen.set(path, { content, inode: found.ino, modified: found.mtimeMs });
  }
  return seen;
}

/** What is posted has a row a line, in the order in which they were added; how often they were written is of chance. */
function rowsOf(document: Buffer): string {
  const lines = document.toString().split(/\r?\n/);
  return lines
    .slice(1)
    .map((line) => line.replace(/\]?,?(?:\],"changes":\[\]\})?$/, ''))
    .sort()
    .join('\n')
    .trim();
}

/** A manifest's rows and totals stand in the order in which their posts were done, which is one of chance. */
function inOrder(json: Buffer): string {
  type Document = { posts?: { key: string; target: string }[]; totals?: object };
  const { posts = [], totals = {}, ...rest } = JSON.parse(json.toString()) as Document;
  const name = ({ key, target }: { key: string; target: string }) => `${key} ${target}`;
  posts.sort((a, b) => (name(a) < name(b) ? -1 : 1));
  return JSON.stringify({ ...rest, totals: Object.entries(totals).sort(), posts }, null, 2);
}

/** Of a list that is added to, what it says of each file. Its order, and the port of a test's server, are of chance. */
function lastLines(list: Buffer): string {
  const lines = list
    .toString()
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line): [string, string] => [JSON.parse(line).name, line.replace(/127\.0\.0\.1:\d+/, '127.0.0.1')]);
  return [...new Map(lines)]
    .map(([, line]) => line)
    .sort()
    .join('\n');
}

/** What the files hold, as an object whose differences a test can print. */
export function contents(seen: ReadonlyMap<string, Seen>): Record<string, string> {
  return Object.fromEntries([...seen].map(([path, { content }]) => [path, content]));
}

/** Everything that is half-made, or holds a lock, wherever it lies. */
export async function leftovers(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return names.filter((name) => name.includes('.part') || /\block\b|\.dead$|incoming.+/.test(name));
}
