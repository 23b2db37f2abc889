import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import type { ArchiveFile, PortFolder } from './archive.ts';

/**
 * Recognises files that `port` wrote in an archive, wherever the folder is and whatever its name: by the manifest.json
 * of an account, and by the post.json of a package that was copied without it. Both may be forged, so they are bounded,
 * and all that they can do is exclude files of their own folder.
 */

/** One path segment. `originals` and hidden folders are never a platform. */
const targetName = z.string().regex(/^(?!originals$)[A-Za-z0-9][\w-]{0,63}$/);

const head = z.object({
  schemaVersion: z.literal(1),
  tool: z.string().regex(/^content-port(?: |$)/),
  export: z.object({ files: z.array(z.string()).catch([]), account: z.string().nullable().catch(null) }),
  totals: z.record(z.string(), z.unknown()),
});

const madeFile = z.object({ sha256: z.string(), action: z.string() });
const row = z.object({ files: z.array(z.unknown()) });
const manifestRows = z.object({ posts: z.array(z.unknown()) });

const postDocument = z.object({
  schemaVersion: z.literal(1),
  key: z.string().regex(/^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d/),
  target: targetName,
  status: z.enum(['delivered', 'held', 'rejected', 'failed']),
  files: z.array(madeFile.loose()),
});

/** Documents of an account that hold no captions or posts to read; captions.csv is a sheet like any other. */
const ownDocuments: readonly string[] = [
  ...['manifest.json', 'captions.json', 'posting.json', 'posting.csv', 'posting.ics'],
];
/** Where originals came from (state/original-sources.ts). */
const sourcesDocument = /^sources\.(?:[\w-]+\.)?jsonl$/;

/** manifest.json starts with everything but its rows (state/manifest-text.ts). */
const rowsBegin = /,\s*"posts": ?\[/;
const maxHeadBytes = 8_000_000;
const maxManifestBytes = 100_000_000;
const maxPostBytes = 4_000_000;
const maxManifests = 5000;
const readAtOnce = 16;
/** `<account>/<platform>-upload/01` is the deepest folder that a run creates. */
const foldersAbove = 3;

interface Root {
  readonly folder: PortFolder;
  /** Folders in it with files made for a platform, including the upload folder. */
  readonly made: ReadonlySet<string>;
}

export interface Separated {
  /** All files that port did not make. An original stored by port has `keptBy`. */
  readonly files: readonly ArchiveFile[];
  readonly portFolders: readonly PortFolder[];
}

/** An account folder of `port` around the opened folder. */
export interface Above {
  readonly root: Root;
  /** The relative path to the opened folder, with `/` at the end. */
  readonly way: string;
}

/**
 * Excludes files made by port.
 * @param above the account folder around the opened folder; null if there is none, or no folder was opened
 */
export async function withoutPortFiles(
  files: readonly (ArchiveFile & { keptBy?: PortFolder })[],
  above: Above | null,
): Promise<Separated> {
  const way = above?.way ?? '';
  const roots = new Map<string, Root>(above ? [['', above.root]] : []);
  const named = (name: string) => files.filter((file) => basename(file.name) === name);
  for (const file of named('manifest.json').slice(0, maxManifests)) {
    const root = await rootOf(file);
    if (root !== null) roots.set(folderOf(way + file.name), root);
  }
  const packages = new Set<string>();
  const judge = judging(roots, packages);
  const documents = named('post.json').filter(({ name }) => judge(folderOf(way + name)) !== 'made');
  for (let at = 0; at < documents.length; at += readAtOnce) {
    const some = documents.slice(at, at + readAtOnce);
    const ours = await Promise.all(some.map(isPackage));
    for (const [index, { name }] of some.entries()) if (ours[index]) packages.add(folderOf(way + name));
  }
  if (roots.size === 0 && packages.size === 0) return { files, portFolders: [] };

  const judged = judging(roots, packages);
  const left = files.filter((file) => {
    const folder = folderOf(way + file.name);
    const found = judged(folder);
    const name = basename(file.name);
    if (found === 'made' || (roots.has(folder) && ownDocuments.includes(name))) return false;
    if (found !== null && sourcesDocument.test(name)) return false;
    if (found !== null) file.keptBy = found;
    return true;
  });
  return { files: left, portFolders: [...roots.values()].map(({ folder }) => folder) };
}

/**
 * Finds out whether a folder is inside an account folder of `port`.
 * @param path path of the folder
 */
export async function portFolderAbove(path: string): Promise<Above | null> {
  let way = '';
  let at = resolve(path);
  for (let step = 0; step < foldersAbove; step++) {
    way = `${basename(at)}/${way}`;
    at = dirname(at);
    const root = await rootAt(join(at, 'manifest.json'));
    if (root !== null) return { root, way };
  }
  return null;
}

async function rootAt(path: string): Promise<Root | null> {
  const facts = await stat(path).catch(() => null);
  if (!facts?.isFile()) return null;
  return await rootOf({
    stream: () => createReadStream(path),
    async read(maxBytes) {
      if (facts.size > maxBytes) throw new Error('it is too large');
      return await readFile(path);
    },
  });
}

/** The kind of a file: made by port, an original stored in this folder of port, or a person's (null). */
type Verdict = 'made' | PortFolder | null;

function judging(roots: ReadonlyMap<string, Root>, packages: ReadonlySet<string>): (folder: string) => Verdict {
  const known = new Map<string, Verdict>();
  const judge = (folder: string): Verdict => {
    for (let at = folder; ; at = folderOf(at.slice(0, -1))) {
      if (packages.has(at)) return 'made';
      const root = roots.get(at);
      if (root) {
        const [first = ''] = folder.slice(at.length).split('/');
        if (first === '.port' || root.made.has(first)) return 'made';
        return first === 'originals' ? root.folder : null;
      }
      if (at === '') return null;
    }
  };
  return (folder) => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const found = judge(folder);
    known.set(folder, found);
    return found;
  };
}

