import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createHostQueue } from '../../src/originals/host-queue.ts';
import type { LocalFiles } from '../../src/originals/layers.ts';
import { chooseCandidate } from '../../src/originals/rivals.ts';
import { type FileVerdict, noVerdict, type SourceContext } from '../../src/originals/source.ts';
import { openProbeCache } from '../../src/state/probe-cache.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { temporaryFolder } from '../tools/folder.ts';
import { folderOf, key, never, photos, video, zip } from './world.ts';

const files = createFiles();
const { time } = video();
const idAt = (at: number) => String((BigInt(at) << 32n) | 77n);
const id = idAt(time - 4);
const sized = (width: number, height: number, odd: Partial<FileVerdict> = {}) => ({
  size: { width, height, seconds: 5 },
  ...odd,
});

interface Case {
  /** By the name of the file without its extension, its facts and what is seen in it. */
  readonly [name: string]: Partial<LocalFiles> & { readonly content?: string; readonly seen?: Partial<FileVerdict> };
}

/** Files in a folder, or in a ZIP, each a candidate of its own with the id of the post. */
async function candidatesOf(these: Case, packed = false): Promise<LocalFiles[]> {
  const content = Object.fromEntries(Object.entries(these).map(([name, each]) => [name, each.content ?? name]));
  const archive = packed ? zip(content) : await folderOf(content);
  return Object.entries(these).map(([name, { content: _content, seen: _seen, ...odd }]) => {
    const file = archive.files.find((each) => each.name === name);
    const own = new Map(file === undefined ? [] : [[0, file]]);
    const facts = { key: null, sidecar: null, tiktokIds: [id], nameTimes: [], fileTime: null, watermarked: false };
    return { kind: 'video', files: own, ...facts, ...odd };
  });
}

async function contextOf(seen: (name: string) => Partial<FileVerdict>, made: readonly string[] = []) {
  const looked: string[] = [];
  const context = {
    probeCache: await openProbeCache(temporaryFolder(), files),
    diskQueue: createHostQueue(2, 2),
    inspectFile: async (_kind: unknown, path: string) => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      looked.push(name);
      return { ...noVerdict, ...seen(name) };
    },
    isRendition: async (_post: unknown, sha256: string) =>
      made.some((content) => createHash('sha256').update(content).digest('hex') === sha256),
  } as unknown as SourceContext;
  return { context, looked };
}

/** `name by how seconds` of the one that is taken, or null, and the issues. */
async function chosen(these: Case, { post = video(), posts = 1, packed = false, made = [] as readonly string[] } = {}) {
  const candidates = await candidatesOf(these, packed);
  const { context, looked } = await contextOf((name) => these[name]?.seen ?? {}, made);
  const { fit, issues } = await chooseCandidate(post, { candidates, posts }, context, never);
  const name = fit && [...fit.candidate.files.values()].map((file) => file.name).join(' ');
  return {
    taken: fit && `${name} by ${fit.by} ${fit.seconds ?? '-'}`,
    issues: issues.map(({ code, severity, actual, limit }) => `${severity} ${code} ${actual}: ${limit}`),
    looked: looked.sort(),
  };
}

const another = (better: string) => `It is another version of ${better}, which is better.`;

