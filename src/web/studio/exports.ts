import { basename, resolve } from 'node:path';
import { ExportError, PortError, quoted } from '../../errors.ts';
import { inspectExport } from '../../exports/inspection.ts';
import type { Inspection } from '../../model/inspection.ts';
import { readArchive } from '../../pipeline/read-archive.ts';
import type { OpenExport } from './api.ts';
import type { StudioEnvironment } from './world.ts';

/** The exports of a studio, each inspected when it is added. */
export interface Exports {
  add(path: string, isUploaded: boolean): void;
  /** Removes those that were uploaded. */
  forgetUploads(): void;
  /** Removes one. */
  remove(path: string): void;
  /** Why one cannot be read; null if it can. */
  problem(path: string): string | null;
  readonly all: () => readonly OpenExport[];
  /** The paths of the exports that can be read. */
  readonly paths: () => readonly string[];
  readonly uploaded: () => readonly string[];
  /** Resolves when all added exports are inspected. */
  ready(): Promise<void>;
  /** A post by its key and account; null if no export has it. */
  post(account: string, key: string): InspectedPost | null;
}

type InspectedPost = Inspection['posts'][number];

interface Opened extends OpenExport {
  readonly path: string;
  readonly posts: ReadonlyMap<string, InspectedPost>;
}

/** @param onChange called when an export was added or inspected */
export function createExports(world: Pick<StudioEnvironment, 'archives' | 'now'>, onChange: () => void): Exports {
  const opened = new Map<string, Opened>();
  let reading: Promise<unknown> = Promise.resolve();
  const look = async (path: string) => {
    const before = opened.get(path);
    if (before === undefined) return;
    const found = await inspected(path, world);
    // It may have been removed meanwhile.
    if (opened.has(path)) opened.set(path, { ...before, ...found });
    onChange();
  };
  return {
    add(path, isUploaded) {
      const blank = { inspection: null, problem: null, posts: new Map() };
      opened.set(path, { path: resolve(path), name: basename(resolve(path)), isUploaded, ...blank });
      onChange();
      // One after the other: each may take a lot of memory.
      reading = reading.then(async () => look(path));
    },
    forgetUploads() {
      for (const [path, { isUploaded }] of opened) if (isUploaded) opened.delete(path);
      onChange();
    },
    remove(path) {
      opened.delete(path);
      onChange();
    },
    problem: (path) => opened.get(path)?.problem ?? null,
    all: () => [...opened.values()].map(({ path: _, posts: __, ...shown }) => shown),
    paths: () => [...opened].flatMap(([path, { problem }]) => (problem === null ? [path] : [])),
    uploaded: () => [...opened].flatMap(([path, { isUploaded }]) => (isUploaded ? [path] : [])),
    async ready() {
      await reading;
    },
    post(account, key) {
      const own = [...opened.values()].filter(({ inspection }) => (inspection?.account ?? account) === account);
      for (const { posts } of own) if (posts.has(key)) return posts.get(key) ?? null;
      return null;
    },
  };
}

async function inspected(
  path: string,
  { archives, now }: Pick<StudioEnvironment, 'archives' | 'now'>,
): Promise<Pick<Opened, 'inspection' | 'problem' | 'posts'>> {
  try {
    const archive = await archives.open(path);
    try {
      const all = inspectExport(await readArchive(archive), archive.setAside, now());
      const { account, counts, visibility, links } = all;
      const posts = new Map([...all.posts, ...all.deleted].map((post) => [post.key, post]));
      return { inspection: { account, counts, visibility, links }, problem: null, posts };
    } finally {
      await archive.close();
    }
  } catch (error) {
    const isKnown = error instanceof PortError;
    const unknown = new ExportError(`It cannot be read (${error instanceof Error ? error.message : error}).`);
    // The path of an upload means nothing to the person.
    const problem = (isKnown ? error : unknown).message.replaceAll(quoted(path), quoted(basename(path)));
    return { inspection: null, problem, posts: new Map() };
  }
}
