import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaptionRow, Entry, FileRow, IssueRow, OriginalRow } from '../../src/state/documents.ts';
import { manifestPieces, packRow, readManifest, unpackRow } from '../../src/state/manifest-text.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { caption, entry } from '../deliver/contact-sheet/entries.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'port-manifest-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

const head = { tool: 'content-port 1.0.0', export: { files: [], account: 'maya', posts: 2 }, totals: {} };
const rows = [entry({ key: '2025-03-02_09-15-04' }), entry({ key: '2025-03-03_09-15-04', linkPath: '/a/旅行' })];
const ours = (some = rows) => [...manifestPieces(head, some.map(packRow))].join('');

async function read(text: string) {
  const path = join(folder, 'manifest.json');
  await writeFile(path, text);
  const found = await readManifest(path, createFiles());
  return found === null || found === 'broken' ? found : { ...found, rows: found.rows.map(unpackRow) };
}

describe('manifest.json', () => {
  it.each([
    ['as we write it', ours()],
    ['as an editor lays it out', JSON.stringify(JSON.parse(ours()), null, 4)],
    ['on one line', JSON.stringify(JSON.parse(ours()))],
    ['with the line ends of Windows', ours().replaceAll('\n', '\r\n')],
    ['with something behind the rows', ours().replace(/\n\}\n$/, ',\n  "note": 1\n}\n')],
    ['with the rows first', `${JSON.stringify({ posts: rows, ...head }, null, 2)}\n`],
    ['with a row over several lines', ours().replace('{"key"', '{\n"key"')],
  ])('is read %s', async (_odd, text) => {
    expect(await read(text)).toMatchObject({ rows, listed: 2, head: { tool: head.tool } });
  });

  it.each([
    ['no rows', ours([]), [], 0],
    ['a row that is none', ours().replace('"delivered"', '"lost"'), rows.slice(1), 2],
    ['null for a row', ours().replace(/\n {4}\{.*\},\n/, '\n    null,\n'), rows.slice(1), 2],
  ])('with %s', async (_odd, text, left, listed) => {
    expect(await read(text)).toMatchObject({ rows: left, listed });
  });

  it.each([
    ['that ends in a row', ours().slice(0, -100)],
    ['that ends behind a row', ours().replace(/,\n.*\n.*\n\}\n$/, '')],
    ['with a comma too many', ours().replace(/\n {2}\]\n\}\n$/, ',\n  ]\n}\n')],
    ['with a comma too few', ours().replace('},\n    {', '}\n    {')],
    ['with its head cut off', ours().slice(10)],
    ['of nothing', ''],
    ['of other JSON', '[]'],
  ])('%s is broken', async (_odd, text) => {
    expect(await read(text)).toBe('broken');
  });

  it('of more objects than any archive has is broken, and not parsed', async () => {
    expect(await read(`{"posts":[${'{},[],'.repeat(2_500_001)}0]}`)).toBe('broken');
  });

  it('is read without a row that is far longer than any of port', async () => {
    const long = entry({ key: '2025-03-04_09-15-04', caption: caption({ body: 'x'.repeat(5_000_000) }) });
    const text = ours([...rows, long]);
    expect(await read(text)).toMatchObject({ rows, listed: 3 });
    expect(await read(ours([long, ...rows]))).toMatchObject({ rows, listed: 3 });
    // As a person’s editor lays it out it is read as a whole.
    expect(await read(JSON.stringify(JSON.parse(text)))).toMatchObject({ rows: [...rows, long], listed: 3 });
  });

  it('is not there', async () => {
    expect(await readManifest(join(folder, 'absent.json'), createFiles())).toBeNull();
  });

  it('says what it was reported, whatever is in its words', async () => {
    const word = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\n  ]\n}\n', ',\n  "posts": [', '},\n    {'));
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 4 }), async (words) => {
        const odd = words.map((linkPath, index) => entry({ key: `2025-03-02_09-15-0${index}`, linkPath }));
        const found = await read(ours(odd));
        expect(found).toMatchObject({ rows: odd, listed: odd.length });
      }),
      { numRuns: 100 },
    );
  });

  const every = {
    status: ['delivered', 'held', 'rejected', 'failed'],
    role: ['video', 'photo', 'cover', 'caption', 'subtitles'],
    action: ['copy', 'remux', 'transcode', 'slideshow', 'image', 'text', 'own'],
    severity: ['error', 'warning', 'info'],
    source: ['bundled', 'media', 'link', 'page'],
    matchedBy: ['key', 'sidecar', 'id', 'name-time', 'file-time', 'link', 'page'],
    captionSource: ['edited', 'csv', 'sidecar', 'listing', 'export', 'none'],
    captionMatchedBy: ['key', 'id', 'time', null],
    place: ['title', 'body', 'hashtag'],
  } as const satisfies {
    status: readonly Entry['status'][];
    role: readonly FileRow['role'][];
    action: readonly FileRow['action'][];
    severity: readonly IssueRow['severity'][];
    source: readonly OriginalRow['source'][];
    matchedBy: readonly OriginalRow['matchedBy'][];
    captionSource: readonly CaptionRow['source'][];
    captionMatchedBy: readonly CaptionRow['matchedBy'][];
    place: readonly NonNullable<IssueRow['place']>['part'][];
  };
  it('whatever was done with a post, its row is read again as it was written', async () => {
    const of = <T>(values: readonly T[], at: number) => values[at % values.length] as T;
    const all = Array.from({ length: 12 }, (_, at) => {
      const key = `2025-03-02_09-15-${10 + at}`;
      const issue: IssueRow = {
        ...{ code: 'x', severity: of(every.severity, at), actual: at % 2 ? 'a' : 1.5, limit: null, message: 'x' },
        place: { part: of(every.place, at), at },
      };
      return entry({
        key,
        status: of(every.status, at),
        issues: [issue],
        original: {
          ...{ path: 'originals/x.mp4', sha256: null, source: of(every.source, at), seconds: at },
          matchedBy: of(every.matchedBy, at),
        },
        cover: '3.5',
        fit: 'blur',
        caption: caption({ source: of(every.captionSource, at), matchedBy: of(every.captionMatchedBy, at) }),
        files: [{ ...file(`rednote/${key}/x`), role: of(every.role, at), action: of(every.action, at), why: [issue] }],
      });
    });
    expect(await read(ours(all))).toMatchObject({ rows: all, listed: all.length });
  });

  it.each<[string, Partial<ReturnType<typeof entry>>]>([
    ['a key that leads up', { key: '../../x' }],
    ['a key that is no time', { key: 'x' }],
    ['a platform that leads up', { target: '../..' }],
    ['a file above the folder', { files: [file('../../x')] }],
    ['a file above the folder, from its post', { files: [file('rednote/2025-03-02_09-15-04/../../../../x')] }],
    ['a file of another post', { files: [file('rednote/2025-03-03_09-15-04/video.mp4')] }],
    ['an original for a file', { files: [file('originals/2025-03-02_09-15-04.mp4')] }],
    ['a file at the root of the disk', { files: [file('/etc/passwd')] }],
    ['a file with the separators of Windows', { files: [file('rednote/2025-03-02_09-15-04/..\\..\\x')] }],
    ['a file on a drive', { files: [file('C:/x')] }],
  ])('a row with %s is unknown', async (_odd, planted) => {
    const text = ours([entry({ key: '2025-03-02_09-15-04', ...planted }), ...rows.slice(1)]);
    expect(await read(text)).toMatchObject({ rows: rows.slice(1), listed: 2 });
  });
});

function file(path: string): FileRow {
  return { path, role: 'caption', bytes: 1, sha256: '0', action: 'text', why: [], rendition: null };
}
