import { describe, expect, it } from 'vitest';
import { isCameraName } from '../../src/originals/camera-name.ts';
import { kindOfName } from '../../src/originals/candidates.ts';
import { minutesInName, timesInName } from '../../src/originals/name-time.ts';
import { otherKinds } from '../../src/originals/other-kinds.ts';
import { isWatermarkedName } from '../../src/originals/watermark.ts';

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
  ['cover.final.mp4', 'video'] as const,
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
    ['2025-03-02T15:00:04+05:45', [[at + 4, 0, 25]]],
    ['2025-03-02T05:45:04-03:30', [[at + 4, 0, 25]]],
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