describe('of several versions of one video', () => {
  it.each<[string, Case, string | null]>([
    ['the largest of three', { a: { seen: sized(3, 6) }, b: { seen: sized(9, 18) }, c: { seen: sized(6, 12) } }, 'b'],
    [
      'the one without a watermark, though smaller',
      { a: { seen: sized(3, 6) }, b: { watermarked: true, seen: sized(6, 12) } },
      'a',
    ],
    [
      'the larger, if both have a watermark',
      { a: { watermarked: true, seen: sized(3, 6) }, b: { watermarked: true, seen: sized(6, 12) } },
      'b',
    ],
    [
      'one with sound, though smaller than one whose sound is unknown',
      { a: { seen: sized(3, 6, { hasSound: true }) }, b: { seen: sized(6, 12) } },
      'a',
    ],
    [
      'the largest with sound',
      {
        a: { seen: sized(3, 6, { hasSound: true }) },
        b: { seen: sized(6, 12, { hasSound: true }) },
        c: { seen: sized(9, 18, { hasSound: false }) },
      },
      'b',
    ],
    [
      'the larger, if none has sound',
      { a: { seen: sized(3, 6, { hasSound: false }) }, b: { seen: sized(6, 12, { hasSound: false }) } },
      'b',
    ],
    [
      'none, if the size of the one with sound is unknown',
      { a: { seen: sized(3, 6) }, b: { seen: { hasSound: true } } },
      null,
    ],
    [
      'none, if one of three is another video',
      { a: { seen: sized(3, 6) }, b: { seen: sized(9, 18) }, c: { seen: sized(6, 6) } },
      null,
    ],
    [
      'none, if the two largest are of one size',
      { a: { seen: sized(3, 6) }, b: { seen: sized(9, 18) }, c: { seen: sized(9, 18) } },
      null,
    ],
    [
      'none, if one is known by its time only',
      { a: { seen: sized(3, 6) }, b: { tiktokIds: [], nameTimes: [time], seen: sized(6, 12) } },
      null,
    ],
    [
      'the larger, though its id is only in its sidecar',
      {
        a: { seen: sized(3, 6) },
        b: {
          tiktokIds: [],
          sidecar: { tiktokId: id, time: null, hasSound: false },
          seen: sized(6, 12),
        },
      },
      'b',
    ],
    [
      'none, if its sidecar has no id',
      {
        a: { seen: sized(3, 6) },
        b: {
          tiktokIds: [],
          sidecar: { tiktokId: null, time, hasSound: false },
          seen: sized(6, 12),
        },
      },
      null,
    ],
  ])('%s is taken', async (_name, these, taken) => {
    const found = await chosen(these);
    expect(found.taken).toBe(taken && `${taken} by ${taken === 'b' && these['b']?.sidecar ? 'sidecar -' : 'id 4'}`);
    const names = Object.keys(these);
    expect(found.issues).toEqual(
      taken === null
        ? [`warning several-files-fit ${names.length} files (${names.join(', ')}): ${key}`]
        : names.filter((name) => name !== taken).map((name) => `info passed-over ${name}: ${another(taken)}`),
    );
  });

  it('none is taken for photos', async () => {
    const these: Case = { a: { kind: 'photos', seen: sized(3, 6) }, b: { kind: 'photos', seen: sized(6, 12) } };
    expect((await chosen(these, { post: photos([]) })).taken).toBeNull();
  });
});

describe('how the only one that is left was matched', () => {
  const sidecar = { tiktokId: null, time: time + 3, hasSound: false };
  it.each<[string, Partial<LocalFiles>, string]>([
    ['the key', { key, nameTimes: [time] }, 'key -'],
    ['a sidecar with a time', { sidecar, nameTimes: [time] }, 'sidecar 3'],
    ['a sidecar with an id', { sidecar: { ...sidecar, time: null, tiktokId: id } }, 'sidecar -'],
    ['an id', { tiktokIds: [id], nameTimes: [time] }, 'id 4'],
    ['the nearer of two ids', { tiktokIds: [idAt(time - 9), id] }, 'id 4'],
    ['an id without a time', { tiktokIds: ['123'] }, 'id -'],
    ['the nearer of two times', { nameTimes: [time + 9, time - 2] }, 'name-time 2'],
    ['a minute', { nameMinutes: [time - 4], fileTime: time + 7 }, 'name-time 0'],
    ['the time in the file', { fileTime: time - 7 }, 'file-time 7'],
    ['nothing that has a time', { key: 'another' }, 'file-time -'],
  ])('%s', async (_name, odd, by) => {
    const bare = { tiktokIds: [], ...odd };
    const { taken, issues } = await chosen({ a: bare, b: { seen: { why: 'It is broken.' } } });
    expect([taken, issues]).toEqual([`a by ${by}`, ['warning passed-over b: It is broken.']]);
  });
});

describe('copies of one file', () => {
  it('are one, the one with the shortest name, in a folder and in a ZIP', async () => {
    const these: Case = { 'a (1)': { content: 'x' }, b: { content: 'x' }, a: { content: 'x' } };
    for (const packed of [false, true]) {
      expect(await chosen(these, { packed })).toMatchObject({ taken: 'a by id 4', issues: [] });
    }
  });

  it('are not inspected in a ZIP', async () => {
    const these: Case = { a: { content: 'x', seen: { why: 'no' } }, b: { content: 'x' } };
    expect(await chosen(these, { packed: true })).toMatchObject({ taken: 'a by id 4', looked: [] });
  });

  it('count once among versions', async () => {
    const { taken, issues } = await chosen({ a: { content: 'x' }, 'a (1)': { content: 'x' }, b: {} });
    expect([taken, issues]).toEqual([null, [`warning several-files-fit 2 files (a, b): ${key}`]]);
  });

  it('of some photos of a post are left out beside all of its photos', async () => {
    const archive = await folderOf({ 'all/1.jpg': 'x', 'all/2.jpg': 'y', '1.jpg': 'x' });
    const file = (name: string) => archive.files.find((each) => each.name === name) ?? raise(name);
    const [base] = await candidatesOf({ a: { kind: 'photos' } });
    const some = { ...(base ?? raise('a')), files: new Map([[0, file('1.jpg')]]) };
    const all = {
      ...some,
      files: new Map([
        [0, file('all/1.jpg')],
        [1, file('all/2.jpg')],
      ]),
    };
    const other = { ...some, files: new Map([[1, file('1.jpg')]]) };
    const { context } = await contextOf(() => ({}));
    const choose = async (...candidates: LocalFiles[]) =>
      (await chooseCandidate(photos([]), { candidates, posts: 1 }, context, never)).fit?.candidate ?? null;
    expect(await choose(some, all)).toBe(all);
    expect(await choose(other, all)).toBeNull();
    expect(await choose({ ...some, files: new Map([...some.files, ...other.files]) }, all)).toBeNull();
  });
});

