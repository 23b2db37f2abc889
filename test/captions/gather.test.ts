import { describe, expect, it } from 'vitest';
import { type Gathered, gatherBeside, gatherGiven } from '../../src/captions/gather.ts';
import { readSidecarFile } from '../../src/captions/sidecar.ts';
import type { Archive } from '../../src/tools/archive.ts';
import { zip } from '../originals/world.ts';

const time = 1_740_906_904;
const id = ((BigInt(time - 5) << 32n) + 5n).toString();
const post = (text: string) => JSON.stringify({ id, timestamp: time, description: text });
const table = (text: string) => `key,caption\n2025-03-02_09-15-04,${text}\n`;

const read = ({ notes, issues }: Gathered) => ({
  texts: notes.map(({ text, origin }) => `${origin}: ${text}`),
  told: issues.map(({ code, actual, limit }) => `${code} ${actual}: ${limit}`),
});

/** An archive whose files cannot be read. */
function damaged(names: readonly string[], error: unknown): Archive {
  const archive = zip(Object.fromEntries(names.map((name) => [name, 'x'])));
  return { ...archive, files: archive.files.map((file) => ({ ...file, read: () => Promise.reject(error) })) };
}

describe('of files that a person names', () => {
  it.each<[string, Readonly<Record<string, string>>, string[]]>([
    [
      'tables and JSON, in any case',
      { 'a.CSV': table('a'), 'b.tsv': table('b'), 'c.JSON': post('c') },
      ['a', 'b', 'c'],
    ],
    ['lines of JSON, in any case', { 'a.JSONL': post('a'), 'b.ndJson': post('b') }, ['a', 'b']],
    ['a table of any name, alone', { 'a.txt': table('a') }, ['a']],
    ['no table of any name beside others', { 'a.txt': table('a'), 'b.csv': table('b') }, ['b']],
    ['no table whose name only has .csv inside', { 'a.csv.txt': table('a'), 'b.csv': table('b') }, ['b']],
    ['no hidden files', { '.a.csv': table('a'), 'x/._b.csv': table('b'), 'c.csv': table('c') }, ['c']],
    ['no files of the Finder', { '__MACOSX/a.csv': table('a'), 'x/__MACOSX/b.csv': table('b') }, []],
    ['a file with the name of such a folder', { 'MY__MACOSX/a.csv': table('a'), 'x.y/b.csv': table('b') }, ['a', 'b']],
    ['no list of the sources of originals', { 'x/sources.jsonl': post('a'), 'b.json': post('b') }, ['b']],
  ])('%s', async (_name, files, texts) => {
    const { notes } = await gatherGiven(zip(files));
    expect(notes.map(({ text }) => text)).toEqual(texts);
  });

  it('a hidden file does not count, so that a table of any name is alone', async () => {
    expect(read(await gatherGiven(zip({ '.DS_Store': 'x', 'list.txt': table('a') })))).toEqual({
      texts: ['list.txt: a'],
      told: [],
    });
  });

  it('the name of the place and its files are reported', async () => {
    expect((await gatherGiven(zip({ 'a.csv': table('a') }))).name).toBe('/export.zip');
  });

  it.each<[string, string, string]>([
    ['JSON of no post', 'a.json', 'captions-unread a.json: it contains no TikTok post that port understands'],
    [
      'JSON of no post, in lines',
      'a.jsonl',
      'captions-unread a.jsonl: it contains no TikTok post that port understands',
    ],
  ])('%s is reported', async (_name, file, told) => {
    expect(read(await gatherGiven(zip({ [file]: '{"a":1}' })))).toEqual({ texts: [], told: [told] });
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['nothing', {}],
    ['a table without rows', { 'a.csv': 'key,caption\n' }],
  ])('in %s there are no captions, which is reported', async (_name, files) => {
    expect(read(await gatherGiven(zip(files))).told).toEqual([
      'captions-unread /export.zip: there are no captions in it',
    ]);
  });

  it('known words tell the encoding of a table', async () => {
    const latin = zip({ 'a.csv': Uint8Array.from(Buffer.from(table('Möwen'), 'latin1')) });
    expect(read(await gatherGiven(latin, ['Möwen'])).texts).toEqual(['a.csv: Möwen']);
    expect(read(await gatherGiven(latin)).told).toHaveLength(1);
  });

  it.each<[string, unknown, string]>([
    ['an error', new Error('the ZIP is damaged here'), 'the ZIP is damaged here'],
    ['something else', 'gone', 'gone'],
  ])('a table that cannot be read is reported with %s', async (_name, error, why) => {
    for (const file of ['a.csv', 'a.json'])
      expect(await gatherGiven(damaged([file], error))).toMatchObject({
        notes: [],
        issues: [{ code: 'captions-unread', severity: 'warning', actual: file, limit: why }],
      });
  });

  it.each<[number, string[]]>([
    [3, ['captions-unread 0.csv: x', 'captions-unread 1.csv: x', 'captions-unread 2.csv: x']],
    [
      5,
      [
        ...['captions-unread 0.csv: x', 'captions-unread 1.csv: x', 'captions-unread 2.csv: x'],
        'captions-unread-more 2: null',
      ],
    ],
  ])('of %i files that cannot be read, three are named and the others counted', async (count, told) => {
    const names = Array.from({ length: count }, (_, index) => `${index}.csv`);
    const gathered = await gatherGiven(damaged(names, new Error('x')));
    expect(read(gathered).told).toEqual(told);
    expect(new Set(gathered.issues.map(({ severity }) => severity))).toEqual(new Set(['warning']));
  });

  it('lists of many posts may be larger than sidecars, but not of any size', async () => {
    const [file] = zip({ 'a.json': `${post('a')}${' '.repeat(2 << 20)}` }).files;
    if (file === undefined) throw new Error('no file');
    expect(await readSidecarFile(file, 1 << 20)).toEqual({ notes: [], problem: 'it is larger than 1 MB' });
    const [again] = zip({ 'a.json': post('a') }).files;
    if (again === undefined) throw new Error('no file');
    expect((await readSidecarFile(again, again.bytes))?.notes).toHaveLength(1);
  });
});

