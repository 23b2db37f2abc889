import { describe, expect, it } from 'vitest';
import { isCameraName } from '../../src/originals/camera-name.ts';
import { kindOfName } from '../../src/originals/candidates.ts';
import { whyNoOriginal } from '../../src/originals/downloads.ts';
import { issueOf, mergeIssues, passedOver, withoutSound } from '../../src/originals/issues.ts';
import { linkPath } from '../../src/originals/link.ts';
import { minutesInName, timesInName } from '../../src/originals/name-time.ts';
import { byExpiry, isUnexpired } from '../../src/originals/order.ts';
import { otherKinds } from '../../src/originals/other-kinds.ts';
import { sidecarNames } from '../../src/originals/sidecar.ts';
import { isAllowedHost, maxBytesOf } from '../../src/originals/source.ts';
import { isWatermarkedName } from '../../src/originals/watermark.ts';
import { link, now, photos, video } from './world.ts';

it.each<[string, boolean]>([
  ['VID_20251014_100009.mp4', true],
  ['x/IMG_4711.jpg', true],
  ['IMG-20251014.jpg', true],
  ['MVIMG_20251014.jpg', true],
  ['PXL_20251014_100009123.mp4', true],
  ['DSC01234.jpg', true],
  ['DSCF1234.jpg', true],
  ['DSCN1234.jpg', true],
  ['MOV_1234.mp4', true],
  ['MVI 1234.avi', true],
  ['TRIM_1.mp4', true],
  ['DJI_0001.mp4', true],
  ['GOPR1234.mp4', true],
  ['GX010001.mp4', true],
  ['GH01-0001.mp4', true],
  ['PANO_1.jpg', true],
  ['BURST_1.jpg', true],
  ['C0001_1.mp4', true],
  ['P1012345-1.jpg', true],
  ['vid_1.mp4', true],
  ['WhatsApp Video 2025-10-13 at 10.00.11.mp4', true],
  ['Chat Image 2025.jpg', true],
  ['Signal-2025-10-13.mp4', true],
  ['Telegram_Photo.jpg', true],
  ['Viber Audio.m4a', true],
  ['LINE Video.mp4', true],
  ['Messenger Image.jpg', true],
  ['VIDEO-20251013-WA0001.mp4', true],
  ['PHOTO-20251013-WA1.jpg', true],
  ['Screenshot_1.png', true],
  ['Screen Recording.mov', true],
  ['screen-shot.png', true],
  ['Screen recorder.mp4', true],
  ['Screen record 1.mp4', true],
  ['RPReplay_Final1.mp4', true],
  ['Bildschirmfoto 2025.png', true],
  ['Bildschirmaufnahme.mov', true],
  ['VIDEO.mp4', false],
  ['IMGX_1.jpg', false],
  ['my IMG_4711.jpg', false],
  ['IMG_4711/harbour.jpg', false],
  ['Signal.mp4', false],
  ['WhatsApp.mp4', false],
  ['Line of boats.mp4', false],
  ['my Screenshot.png', false],
  ['VIDEO-2025101-WA0001.mp4', false],
  ['', false],
])('%s is a name of a camera or messenger: %s', (name, expected) => {
  expect(isCameraName(name)).toBe(expected);
});

const videos = 'mp4 m4v mov qt webm mkv avi flv f4v 3gp 3g2 ts mts m2ts mpg mpeg m2v wmv ogv ogm MP4'.split(' ');
const pictures = 'jpg jpeg jfif png webp gif heic heif avif tif tiff bmp jxl JPG'.split(' ');
it.each([
  ...videos.map((ending) => [`a/b.${ending}`, 'video'] as const),
  ...pictures.map((ending) => [`a/b.${ending}`, 'photos'] as const),
  ...['a.mp3', 'a.json', 'mp4', 'a.mp4x', 'a.xmp4', '.a.mp4', 'x/.a.mp4', '.x/a.mp4', '__MACOSX/a.mp4'].map(
    (name) => [name, null] as const,
  ),
  ...['cover.jpg', 'a/COVER.png', 'a.cover.webp', 'x/__MACOSX/a.mp4'].map((name) => [name, null] as const),
  ['discover.jpg', 'photos'] as const,
  ['cover me.jpg', 'photos'] as const,
  ['my__MACOSX/a.mp4', 'video'] as const,
])('%s is a file of kind %s', (name, kind) => {
  expect(kindOfName(name)).toBe(kind);
});