type Readable = Pick<ArchiveFile, 'read' | 'stream'>;

/** null if it is not a manifest of port. */
async function rootOf(file: Readable): Promise<Root | null> {
  const read = head.safeParse((await readHead(file)) ?? (await readWhole(file, maxManifestBytes)));
  if (!read.success) return null;
  const { export: about, totals } = read.data;
  const targets = Object.keys(totals).filter((name) => targetName.safeParse(name).success);
  // If the export has no account name, its file name is used, which does not identify the owner.
  const nameless = about.files.some((name) => name === about.account || name.replace(/\.\w+$/, '') === about.account);
  let renditions: Promise<ReadonlySet<string>> | null = null;
  return {
    made: new Set(targets.flatMap((target) => [target, `${target}-upload`])),
    folder: {
      account: nameless ? null : about.account,
      renditions: async () => (renditions ??= renditionsIn(file)),
    },
  };
}

/** Parses everything but the rows, without reading those; null if the layout is not ours. */
async function readHead(file: Readable): Promise<unknown> {
  try {
    let text = '';
    for await (const chunk of file.stream(new AbortController().signal)) {
      text += Buffer.from(chunk).toString('latin1');
      const at = rowsBegin.exec(text)?.index;
      if (at !== undefined) return JSON.parse(`${Buffer.from(text.slice(0, at), 'latin1').toString('utf8')}}`);
      if (text.length > maxHeadBytes || !/^\s*\{\s*"schemaVersion"/.test(text)) return null;
    }
  } catch {
    // Falls back to reading the whole file.
  }
  return null;
}

/** Actions of files that port did not render from an original. */
const notMade: readonly string[] = ['copy', 'text', 'own'];

async function renditionsIn(file: Readable): Promise<ReadonlySet<string>> {
  const { data } = manifestRows.safeParse(await readWhole(file, maxManifestBytes));
  const made = (data?.posts ?? []).flatMap((post) => row.safeParse(post).data?.files ?? []);
  return new Set(
    made.flatMap((each) => {
      const { data: listed } = madeFile.safeParse(each);
      return listed && !notMade.includes(listed.action) ? [listed.sha256] : [];
    }),
  );
}

async function isPackage(file: Readable): Promise<boolean> {
  return postDocument.safeParse(await readWhole(file, maxPostBytes)).success;
}

/** null if it is not JSON, too large, or unreadable. */
async function readWhole(file: Readable, maxBytes: number): Promise<unknown> {
  try {
    return JSON.parse(new TextDecoder().decode(await file.read(maxBytes)));
  } catch {
    return null;
  }
}

/** With `/` at the end; empty at the top level. */
function folderOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/') + 1);
}
