import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
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
