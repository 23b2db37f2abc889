import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { InterruptedError } from '../../src/errors.ts';
import { openChoices } from '../../src/pipeline/choices.ts';
import { decidePost } from '../../src/pipeline/decide-post.ts';
import { jobOf } from '../../src/pipeline/deliver-post.ts';
import { distinct, type Media, obtain, presenceCheckOf } from '../../src/pipeline/make-renditions.ts';
import { processPost } from '../../src/pipeline/process-post.ts';
import { openStills } from '../../src/render/stills.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { damagedExport, damagedKey } from '../damaged-export.ts';
import { temporaryFolder } from '../media.ts';
import { openAccountRun, realTools, writeExport } from './account-run.ts';
import { tinyVideo } from './tiny-media.ts';
import { watched } from './watched-tools.ts';

/** A video that every platform takes as it is, and one that each has encoded. */
const [whole, old] = ['2025-06-01_10-00-00', '2025-06-02_10-00-00'];
let input: { readonly export: string; readonly media: string };
/** A video whose packets are copied and then do not decode, so that it is encoded instead. */
let damaged: typeof input;

beforeAll(async () => {
  const folder = await temporaryFolder();
  const media = join(folder, 'media');
  await mkdir(media);
  await tinyVideo(media, 'whole.mp4', `${whole}.mp4`);
  await tinyVideo(media, 'old.mp4', `${old}.mp4`);
  const rows = [{ Date: '2025-06-01 10:00:00' }, { Date: '2025-06-02 10:00:00' }];
  input = { export: await writeExport(folder, rows), media };
  const { json, media: broken } = await damagedExport(await temporaryFolder());
  damaged = { export: json, media: broken };
});

type Opened = Awaited<ReturnType<typeof openAccountRun>>;
interface Way {
  readonly of?: typeof input;
  readonly to?: string;
  readonly out?: string;
  /** Replaces what ffmpeg does; its arguments are those of an encoding or of a copy. */
  readonly ffmpeg?: (isEncoding: boolean) => void;
}

async function opened({ of = input, to = 'rednote,lemon8', out, ffmpeg = () => {} }: Way) {
  const did: string[] = [];
  const world = await realTools();
  const tools: Tools = {
    ...world,
    ffmpeg: {
      ...world.ffmpeg,
      async run(job, ...rest) {
        ffmpeg(job.outputOptions.includes('libx264'));
        await world.ffmpeg.run(job, ...rest);
      },
    },
  };
  const flags = { to, media: [of.media], encoder: 'software' };
  const at = { export: of.export, ...(out !== undefined && { out }) };
  return { ...(await openAccountRun({ ...at, tools: watched(tools, (what) => did.push(what)) }, flags)), did };
}

/** The packages of a post that are to be made, as a run decides. */
async function packagesOf({ run, postOf }: Opened, key: string) {
  const post = postOf(key);
  const fetched = await run.originals.get(post, run.signal);
  const [captions, stills] = [await run.loadedCaptions.all(), openStills(run.tools, run.signal)];
  const deciding = { targets: run.options.to, measuring: 'all', writes: true, stills } as const;
  const choices = await openChoices(post, captions, run);
  const decisions = await decidePost(post, fetched, captions, choices, run, deciding);
  return decisions.flatMap((each) =>
    each.kind === 'deliver' ? [{ delivery: each.delivery, job: jobOf(post, each.delivery, run) }] : [],
  );
}

/** Makes the video of a post for all its packages: what was done for it, where it is, and what failed. */
async function madeVideo(key: string, way: Way = {}) {
  const found = await opened(way);
  const { run, postOf, did } = found;
  const wanted = distinct(await packagesOf(found, key)).filter(({ file }) => file.role === 'video');
  const media: Media = new Map();
  did.length = 0;
  const failures = [];
  for (const each of wanted)
    failures.push(...(await obtain(each, postOf(key), media, openStills(run.tools, run.signal), run)));
  const paths = wanted.flatMap(({ places }) => places.map(({ path }) => path));
  const failed = failures.map(
    ({ places, wrong }) =>
      `${places.map(({ target }) => target.name).join()}: ${wrong.map(({ code, actual }) => `${code} ${actual}`).join()}`,
  );
  return { ...found, wanted, media, paths, failed };
}

