import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatherBeside, gatherGiven } from '../../src/captions/gather.ts';
import { readSidecar } from '../../src/captions/sidecar.ts';
import { zip } from '../originals/world.ts';

const time = 1_740_906_904;
const id = ((BigInt(time - 5) << 32n) + 5n).toString();

describe('a sidecar', () => {
  it.each<[string, object, object]>([
    [
      'new yt-dlp',
      { id, title: 'One two...', description: 'One\r\ntwo #x', timestamp: time },
      { text: 'One\ntwo #x', tiktokId: id, time },
    ],
    ['old yt-dlp: the title is the caption', { id, title: 'All of it #x' }, { text: 'All of it #x', time: null }],
    ['a cut title is no caption', { id, title: `${'x'.repeat(72)}...` }, { text: null }],
    ['no caption', { id, title: `TikTok video #${id}` }, { text: '' }],
    ['no caption, new', { id, title: `TikTok video #${id}`, description: '' }, { text: '' }],
    [
      'likes, length, sound',
      { id, like_count: 7, duration: 9, track: 'a', artists: ['b', 'c'] },
      { likes: 7, seconds: 9, sound: 'a - b, c' },
    ],
    ['a slideshow, of which yt-dlp has the sound', { id, vcodec: 'none' }, { kind: 'photos' }],
    [
      'gallery-dl',
      {
        id,
        desc: 'x #y',
        createTime: time,
        author: { uniqueId: 'maya' },
        imagePost: { title: 'T', images: [{}] },
        stats: { diggCount: 3 },
      },
      { text: 'x #y', title: 'T', time, kind: 'photos', likes: 3, uploader: 'maya' },
    ],
    [
      'gallery-dl, of a video',
      { id, desc: '', createTime: String(time), author: 'maya', video: { duration: 12 } },
      { text: '', kind: 'video', seconds: 12 },
    ],
    ['what gallery-dl prints', [[2, { id, desc: 'x' }]], { text: 'x' }],
    ['an id of the app without a date', { aweme_id: id, desc: 'x' }, { text: 'x', tiktokId: id, time: null }],
    ['a playlist', { _type: 'playlist', entries: [{ id, description: 'x' }] }, { text: 'x' }],
  ])('%s', (_name, json, expected) => {
    expect(readSidecar(JSON.stringify(json), 'x.json')?.notes).toMatchObject([expected]);
  });

  const share = `https://www.tiktok.com/@maya/video/${id}`;
  const item = { id, desc: 'One #x', createTime: time, author: { uniqueId: 'maya' } };
  it.each<[string, unknown]>([
    ['the app', { aweme_id: id, desc: 'One #x', create_time: time, author: { unique_id: 'maya' } }],
    [
      'the Display API',
      { data: { videos: [{ id, create_time: time, title: '', video_description: 'One #x', share_url: share }] } },
    ],
    ['an itemList', { itemList: [item], hasMore: false }],
    ['a bare list', [item]],
    ['a scraper', [{ id, text: 'One #x', createTime: time, authorMeta: { name: 'maya' }, webVideoUrl: share }]],
  ])('as %s saves it', (_name, json) => {
    expect(readSidecar(JSON.stringify(json), 'x.json')?.notes).toMatchObject([{ text: 'One #x', tiktokId: id, time }]);
  });

  it('of another site is ignored', () => {
    expect(readSidecar(JSON.stringify({ id: 'dQw4w9WgXcQ', timestamp: time, extractor: 'youtube' }), 'x')).toBeNull();
  });

  it.each<[string, object, string | null]>([
    ['a time that is none', { id, timestamp: 'NaN', description: 'x' }, null],
    ['a time in milliseconds', { id, timestamp: time * 1000, description: 'x' }, null],
    ['an id that lost its digits', { id: Number(id), timestamp: time, description: 'x' }, null],
    ['a caption that is a number', { id, timestamp: time, description: 12 }, 'its caption is no text'],
    ['a caption that is an object', { id, createTime: time, desc: {} }, 'its caption is no text'],
  ])('with %s keeps the rest', (_name, json, problem) => {
    const reading = readSidecar(JSON.stringify(json), 'x');
    expect(reading?.notes).toHaveLength(1);
    expect(reading?.problem).toBe(problem);
  });

  it('any JSON gives a result', () => {
    const known = fc.constantFrom(
      'id',
      'description',
      'desc',
      'timestamp',
      'createTime',
      'author',
      'imagePost',
      'entries',
      'artists',
    );
    fc.assert(
      fc.property(fc.dictionary(known, fc.jsonValue()), (value) => {
        for (const note of readSidecar(JSON.stringify(value), 'x')?.notes ?? []) {
          expect(note.text === null || typeof note.text === 'string').toBe(true);
          expect(note.time === null || Number.isSafeInteger(note.time)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a folder of sidecars', () => {
  const good = JSON.stringify({ id, timestamp: time, description: 'x' });
  const codes = (gathered: { issues: readonly { code: string; actual: unknown; limit: unknown }[] }) =>
    gathered.issues.map(({ code, actual, limit }) => `${code} ${actual}: ${limit}`);

  it('hostile files are issues, the others are read', async () => {
    const archive = zip({
      'good.info.json': good,
      'huge.info.json': `{"id":"${id}","description":"${'x'.repeat(9 << 20)}"}`,
      'deep.info.json': `${'['.repeat(200_000)}${']'.repeat(200_000)}`,
      'half.info.json': good.slice(0, 20),
      'number.info.json': JSON.stringify({ id, timestamp: time, description: 12 }),
      'broken.info.json': new Error('CRC'),
      'package.json': '{"name":"x"}',
    });
    const { notes, issues } = await gatherBeside(archive);
    expect(notes.map(({ origin }) => origin).sort()).toEqual(['good.info.json', 'number.info.json']);
    // Three by name, two more by their number: five that could not be read as they should be.
    expect(issues.map(({ code }) => code)).toEqual([...Array(3).fill('captions-unread'), 'captions-unread-more']);
    expect(issues.at(-1)).toEqual({ code: 'captions-unread-more', severity: 'warning', actual: 2, limit: null });
    expect(JSON.stringify(issues)).toMatch(/larger than 8 MB/);
    expect(JSON.stringify(issues)).toMatch(/no JSON|no text/);
  });

  it('a file given by name that is not understood is reported', async () => {
    expect(codes(await gatherGiven(zip({ 'notes.doc': 'x', 'a/b.txt': 'y' })))).toEqual([
      'captions-unread /export.zip: there are no captions in it',
    ]);
    expect(codes(await gatherGiven(zip({ 'a.csv': 'x,y\n1,2\n' })))).toEqual([
      'captions-unread a.csv: it has no column “caption” (it has: x, y): call the column with the captions so',
    ]);
  });

  it.each([
    ['list.xlsx', 'Excel (xlsx)'],
    ['list.XLS', 'Excel (xls)'],
    ['my list.ODS', 'LibreOffice (ods)'],
    ['list.numbers', 'Numbers (numbers)'],
  ])('given by name, the workbook %s is told as a file of %s', async (name, program) => {
    const [told] = codes(await gatherGiven(zip({ [name]: 'PK' })));
    expect(told).toContain(`captions-unread ${name}: it is a file of ${program} and no CSV`);
  });

  const lines = ['One 🌊', 'Twó'].map((description, n) =>
    JSON.stringify({ id: String(BigInt(id) + BigInt(n)), timestamp: time + n, description }),
  );
  const text = `${lines.join('\n')}\n`;
  const utf16 = Buffer.from(text, 'utf16le');
  it.each<[string, string, Uint8Array]>([
    ['JSON lines called .json', 'list.json', Buffer.from(text)],
    ['JSON lines called .jsonl', 'list.jsonl', Buffer.from(text)],
    ['JSON lines called .ndjson', 'list.ndjson', Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['JSON lines in UTF-16 with its mark', 'list.json', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['JSON lines in UTF-16 without it', 'list.json', utf16],
    ['JSON lines in UTF-16, the other way round', 'list.json', Buffer.from(utf16).swap16()],
    ['JSON lines in UTF-8 with its mark', 'list.json', Buffer.from(`\ufeff${text}`)],
    ['one document in UTF-16', 'list.json', Buffer.from(`\ufeff[${lines.join(',')}]`, 'utf16le')],
  ])('%s: all captions are read', async (_name, file, bytes) => {
    const { notes, issues } = await gatherGiven(zip({ [file]: bytes }));
    expect(notes.map((note) => note.text)).toEqual(['One 🌊', 'Twó']);
    expect(issues).toEqual([]);
  });

  it('other JSON files next to media are ignored', async () => {
    expect(await gatherBeside(zip({ 'package.json': '{}', 'notes.json': '{', '._a.info.json': 'x' }))).toMatchObject({
      notes: [],
      issues: [],
    });
  });
});