describe('files of a kind that is not taken', () => {
  const told = (name: string) => otherKinds([{ name }]).map(({ name: as, why }) => `${as}: ${why}`);
  it.each<[string, string[]]>([
    ['a.mp4', ['a.jpg: It is a video (.mp4), and the post is made of photos.']],
    ['a.JPG', ['a.mp4: It is a picture (.jpg), and the post is a video.']],
    [
      'a.gif',
      ['a.mp4: It is a picture (.gif), and the post is a video. If it moves, save it as MP4 and give it with --media.'],
    ],
    [
      'a.webp',
      [
        'a.mp4: It is a picture (.webp), and the post is a video. If it moves, save it as MP4 and give it with --media.',
      ],
    ],
    [
      'a.avif',
      [
        'a.mp4: It is a picture (.avif), and the post is a video. If it moves, save it as MP4 and give it with --media.',
      ],
    ],
    [
      'a.png',
      ['a.mp4: It is a picture (.png), and the post is a video. If it moves, save it as MP4 and give it with --media.'],
    ],
    [
      'x/a.rm',
      [
        'x/a.mp4: port does not open .rm files. Save it as MP4, give it with --media and run port again.',
        'x/a.jpg: port does not open .rm files. Save it as JPEG, give it with --media and run port again.',
      ],
    ],
    [
      'a',
      [
        'a.mp4: Its name does not say what it is: add the right ending (.mp4, say) and run port again.',
        'a.jpg: Its name does not say what it is: add the right ending (.jpg, say) and run port again.',
      ],
    ],
    ['a.b.mp4', ['a.b.jpg: It is a video (.mp4), and the post is made of photos.']],
    ['.a.mp4', []],
    ['cover.jpg', []],
  ])('%s', (name, expected) => {
    expect(told(name)).toEqual(expected);
  });

  it.each(
    'json jsonl txt csv tsv xls xlsx ods numbers md htm html xml xmp aae url webloc desktop ini db log nfo description srt vtt ass ssa lrc sub ttml mp3 m4a aac wav ogg oga opus flac wma aif aiff amr zip z01 gz 7z rar tar pdf doc docx pages sha256 md5 torrent thm lrv js css sh bat py exe TXT'.split(
      ' ',
    ),
  )('nothing is said of a file that ends in .%s', (ending) => {
    expect(told(`a.${ending}`)).toEqual([]);
  });
});

