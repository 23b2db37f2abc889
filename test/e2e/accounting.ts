import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { expect } from 'vitest';

interface FileRow {
  readonly path: string;
  readonly role: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly action: string;
  readonly why: readonly { readonly code: string; readonly message: string }[];
}

export interface Row {
  readonly key: string;
  readonly target: string;
  readonly status: string;
  readonly issues: readonly { readonly code: string; readonly severity: string; readonly message: string }[];
  readonly original: { readonly path: string; readonly sha256: string | null; readonly source: string } | null;
  readonly caption: { readonly title: string | null; readonly body: string; readonly source: string } | null;
  readonly declarations: readonly string[];
  readonly files: readonly FileRow[];
}

export interface ManifestDocument {
  readonly schemaVersion: number;
  readonly export: { readonly account: string; readonly posts: number };
  readonly totals: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly posts: readonly Row[];
}

export async function readManifest(folder: string): Promise<ManifestDocument> {
  return JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as ManifestDocument;
}

/**
 * The law of every run: each post once for each target, totals that add up, every listed file there with its size and
 * hash, every file that is there listed, nothing half-made left.
 */
export async function expectConsistentFolder(folder: string): Promise<ManifestDocument> {
  const manifest = await readManifest(folder);
  const targets = Object.keys(manifest.totals);
  const keys = new Set(manifest.posts.map(({ key }) => key));
  expect(keys.size).toBe(manifest.export.posts);
  expect(new Set(manifest.posts.map(({ key, target }) => `${key} ${target}`)).size).toBe(manifest.posts.length);
  for (const target of targets) {
    const sum = Object.values(manifest.totals[target] ?? {}).reduce((a, b) => a + b, 0);
    expect(sum).toBe(manifest.export.posts);
    for (const [status, number] of Object.entries(manifest.totals[target] ?? {})) {
      expect(manifest.posts.filter((row) => row.target === target && row.status === status)).toHaveLength(number);
    }
  }

  const listed = manifest.posts.flatMap(({ files }) => files);
  for (const { path, bytes, sha256 } of listed) {
    const content = await readFile(join(folder, path));
    expect({ path, bytes: content.length }).toEqual({ path, bytes });
    expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
  }
  const there: string[] = [];
  for (const target of targets) {
    const found = await readdir(join(folder, target), { recursive: true }).catch(() => []);
    for (const name of found) {
      const isFile = (await stat(join(folder, target, name))).isFile();
      if (isFile && !name.endsWith('post.json') && name !== 'index.html')
        there.push(`${target}/${name.split(sep).join('/')}`);
    }
  }
  expect(there.sort()).toEqual(listed.map(({ path }) => path).sort());

  for (const row of manifest.posts) await expectRowToHold(folder, row);
  for (const target of targets) await expectSecondNames(folder, target, manifest);
  const all = await readdir(folder, { recursive: true });
  expect(all.filter((name) => name.includes('.part') || name === join('.port', 'lock'))).toEqual([]);
  return manifest;
}

/** A row of a delivered post is its `post.json`; every row tells the hash of the original that lies in the folder. */
async function expectRowToHold(folder: string, row: Row): Promise<void> {
  const { key, target, status, original, issues } = row;
  expect(['delivered', 'held', 'rejected', 'failed']).toContain(status);
  if (status !== 'delivered') expect(issues, `${key} ${target} is ${status}`).not.toEqual([]);
  else {
    const document: unknown = JSON.parse(await readFile(join(folder, target, key, 'post.json'), 'utf8'));
    expect(document).toEqual({ schemaVersion: 1, ...row });
    expect(row.files.map(({ role }) => role)).toEqual(expect.arrayContaining(['cover', 'caption']));
  }
  // An original may be gone: that is for the post's issues to tell.
  const content = original?.sha256 && (await readFile(resolve(folder, original.path)).catch(() => null));
  if (content) expect(createHash('sha256').update(content).digest('hex')).toBe(original.sha256);
}

/** What stands beside the packages: a page that names each delivered post, and videos under their titles, 15 a folder. */
async function expectSecondNames(folder: string, target: string, { posts }: ManifestDocument): Promise<void> {
  const delivered = posts.filter((row) => row.target === target && row.status === 'delivered');
  const page = await readFile(join(folder, target, 'index.html'), 'utf8').catch(() => null);
  if (page !== null) for (const { key } of delivered) expect(page).toContain(key);
  const upload = join(folder, `${target}-upload`);
  const batches = await readdir(upload).catch(() => null);
  if (batches === null) return;
  const videos = delivered.flatMap(({ files }) => files.filter(({ role }) => role === 'video'));
  const hashes: string[] = [];
  for (const batch of batches) {
    const names = await readdir(join(upload, batch));
    expect(names.length).toBeLessThanOrEqual(15);
    for (const name of names) {
      const content = await readFile(join(upload, batch, name));
      hashes.push(createHash('sha256').update(content).digest('hex'));
    }
  }
  expect(hashes.sort()).toEqual(videos.map(({ sha256 }) => sha256).sort());
}
