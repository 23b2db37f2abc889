import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isSchemaWord } from '../../src/exports/schema-words.ts';
import { describe as describeValue } from '../../src/exports/shape.ts';
import { skeletonOf } from '../../src/exports/skeleton.ts';
import { file, fixtures } from './files.ts';

const draw = async (value: unknown, name = 'user_data_tiktok.json') =>
  JSON.parse(await skeletonOf([file(name, JSON.stringify(value))])).files[0];

test('keeps keys, types, lengths and counts', async () => {
  const { shape } = await draw({
    Post: {
      Posts: {
        VideoList: [
          { Date: '2025-03-02 09:15:04', Likes: '12', Title: '' },
          { Date: 'N/A', Likes: 3, Link: null },
        ],
      },
    },
  });
  expect(shape).toEqual({
    Post: {
      Posts: {
        VideoList: [
          'x2',
          {
            Date: 'date x1 | text(3) x1',
            Likes: 'digits(2) x1 | number x1',
            Title: 'blank(0); in 1 of 2',
            Link: 'null; in 1 of 2',
          },
        ],
      },
    },
  });
});

test('blanks every value of a whole export, and every key that names a person', async () => {
  const text = readFileSync(`${fixtures}generation-d.json`, 'utf8');
  const skeleton = await skeletonOf([file('maya jansen (1).json', text), file('anna/holiday.mp4', 'x')]);
  for (const secret of [
    'maya',
    'anna',
    'jansen',
    'holiday',
    'example.com',
    '3160',
    'call me',
    'Harbour',
    'Lisbon',
    'Summer',
    'http',
    '1804',
    '2025',
    '09:15',
    'Everyone',
    'secret',
    'oAbc',
  ]) {
    expect(skeleton).not.toContain(secret);
  }
  expect(skeleton).toContain('"VideoList"');
});

test('keeps known labels of a TXT export and blanks values and names', async () => {
  const text = 'Date: 2025-03-02 09:15:04 UTC\nLink: https://example.org/a?b=c\nanna.b: call me\nKlaas: 7\n';
  const skeleton = await skeletonOf([file('TikTok/Posts/Posts.txt', text)]);
  expect(JSON.parse(skeleton).files).toMatchObject([
    {
      name: 'TikTok/Posts/Posts.txt',
      shape: {
        labels: {
          Date: '1 times: date',
          Link: '1 times: address',
          '*(6)': '1 times: text(7)',
          '*(5)': '1 times: digits(1)',
        },
      },
    },
  ]);
});

test.each([
  [19, 'text(19)'],
  [20, 'text(about 20)'],
  [1234, 'text(about 1000)'],
])('tells the length %i of a text to two digits at most', async (length, told) => {
  expect((await draw({ Title: 'x'.repeat(length) })).shape).toEqual({ Title: told });
});

test('counts other files by endings that are known, and blanks an ending that may be a name', async () => {
  const known = 'mp4 mov jpg jpeg png webp heic zip html csv m4a mp3 webm mkv gif'.split(' ');
  const names = [...known.map((ending) => `anna/anna.${ending}`), 'ines.mp4', 'with.anna'];
  const skeleton = JSON.parse(await skeletonOf(names.map((name) => file(name, 'x'))));
  expect(skeleton).toMatchObject({ files: [], moreFiles: 0 });
  expect(skeleton.others).toEqual({
    ...Object.fromEntries(known.map((ending) => [`*.${ending}`, 1])),
    '*.mp4': 2,
    '*.*(4)': 1,
  });
});

test('draws an export that cannot be parsed', async () => {
  expect(JSON.parse(await skeletonOf([file('user_data.json', '{"Post": oops}')])).files).toMatchObject([
    { shape: 'not JSON: line 1, column 10' },
  ]);
});

test('stays small for ten thousand levels and a million rows', async () => {
  const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
  expect((await skeletonOf([file('user_data.json', deep)])).length).toBeLessThan(10_000);
  expect(
    JSON.stringify(await draw({ Post: Array.from({ length: 100_000 }, (_, i) => ({ [`k${i}`]: 'x'.repeat(i % 50) })) }))
      .length,
  ).toBeLessThan(20_000);
});