describe('of files beside media', () => {
  const none = { texts: [], told: [] };
  it.each<[string, string, string, ReturnType<typeof read>]>([
    ['a sidecar', 'a.info.json', post('a'), { texts: ['a.info.json: a'], told: [] }],
    ['a sidecar of gallery-dl', 'a.mp4.json', post('a'), { texts: ['a.mp4.json: a'], told: [] }],
    ['a list', 'list.json', post('a'), { texts: ['list.json: a'], told: [] }],
    ['lines of JSON', 'list.jsonl', post('a'), { texts: ['list.jsonl: a'], told: [] }],
    ['a table', 'a.csv', table('a'), none],
    ['a hidden sidecar', '.a.info.json', post('a'), none],
    [
      'a sidecar of no post, by its name',
      'a.INFO.json',
      '{"a":1}',
      { texts: [], told: ['captions-unread a.INFO.json: it contains no TikTok post'] },
    ],
    ['other JSON with the name of a media file', 'a.mp4.json', '{"a":1}', none],
    ['lines of other JSON', 'a.info.jsonl', '{"a":1}', none],
    ['a post in a file with another ending', 'a.jsonx', post('a'), none],
    [
      'what is no JSON, with the name of a media file',
      'a.mp4.json',
      '{',
      { texts: [], told: ['captions-unread a.mp4.json: it is no JSON'] },
    ],
    [
      'what is no JSON, with the name of a picture',
      'a.webp.JSON',
      '{',
      { texts: [], told: ['captions-unread a.webp.JSON: it is no JSON'] },
    ],
    ['what is no JSON, with another name', 'package.json', '{', none],
    ['what is no JSON, with an ending of one letter', 'a.b.json', '{', none],
    ['what is no JSON, with an ending of five letters', 'a.video.json', '{', none],
    ['what is no JSON, in a folder with such a name', 'a.mp4.json/b.json', '{', none],
  ])('%s', async (_name, file, content, expected) => {
    expect(read(await gatherBeside(zip({ [file]: content })))).toEqual(expected);
  });

  it('a file of any name that cannot be opened is reported, since it may be a sidecar', async () => {
    expect(read(await gatherBeside(damaged(['a.json'], new Error('x')))).told).toEqual(['captions-unread a.json: x']);
  });

  it('a sidecar in an old encoding is reported', async () => {
    const latin = Uint8Array.from(Buffer.from(post('Möwen am Meer'), 'latin1'));
    expect(read(await gatherBeside(zip({ 'a.info.json': latin }))).told).toEqual([
      'captions-unread a.info.json: its letters are not stored as UTF-8: save it again in UTF-8',
    ]);
  });
});
