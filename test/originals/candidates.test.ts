import { describe, expect, it } from 'vitest';
import { readSidecar } from '../../src/captions/sidecar.ts';
import { candidatesOf } from '../../src/originals/candidates.ts';

const time = Date.UTC(2025, 2, 2, 9, 15, 4) / 1000;
const posts = new Map([
  ['2025-03-02_09-15-04', time],
  ['2025-03-02_09-15-04-2', time],
]);
const id = '7477122334455667788';

/** Each candidate as `kind mark: index=file ...`. */
function candidates(...names: string[]): string[] {
  const files = names.map((name) => ({ name }));
  return candidatesOf(files, new Map(), posts, () => false).map(({ kind, key, tiktokIds, nameTimes, files: own }) => {
    const mark = key ?? tiktokIds[0] ?? nameTimes[0] ?? '?';
    return `${kind} ${mark}: ${[...own].map(([index, { name }]) => `${index}=${name}`).join(' ')}`;
  });
}

describe('files named as in the store', () => {
  it('are matched by their keys', () => {
    expect(
      candidates('2025-03-02_09-15-04.mp4', '2025-03-02_09-15-04-2/02.webp', '2025-03-02_09-15-04-2/01.jpg'),
    ).toEqual([
      'video 2025-03-02_09-15-04: 0=2025-03-02_09-15-04.mp4',
      'photos 2025-03-02_09-15-04-2: 0=2025-03-02_09-15-04-2/01.jpg 1=2025-03-02_09-15-04-2/02.webp',
    ]);
  });

  it('a key with -1 is the first of several posts of one second for a video or folder, and a slide for a photo', () => {
    expect(
      candidates('2025-03-02_09-15-04-1.mp4', '2025-03-02_09-15-04-1/01.jpg', 'x/2025-03-02_09-15-04-1.jpg'),
    ).toEqual([
      'video 2025-03-02_09-15-04: 0=2025-03-02_09-15-04-1.mp4',
      'photos 2025-03-02_09-15-04: 0=2025-03-02_09-15-04-1/01.jpg',
      `photos ${time}: 0=x/2025-03-02_09-15-04-1.jpg`,
    ]);
  });

  it('a key with -1 is unambiguous, and one with the number of no post is no key', () => {
    const [first, third, other] = ['-1', '-3', '-2-1'].map((number) => `2025-03-02_09-15-04${number}.mp4`);
    const found = [first, third, other].map((name = '') => candidatesOf([{ name }], new Map(), posts, () => false)[0]);
    expect(found.map((each) => [each?.key, each?.isUniqueKey === true])).toEqual([
      ['2025-03-02_09-15-04', true],
      [null, false],
      [null, false],
    ]);
  });

  it('with --media-shift a name in key form is a time, and one with a number is a key', () => {
    const names = ['2025-03-02_09-15-04.mp4', '2025-03-02_09-15-04/01.jpg', '2025-03-02_09-15-04-2.mp4'];
    const found = candidatesOf(
      names.map((name) => ({ name })),
      new Map(),
      posts,
      () => false,
      -3600,
    );
    expect(found.map(({ key, nameTimes }) => [key, ...nameTimes])).toEqual([
      ['2025-03-02_09-15-04-2', time],
      [null, time - 3600],
      [null, time - 3600],
    ]);
  });

  it('stored originals of unknown posts match nothing, and --media-shift does not apply to stored originals', () => {
    const names = [
      '2025-03-02_09-15-04.mp4',
      '2025-03-02_09-15-06.mp4',
      '2025-03-02_09-15-06/01.jpg',
      '20250302_091506.mp4',
    ];
    const found = candidatesOf(
      names.map((name) => ({ name: `originals/${name}`, keptBy: {} })),
      new Map(),
      posts,
      () => false,
      -3600,
    );
    expect(found.map(({ key, nameTimes }) => [key, ...nameTimes])).toEqual([
      ['2025-03-02_09-15-04', time],
      [null, time + 2 - 3600],
    ]);
  });

  it('keeps a gap for a missing photo', () => {
    const folder = 'deep/down/2025-03-02_09-15-04';
    expect(candidates(`${folder}/01.jpg`, `${folder}/03.jpg`)).toEqual([
      `photos 2025-03-02_09-15-04: 0=${folder}/01.jpg 2=${folder}/03.jpg`,
    ]);
  });

  it('photos named by keys alone are one post each, also in two folders', () => {
    const key = '2025-03-02_09-15-04';
    expect(candidates(`a/${key}.jpg`, `b/${key}.jpg`, `a/${key}-2.jpg`).sort()).toEqual([
      `photos ${key}-2: 0=a/${key}-2.jpg`,
      `photos ${key}: 0=a/${key}.jpg`,
      `photos ${key}: 0=b/${key}.jpg`,
    ]);
  });

  it.each([
    ['', 0],
    ['-2', 0],
    ['-12', 0],
    ['-x', 1],
    ['-2x', 1],
    [' copy', 1],
  ])('a name in an account of port that ends in "%s" behind the key of no post: %i candidates', (end, count) => {
    const files = [{ name: `originals/2025-03-02_09-15-06${end}.mp4`, keptBy: {} }];
    expect(candidatesOf(files, new Map(), posts, () => false)).toHaveLength(count);
    const other = [{ name: `originals/x2025-03-02_09-15-06${end}.mp4`, keptBy: {} }];
    expect(candidatesOf(other, new Map(), posts, () => false)).toHaveLength(1);
  });

  it('a single photo may be named by the key', () => {
    expect(candidates('2025-03-02_09-15-04.jpg')).toEqual(['photos 2025-03-02_09-15-04: 0=2025-03-02_09-15-04.jpg']);
  });
});