test.each([
  [null, 'null'],
  [7, 'number'],
  [true, 'boolean'],
  ['', 'blank(0)'],
  ['  ', 'blank(2)'],
  ['2025-03-02 09:15:04 UTC', 'date'],
  ['http://example.org/a', 'address'],
  ['HTTPS://example.org/a', 'address'],
  ['see https://a.example.org and http://b.example.org', '2 addresses'],
  ['0123', 'digits(4)'],
  ['12 34', 'text(5)'],
  ['v12', 'text(3)'],
  ['12v', 'text(3)'],
  ['x'.repeat(25), 'text(about 30)'],
  ['x'.repeat(104), 'text(about 100)'],
  ['x'.repeat(199), 'text(about 200)'],
])('the value %j is described as %s', (value, described) => {
  expect(describeValue(value)).toBe(described);
});

test.each([
  ['VideoList', true],
  ['Who can view', true],
  ['user_data_tiktok', true],
  ['Like(s)', true],
  ['Post-Date', true],
  ['Recently Deleted Posts', true],
  ['annaVideo', false],
  ['Chat History with anna', false],
  ['Videos2', false],
  ['Date:', false],
  ['', false],
  ['()', false],
  ['Date '.repeat(12), true],
  ['Date '.repeat(13), false],
])('“%s” consists of words of TikTok: %s', (name, expected) => {
  expect(isSchemaWord(name)).toBe(expected);
});

test('values of several types under one key, and empty lists', async () => {
  const { shape } = await draw({ List: [[], 7, { Date: 1 }, { Date: 2, Link: [] }] });
  expect(shape).toEqual({
    List: ['x4', { either: ['number x1', [], { Date: 'number', Link: [] }] }],
  });
});

test('of texts with many lengths the first twelve are reported, the rest is counted', async () => {
  const { shape } = await draw({ List: Array.from({ length: 15 }, (_, at) => 'x'.repeat(at + 1)) });
  const told = Array.from({ length: 12 }, (_, at) => `text(${at + 1}) x1`);
  expect(shape).toEqual({ List: ['x15', [...told, 'other lengths x3'].join(' | ')] });
});

test('a key that may be a name is blanked, with its length', async () => {
  expect((await draw({ anna: 1, 'klaas b.': { Date: 1 } })).shape).toEqual({
    '*(4)': 'number',
    '*(8)': { Date: 'number' },
  });
});

test('what is nested deeper than 24 levels is told to be deeper', async () => {
  const nested = (levels: number): unknown => (levels === 0 ? 7 : { Date: nested(levels - 1) });
  const drawn = (levels: number, end: string): unknown => (levels === 0 ? end : { Date: drawn(levels - 1, end) });
  expect((await draw(nested(23))).shape).toEqual(drawn(23, 'number'));
  expect((await draw(nested(24))).shape).toEqual(drawn(24, 'deeper'));
  expect((await draw(nested(30))).shape).toEqual(drawn(24, 'deeper'));
});

test('lines, empty lines, and five kinds of values of each label of a TXT export are reported', async () => {
  const values = ['1', '22', '333', '4444', '55555', '666666'];
  const text = `${values.map((value) => `Likes: ${value}`).join('\r\n')}\n \n\nno label`;
  const { files } = JSON.parse(await skeletonOf([file('a/Posts.TXT', text)]));
  expect(files).toEqual([
    {
      name: '*(1)/Posts.TXT',
      bytes: text.length,
      shape: {
        lines: 9,
        emptyLines: 2,
        labels: { Likes: '6 times: digits(1) | digits(2) | digits(3) | digits(4) | digits(5)' },
      },
    },
  ]);
});

test('of labels sixty are reported, of files a hundred, and how many more files there are', async () => {
  const labels = [...Array.from({ length: 60 }, (_, at) => 'x'.repeat(at + 1)), 'Date'];
  const text = labels.map((label) => `${label}: a`).join('\n');
  const many = Array.from({ length: 102 }, (_, at) => file(`Posts${at}.txt`, at === 0 ? text : ''));
  const skeleton = JSON.parse(await skeletonOf(many));
  expect([skeleton.schemaVersion, skeleton.files.length, skeleton.moreFiles]).toEqual([1, 100, 2]);
  expect(Object.keys(skeleton.files[0].shape.labels)).toEqual(Array.from({ length: 60 }, (_, at) => `*(${at + 1})`));
});

test('a file that cannot be read is reported', async () => {
  const { ExportError } = await import('../../src/errors.ts');
  const broken = (error: Error) => ({ name: 'maya.json', bytes: 9, read: () => Promise.reject(error) });
  expect(JSON.parse(await skeletonOf([broken(new ExportError('maya.json is damaged'))])).files).toEqual([
    { name: '*(4).json', bytes: 9, shape: 'cannot be read' },
  ]);
  await expect(skeletonOf([broken(new TypeError('a fault of port'))])).rejects.toThrow('a fault of port');
});
