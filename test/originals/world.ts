import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Link, Post } from '../../src/model/post.ts';
import type { VideoProbe } from '../../src/model/probe.ts';
import { type OriginalsOptions, openOriginals } from '../../src/originals/index.ts';
import { openProbeCache } from '../../src/state/probe-cache.ts';
import type { Archive } from '../../src/tools/archive.ts';
import { createArchives } from '../../src/tools/archives.ts';
import { createDisk } from '../../src/tools/disk.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { createHttp } from '../../src/tools/http.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { post } from '../builders.ts';
import { temporaryFolder } from '../tools/folder.ts';

/** The time of `builders.post()`, and of links that are alive and dead then. */
export const now = 1_741_000_000;
export const key = '2025-03-02_09-15-04';

export function link(url: string, odd: Partial<Link> = {}): Link {
  const { hostname } = new URL(url);
  return { url, host: hostname, kind: 'media', expiresAt: now + 3600, quality: null, tiktokId: null, ...odd };
}

export function video(odd: Partial<Post> = {}): Post {
  return post({ key, ...odd });
}

export function photos(links: readonly Link[], odd: Partial<Post> = {}): Post {
  return post({ key, kind: 'photos', links, ...odd });
}

/** A ZIP, as far as anybody can see. */
export function zip(files: Readonly<Record<string, Uint8Array | string | Error>>): Archive {
  return {
    path: '/export.zip',
    setAside: [],
    close: async () => {},
    files: Object.entries(files).map(([name, content]) => {
      const bytes = content instanceof Error ? Buffer.alloc(9) : Buffer.from(content);
      return {
        name,
        path: null,
        bytes: bytes.length,
        read: async () => bytes,
        stream: async function* () {
          if (content instanceof Error) throw content;
          yield bytes.subarray(0, 100);
          yield bytes.subarray(100);
        },
      };
    }),
  };
}

/** Files in a real folder, opened as `--media` is. */
export async function folderOf(files: Readonly<Record<string, Uint8Array | string>>): Promise<Archive> {
  const root = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return await createArchives().open(root);
}

export interface World {
  /** Of the account `maya`. */
  readonly folder: string;
  /** Opens the stage anew, as each run does. */
  open(options: Partial<OriginalsOptions>, odd?: Partial<Tools>): ReturnType<typeof openOriginals>;
  /** All files of the account but for the cache and the list of sources, relative. */
  files(): string[];
}

const unused = new Proxy({}, { get: () => () => Promise.reject(new Error('not in this test')) });

export function world(): World {
  const folder = join(temporaryFolder(), 'maya');
  const files = createFiles();
  const tools = {
    ...{ files, archives: createArchives(), disk: createDisk(), ytDlp: null, now: () => now },
    http: createHttp({ limits: { attempts: 2, pauseMilliseconds: 5, idleMilliseconds: 400 } }),
    ...{ locks: unused, ffmpeg: unused, ffprobe: unused, images: unused },
  } as unknown as Tools;
  return {
    folder,
    async open(options, odd = {}) {
      const probeCache = options.probeCache ?? (await openProbeCache(folder, files));
      const ids = { tiktokIds: new Map(), laterIds: null };
      const nothing = {
        account: 'maya',
        aliases: [],
        mediaShift: null,
        ...ids,
        bundled: [],
        media: [],
        offline: false,
        scratch: null,
      };
      const all = { folder, posts: [], allowHosts: ['127.0.0.1'], probeCache, ...nothing, ...options };
      return await openOriginals(all, { ...tools, ...odd });
    },
    files: () =>
      (existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [])
        .filter((entry) => entry.isFile() && !/^(?:cache\.json|sources\.jsonl$)/.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .map((name) => name.replaceAll('\\', '/'))
        .sort(),
  };
}

/** An ffprobe that knows the time of some files by their names. */
export function clockwork(times: Readonly<Record<string, number>>): Tools['ffprobe'] {
  return {
    probe: async (path) => ({ createdAt: times[basename(path)] ?? null }) as VideoProbe,
    packets: async () => [],
  };
}

export const never = new AbortController().signal;