describe('times in names, further forms', () => {
  const at = Date.UTC(2025, 2, 2, 9, 15) / 1000;
  it.each<[string, number[]]>([
    ['2025-03-02 09.15', [at]],
    ['2025-03-02T0915', [at]],
    ['2025-03-02_09-15 harbour', [at]],
    ['20250302 09h15', [at]],
    ['2025-03-02 at 9.15 PM', [at + 43_200]],
    ['2025-03-02 9.15 am', [at]],
    ['2025-03-02_at_09:15', [at]],
    ['2025-03-02 10.15+0100', [at]],
    ['2025-03-02 09.15 UTC', [at]],
    ['2025-03-02 09.15-0001', [at]],
    ['2025-03-02 09.15, 2025-03-02 09.16', [at, at + 60]],
    ['2025-03-02 0915', []],
    ['2025-03-02 9.15', []],
    ['2025-03-02 09.15.04', []],
    ['2025-03-02 09.155', []],
    ['2025-03-02 24.15', []],
    ['2025-03-02', []],
    ['120250302 09.15', []],
  ])('minutes in %s', (name, expected) => {
    expect(minutesInName(name).map(({ time }) => time)).toEqual(expected);
  });

  it.each<[string, number[][]]>([
    ['maya 2025-03-02 09.15.04 UTC x', [[at + 4, 5, 28]]],
    ['2025-03-02_09-15-04-0001', [[at + 4, 0, 19]]],
    ['2025-03-02T10:15:04+01:00', [[at + 4, 0, 25]]],
    ['2025-03-02T10:15:04+1401', [[at + 3604, 0, 19]]],
    ['2025-03-02T10:15:04-1500', [[at + 3604, 0, 19]]],
    ['2025-03-02T10:15:04+0015', [[at + 3604, 0, 19]]],
    ['2025-03-02T10:00:04+0045', [[at - 900 + 3604, 0, 19]]],
    ['2025-03-02T10:15:04+0000', [[at + 3604, 0, 24]]],
    ['2025-03-02T23:15:04+1400', [[at + 4, 0, 24]]],
    ['a 1740906904 b', [[at + 4, 2, 12]]],
    [
      '1740906904 2025-03-02 09.15.04',
      [
        [at + 4, 0, 10],
        [at + 4, 11, 30],
      ],
    ],
    ['1399999999', []],
    ['2000000000', []],
  ])('times in %s, and where they are', (name, expected) => {
    expect(timesInName(name).map(({ time, start, end }) => [time, start, end])).toEqual(expected);
  });
});

it.each<[string, boolean]>([
  ['xdownload_addr.mp4', false],
  ['download_address.mp4', false],
  ['wmplayer.mp4', false],
  ['clip [watermark] 2.mp4', true],
  ['clip (watermark)_1.mp4', true],
  ['clip with a watermark inside it.mp4', false],
  ['watermark.mp4', true],
  ['wm.mp4', true],
  ['with-watermark-1.mp4', true],
  ['wm-1.mp4', true],
  ['wm_a.mp4', false],
  ['one_two_three_watermark.mp4', true],
  ['one_two_three_four_watermark.mp4', false],
  ['un-watermarked.mp4', false],
  ['removed_the_watermark.mp4', false],
  ['watermark_removed.mp4', false],
  ['free.watermark.mp4', false],
])('%s says that it has a watermark: %s', (name, expected) => {
  expect(isWatermarkedName(name)).toBe(expected);
});