/** Delivers a post in a run of its own. */
async function delivered(key: string, way: Way): Promise<string> {
  const out = way.out ?? (await temporaryFolder());
  const { run, postOf, save } = await opened({ ...way, out });
  const post = postOf(key);
  await processPost(post, await run.originals.get(post, run.signal), await run.loadedCaptions.all(), run);
  await save();
  return out;
}

const bytesOf = async (paths: readonly string[]) => Promise.all(paths.map(async (path) => readFile(path)));
const inodesOf = async (paths: readonly string[]) =>
  new Set(await Promise.all(paths.map(async (path) => (await stat(path)).ino)));

describe('a rendition', () => {
  it('that two platforms share is made once, and is one file with the time of the post', async () => {
    const { wanted, did, paths, media, failed, postOf } = await madeVideo(old);
    expect([wanted.length, paths.length, failed]).toEqual([1, 2, []]);
    expect(did.filter((each) => each === 'ffmpeg')).toHaveLength(1);
    expect(await inodesOf(paths)).toHaveProperty('size', 1);
    expect((await stat(paths[0] ?? '')).mtimeMs).toBe(postOf(old).time * 1000);
    const [one, other] = ['rednote', 'lemon8'].map((name) => media.get(`${name}/${old}/video.mp4`));
    expect(one).toEqual({ bytes: (await stat(paths[0] ?? '')).size, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(other).toEqual(one);
  });

  it('that differs between platforms is listed for each', async () => {
    const found = await opened({});
    const all = distinct(await packagesOf(found, whole));
    const lines = all.map(({ file, places }) => `${file.role}: ${places.map(({ target }) => target.name).join()}`);
    expect(lines).toEqual(['video: rednote,lemon8', 'cover: rednote,lemon8']);
    const shorts = distinct(await packagesOf(await opened({ to: 'rednote,shorts' }), whole));
    // A cover of another shape.
    expect(shorts.map(({ places }) => places.length)).toEqual([2, 1, 1]);
  });

  it('of a video that platforms take as it is has the bytes and the hash of the original, which stays', async () => {
    const { did, paths, media } = await madeVideo(whole);
    const original = join(input.media, `${whole}.mp4`);
    const before = await readFile(original);
    for (const bytes of await bytesOf(paths)) expect(bytes.equals(before)).toBe(true);
    expect(did).not.toContain('ffmpeg');
    const { files } = await realTools();
    const sha256 = await files.sha256(original, new AbortController().signal);
    expect([...media.values()].map((each) => each.sha256)).toEqual([sha256, sha256]);
    expect(await inodesOf([original, ...paths])).toHaveProperty('size', 2);
  });
});

describe('a rendition of an earlier run', () => {
  const earlier = (out: string) => join(out, 'maya/rednote', old, 'video.mp4');

  it('is reused for another platform, without encoding it again', async () => {
    const out = await delivered(old, { to: 'rednote' });
    const { did, paths, media } = await madeVideo(old, { to: 'lemon8', out });
    expect([did, paths.length]).toEqual([[], 1]);
    expect(await inodesOf([earlier(out), ...paths])).toHaveProperty('size', 1);
    expect(media.get(`lemon8/${old}/video.mp4`)?.bytes).toBe((await stat(earlier(out))).size);
  });

  it.each<[string, (path: string) => Promise<void>]>([
    ['that a person replaced', async (path) => writeFile(path, 'mine')],
    ['that a person deleted', async (path) => rm(path)],
    [
      'that a person changed, with the same size',
      async (path) => writeFile(path, Buffer.alloc((await stat(path)).size)),
    ],
  ])('%s is made anew for another platform, and the file of the person stays', async (_name, change) => {
    const out = await delivered(old, { to: 'rednote' });
    await change(earlier(out));
    const theirs = await readFile(earlier(out)).catch(() => null);
    const { did, paths } = await madeVideo(old, { to: 'lemon8', out });
    expect(did.filter((each) => each === 'ffmpeg')).toHaveLength(1);
    expect((await readFile(paths[0] ?? '')).includes('ftyp')).toBe(true);
    expect(await readFile(earlier(out)).catch(() => null)).toEqual(theirs);
  });
});

describe('a rendition that cannot be made', () => {
  const system = (code: string) => Object.assign(new Error(`${code}: write`), { code, syscall: 'write', path: 'a' });

  it.each<[string, unknown, string]>([
    ['because a program fails', new Error('no such filter'), 'render-failed no such filter'],
    ['because a program throws a string', 'oops', 'render-failed oops'],
    ['because the disk is full', system('ENOSPC'), 'disk-full null'],
  ])('%s fails for all platforms that share it, and nothing half-made is left', async (_name, thrown, expected) => {
    const fail = () => {
      throw thrown;
    };
    const { failed, paths, media, run } = await madeVideo(old, { ffmpeg: fail });
    expect(failed).toEqual([`rednote,lemon8: ${expected}`]);
    expect(media.size).toBe(0);
    for (const path of paths) expect(await run.tools.files.list(join(path, '..'))).toEqual([]);
  });

  it('because of an interruption is no failure', async () => {
    const stop = () => {
      throw new InterruptedError('Interrupted');
    };
    await expect(madeVideo(old, { ffmpeg: stop })).rejects.toThrow(InterruptedError);
  });
});

describe('copied packets that do not decode', () => {
  it('are encoded instead, once for all platforms, and each row says instead of what', async () => {
    const tried: boolean[] = [];
    const ffmpeg = (isEncoding: boolean) => void tried.push(isEncoding);
    const { failed, paths, media, wanted } = await madeVideo(damagedKey, { of: damaged, ffmpeg });
    expect([failed, tried]).toEqual([[], [false, true]]);
    expect(await inodesOf(paths)).toHaveProperty('size', 1);
    const instead = wanted[0]?.file.instead;
    expect(instead).toBeDefined();
    expect([...media.values()].map((each) => each.instead?.key)).toEqual([instead?.key, instead?.key]);
  });

  it('are not tried again in the next run, for another platform either', async () => {
    const out = await delivered(damagedKey, { of: damaged, to: 'rednote' });
    const tried: boolean[] = [];
    const ffmpeg = (isEncoding: boolean) => void tried.push(isEncoding);
    const { failed, media } = await madeVideo(damagedKey, { of: damaged, to: 'lemon8', out, ffmpeg });
    expect([failed, tried, media.size]).toEqual([[], [], 1]);
  });

  it('and cannot be encoded either fail with the reason of the encoder', async () => {
    const ffmpeg = (isEncoding: boolean) => {
      if (isEncoding) throw new Error('no encoder');
    };
    const { failed, media } = await madeVideo(damagedKey, { of: damaged, ffmpeg });
    expect([failed, media.size]).toEqual([['rednote,lemon8: render-failed no encoder'], 0]);
  });

  it('where the disk is full: nothing else is tried', async () => {
    let tries = 0;
    const ffmpeg = () => {
      tries++;
      throw system();
    };
    const system = () => Object.assign(new Error('ENOSPC: write'), { code: 'ENOSPC', syscall: 'write' });
    const { failed } = await madeVideo(damagedKey, { of: damaged, ffmpeg });
    expect([failed, tries]).toEqual([['rednote,lemon8: disk-full null'], 1]);
  });
});

it('a file of an earlier delivery is hashed once', async () => {
  const { run } = await opened({});
  const path = join(input.media, `${whole}.mp4`);
  const facts = await run.tools.files.facts(path);
  if (facts === null) throw new Error(path);
  let hashed = 0;
  const sha256 = async (...file: Parameters<Tools['files']['sha256']>) => {
    hashed++;
    return run.tools.files.sha256(...file);
  };
  const { hashOf } = presenceCheckOf({ ...run, tools: { ...run.tools, files: { ...run.tools.files, sha256 } } });
  expect(await hashOf(path, facts)).toBe(await hashOf(path, facts));
  expect(hashed).toBe(1);
});
