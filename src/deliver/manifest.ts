import { join } from 'node:path';
import * as z from 'zod';
import type { Status, Totals } from '../model.ts';
import type { Files } from '../tools/tools.ts';
import { type Describe, type Entry, entry, fromJson, issueRows, toJson } from './documents.ts';

const maxBytes = 1_000_000_000;
const document = z.object({ posts: z.array(z.unknown()) });

/** The state of an account's folder: every known post, for every target, exactly once. */
export interface Manifest {
  /** What the folder holds of this post; what a killed run delivered but did not list is found in its `post.json`. */
  get(key: string, target: string): Promise<Entry | null>;
  /** All rows of one post. */
  rowsOf(key: string): readonly Entry[];
  set(row: Entry): void;
  /** The keys that earlier runs gave, each with the path of its post's link. */
  knownKeys(): readonly { readonly key: string; readonly linkPath: string | null }[];
  /** There was a manifest, and it could not be read. */
  readonly wasBroken: boolean;
  /** Fills in the posts that no run has touched for a target, and writes. */
  save(about: { tool: string; files: readonly string[]; account: string; describe: Describe }): Promise<void>;
}

/** @param folder of the account */
export async function openManifest(folder: string, files: Files): Promise<Manifest> {
  const path = join(folder, 'manifest.json');
  const rows = new Map<string, Map<string, Entry>>();
  const put = (row: Entry) => {
    const ofPost = rows.get(row.key) ?? new Map<string, Entry>();
    rows.set(row.key, ofPost.set(row.target, row));
  };
  const text = await files.readText(path, maxBytes);
  const written = fromJson(text, document);
  const wasBroken = text !== null && written === null;
  if (wasBroken) await files.move(path, `${path}.broken`);
  for (const row of written?.posts ?? (await packagesIn(folder, files))) {
    const parsed = entry.safeParse(row);
    if (parsed.success) put(parsed.data);
  }

  return {
    async get(key, target) {
      const row = rows.get(key)?.get(target);
      if (row && row.status !== 'failed') return row;
      const written = await files.readText(join(folder, target, key, 'post.json'), maxBytes);
      return fromJson(written, entry) ?? row ?? null;
    },
    rowsOf: (key) => [...(rows.get(key)?.values() ?? [])],
    set: put,
    wasBroken,
    knownKeys: () => [...rows].map(([key, ofPost]) => ({ key, linkPath: [...ofPost.values()][0]?.linkPath ?? null })),
    async save({ tool, files: exports, account, describe }) {
      const targets = [...new Set([...rows.values()].flatMap((ofPost) => [...ofPost.keys()]))];
      for (const ofPost of rows.values()) fillIn(ofPost, targets, describe);
      const posts = [...rows.values()].flatMap((ofPost) => [...ofPost.values()]);
      const totals = Object.fromEntries(targets.map((target) => [target, count(posts, target)]));
      await files.write(path, toJson({ tool, export: { files: exports, account, posts: rows.size }, totals, posts }));
    },
  };
}

/** Without a manifest the packages themselves tell what there is: each has its row beside it. */
async function packagesIn(folder: string, files: Files): Promise<unknown[]> {
  const rows: unknown[] = [];
  for (const target of await files.list(folder)) {
    if (!target.folder || target.name.startsWith('.') || target.name === 'originals') continue;
    for (const { name } of await files.list(join(folder, target.name))) {
      rows.push(fromJson(await files.readText(join(folder, target.name, name, 'post.json'), maxBytes), entry));
    }
  }
  return rows;
}

/** A post that was never asked for on a platform stands there as held, so that every platform's rows add up. */
function fillIn(ofPost: Map<string, Entry>, targets: readonly string[], describe: Describe): void {
  const [known] = ofPost.values();
  for (const target of targets) {
    if (!known || ofPost.has(target)) continue;
    const issues = issueRows([{ code: 'not-selected', severity: 'info', actual: null, limit: null }], describe);
    const { key, original, linkPath } = known;
    ofPost.set(target, {
      key,
      target,
      status: 'held',
      issues,
      original,
      caption: null,
      declarations: [],
      files: [],
      linkPath,
    });
  }
}

export function count(rows: readonly { readonly target: string; readonly status: Status }[], target: string): Totals {
  const totals: Totals = { delivered: 0, held: 0, rejected: 0, failed: 0 };
  for (const row of rows) if (row.target === target) totals[row.status]++;
  return totals;
}