describe('photos of one post', () => {
  it.each([
    [`${id}_1.jpg`, `${id}_2.jpg`, `${id}_10.jpg`],
    [`maya - ${id} (1).jpg`, `maya - ${id} (2).jpg`, `maya - ${id} (10).jpg`],
    [`Harbour [${id}]_index_0_0.jpeg`, `Harbour [${id}]_index_1_0.jpeg`, `Harbour [${id}]_index_9_0.jpeg`],
    [`01 ${id}.png`, `02 ${id}.png`, `10 ${id}.png`],
    [`${id}_1.tif`, `${id}_2.TIFF`, `${id}_10.tiff`],
    [`${id}/a_1.jpg`, `${id}/a_2.jpg`, `${id}/a_10.jpg`],
    ['20250302_091504_1.jpg', '20250302_091504_2.jpg', '20250302_091504_10.jpg'],
    ['2025-03-02 09.15.04/x 1.jpg', '2025-03-02 09.15.04/x 2.jpg', '2025-03-02 09.15.04/x 10.jpg'],
  ])('in the order of their numbers: %s', (first, second, tenth) => {
    const [only, ...more] = candidates(tenth, second, first);
    expect(more).toEqual([]);
    expect(only).toMatch(new RegExp(`0=${literally(first)} 1=${literally(second)} 9=${literally(tenth)}$`));
  });

  it('digits of a date are not the photo number', () => {
    expect(candidates('20250302_091504.jpg', '20250302_091700.jpg')).toHaveLength(2);
  });

  it('a number that occurs twice gives two candidates', () => {
    expect(candidates(`a/${id}_1.jpg`, `a/${id}_1.webp`)).toHaveLength(2);
  });

  it('covers, hidden files, macOS resource forks and other files are not candidates', () => {
    expect(
      candidates(
        '2025-03-02_09-15-04/cover.jpg',
        '._2025-03-02_09-15-04.mp4',
        '__MACOSX/a.mp4',
        '.a/b.mp4',
        'a.json',
        'a.mp3',
        'a.jpgx',
        'a.jpg.txt',
        'a.mp4.txt',
      ),
    ).toEqual([]);
  });
});

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

describe('a sidecar', () => {
  it.each<[string, object, object]>([
    [
      'of yt-dlp',
      { id, timestamp: 1_740_906_904, uploader: 'maya', title: 'x', format_id: 'bytevc1_1080p_1', format_note: null },
      { tiktokId: id, time: 1_740_906_904, uploader: 'maya', watermarked: false },
    ],
    [
      'of yt-dlp, with the watermark',
      { id, timestamp: 1_740_906_904, format_id: 'download_addr-0', format_note: 'Download video, watermarked' },
      { tiktokId: id, time: 1_740_906_904, uploader: null, watermarked: true },
    ],
    [
      'of yt-dlp, a download version without it',
      { id, timestamp: 1_740_906_904, format_id: 'download_addr-2', format_note: 'Download video' },
      { tiktokId: id, time: 1_740_906_904, uploader: null, watermarked: false },
    ],
    [
      'of yt-dlp, from the web page of 2024',
      { id, timestamp: 1_740_906_904, format_id: 'download', format: 'download - unknown (watermarked)' },
      { tiktokId: id, time: 1_740_906_904, uploader: null, watermarked: true },
    ],
    [
      'of yt-dlp, with only the format id',
      { id, timestamp: 1_740_906_904, format_id: 'download_addr' },
      { tiktokId: id, time: 1_740_906_904, uploader: null, watermarked: true },
    ],
    [
      'of gallery-dl',
      { id, createTime: '1740906904', author: { uniqueId: 'maya', nickname: 'Maya' } },
      { tiktokId: id, time: 1_740_906_904, uploader: 'maya' },
    ],
    [
      'with fields of wrong types',
      { id: 7, timestamp: 1_740_906_904, uploader: 7, format: {} },
      { tiktokId: null, time: 1_740_906_904, uploader: null },
    ],
  ])('%s', (_name, json, expected) =>
    expect(readSidecar(JSON.stringify(json), 'x.json')?.notes).toMatchObject([expected]),
  );

  it.each(['', '{', 'null', '[]', '{}', '{"id":"dQw4w9WgXcQ"}', '{"timestamp":"soon"}'])(
    'is ignored if it is %s',
    (text) => expect(readSidecar(text, 'x.json')?.notes ?? []).toEqual([]),
  );
});