describe('the order of fetching', () => {
  const living = (expiresAt: number | null) => link('https://v.example/x', { expiresAt });
  const page = link('https://www.tiktok.com/@a/video/1', { kind: 'page', expiresAt: null });
  it('is by the earliest expiry, then unlimited links, then none, then expired ones', () => {
    const posts = [
      video({ key: 'expired', links: [living(now - 1)] }),
      video({ key: 'expires now', links: [living(now)] }),
      video({ key: 'page', links: [page] }),
      video({ key: 'nothing' }),
      video({ key: 'unlimited', links: [living(null)] }),
      video({ key: 'late', links: [living(now + 9)] }),
      photos([living(now + 20), living(now + 5), living(null), living(now - 9)]),
      video({ key: 'soon', links: [living(now + 1)] }),
    ];
    const keys = byExpiry(posts, now).map(({ key, kind }) => (kind === 'photos' ? 'photos' : key));
    expect(keys).toEqual(['soon', 'photos', 'late', 'unlimited', 'page', 'nothing', 'expired', 'expires now']);
  });

  it('a page never counts as a living link', () => {
    expect([living(now + 1), living(now), living(null), page].map((each) => isUnexpired(each, now))).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});

describe('the issues of all sources together', () => {
  const merged = (issues: Parameters<typeof mergeIssues>[0], found: readonly number[], wanted: number) =>
    mergeIssues(issues, new Set(found), wanted).map(({ code, severity, actual, limit }) => [
      code,
      severity,
      actual,
      limit,
    ]);
  const error = issueOf('link-failed', 'x');
  const rejected = passedOver('a.mp4', 'It is empty.');
  it.each<[string, Parameters<typeof merged>, unknown[]]>([
    ['nothing found, nothing said', [[], [], 1], [['no-original', 'error', null, null]]],
    [
      'nothing found, a warning',
      [[rejected], [], 1],
      [
        ['passed-over', 'warning', 'a.mp4', 'It is empty.'],
        ['no-original', 'error', null, null],
      ],
    ],
    ['nothing found, an error twice', [[error, { ...error }], [], 1], [['link-failed', 'error', 'x', null]]],
    [
      'all found',
      [[error, rejected], [0], 1],
      [
        ['link-failed', 'info', 'x', null],
        ['passed-over', 'warning', 'a.mp4', 'It is empty.'],
      ],
    ],
    [
      'a photo is missing',
      [[error], [0, 2], 3],
      [
        ['link-failed', 'warning', 'x', null],
        ['photo-missing', 'warning', 2, 3],
      ],
    ],
    [
      'a file was rejected, and there is no link',
      [[rejected, issueOf('no-link'), issueOf('offline')], [], 1],
      [
        ['passed-over', 'warning', 'a.mp4', 'It is empty.'],
        ['no-link', 'error', 'file-unusable', null],
        ['offline', 'error', 'file-unusable', null],
      ],
    ],
    [
      'one file was rejected of two that are missing',
      [[rejected, issueOf('no-link')], [], 2],
      [
        ['passed-over', 'warning', 'a.mp4', 'It is empty.'],
        ['no-link', 'error', null, null],
      ],
    ],
    [
      'a smaller version was passed over, and another photo is missing',
      [[{ ...rejected, severity: 'info' }], [0], 2],
      [
        ['passed-over', 'warning', 'a.mp4', 'It is empty.'],
        ['photo-missing', 'warning', 2, 2],
      ],
    ],
    [
      'a smaller version was passed over',
      [[{ ...rejected, severity: 'info' }], [0], 1],
      [['passed-over', 'info', 'a.mp4', 'It is empty.']],
    ],
  ])('%s', (_name, args, expected) => {
    expect(merged(...args)).toEqual(expected);
  });

  it('a video that lost its sound is a fallback', () => {
    const part = {} as Parameters<typeof withoutSound>[1];
    expect(withoutSound('a.mp4', part)).toEqual({
      part,
      issue: { code: 'sound-lost', severity: 'warning', actual: 'a.mp4', limit: null },
      passedOver: {
        code: 'passed-over',
        severity: 'warning',
        actual: 'a.mp4',
        limit: 'It has no sound, and the post had one.',
      },
    });
  });
});

describe('small facts of sources', () => {
  it('a video may have 20 GB, a photo 200 MB', () => {
    expect([maxBytesOf(video()), maxBytesOf(photos([]))]).toEqual([20_000_000_000, 200_000_000]);
  });

  it.each<[string, string[], boolean]>([
    ['a.example', ['a.example'], true],
    ['a.example', ['A.Example:8443'], true],
    ['a.example', ['b.example', 'a.example'], true],
    ['a.example', ['example'], false],
    ['a.example', [], false],
  ])('the host %s is allowed by %j: %s', (host, allowed, expected) => {
    expect(isAllowedHost({ host }, allowed)).toBe(expected);
  });

  it('a link is compared by host and path', () => {
    expect(linkPath(link('https://v.example/a/b?x-signature=1'))).toBe('v.example/a/b');
  });

  it('a sidecar has one of three names', () => {
    expect(sidecarNames('x/a.b.mp4')).toEqual(['x/a.b.info.json', 'x/a.b.mp4.json', 'x/a.b.json']);
  });

  it.each([
    ['unfinished', 'A downloader left it there: it is not the finished file.'],
    ['photos', 'It is the still that a downloader saves beside a video or a sound, not a photo of the post.'],
  ] as const)('why a file of kind %s is no original', (kind, why) => {
    expect(whyNoOriginal(kind)).toBe(why);
  });
});