describe('files that are left out', () => {
  it('each with its reason: it cannot be read, or port made it', async () => {
    const found = await chosen({ a: { seen: { why: 'It is broken.' } }, b: {}, c: {} }, { made: ['b'] });
    expect(found).toMatchObject({
      taken: 'c by id 4',
      issues: [
        'warning passed-over a: It is broken.',
        'warning passed-over b: It is what port made of the original, not the original.',
      ],
    });
  });

  it('one whose archive is damaged', async () => {
    const archive = zip({ a: new Error('invalid block'), b: 'b' });
    const [base] = await candidatesOf({ a: {} });
    const candidates = archive.files.map((file) => ({ ...(base ?? raise('a')), files: new Map([[0, file]]) }));
    const { context } = await contextOf(() => ({}));
    const { fit, issues } = await chooseCandidate(video(), { candidates, posts: 1 }, context, never);
    expect(fit?.candidate).toBe(candidates[1]);
    expect(issues.map(({ limit }) => limit)).toEqual(['It cannot be read (invalid block).']);
  });

  it('none, if the machine fails, or the run is stopped', async () => {
    const candidates = await candidatesOf({ a: {}, b: {} });
    const full = Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'read' });
    const { context } = await contextOf(() => {
      throw full;
    });
    await expect(chooseCandidate(video(), { candidates, posts: 1 }, context, never)).rejects.toBe(full);
    const stopped = AbortSignal.abort(new Error('Ctrl-C'));
    await expect(chooseCandidate(video(), { candidates, posts: 1 }, context, stopped)).rejects.toThrow('Ctrl-C');
  });
});

describe('the person has to choose', () => {
  const many = (count: number): Case =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index + 1}`, { content: 'x' }]));

  it('among more than eight files, which are not inspected; four are named', async () => {
    expect((await chosen(many(8))).taken).toBe('f1 by id 4');
    expect(await chosen(many(9))).toEqual({
      ...{ taken: null, looked: [] },
      issues: [`warning several-files-fit 9 files (f1, f2, f3, f4, ...): ${key}`],
    });
  });

  it('and is told the names of up to 24 files, but not where it is one file for two posts', async () => {
    const filesOf = async (count: number, posts: number) => {
      const candidates = await candidatesOf(many(count));
      const { issues } = await chooseCandidate(
        video(),
        { candidates, posts },
        (await contextOf(() => ({}))).context,
        never,
      );
      return issues.map(({ files: names }) => names?.length);
    };
    expect([await filesOf(9, 1), await filesOf(25, 1), await filesOf(1, 2)]).toEqual([[9], [24], [undefined]]);
  });

  it.each<[string, Case, string]>([
    ['one file for two posts: which, by the key of its post', { a: {} }, `several-posts-fit 2: ${key}`],
    ['one file with the key of the first: by `-1`', { a: { key } }, `several-posts-fit 2: ${key}-1`],
    ['one file with another key', { a: { key: 'other' } }, `several-posts-fit 2: ${key}`],
    ['two files, four names', { a: {}, b: {} }, `several-files-fit 2 files (a, b): ${key}`],
    ['two files, one with the key', { a: {}, b: { key } }, 'several-files-fit 2 files (a, b): null'],
    ['four files', many(4), `several-files-fit 4 files (f1, f2, f3, f4): ${key}`],
  ])('%s', async (_name, these, issue) => {
    const found = await chosen(these, { posts: 2 });
    expect(found).toEqual({ taken: null, issues: [`warning ${issue}`], looked: [] });
  });
});

function raise(name: string): never {
  throw new Error(`no ${name}`);
}
