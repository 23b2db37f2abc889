import { describe, expect, it } from 'vitest';
import type { Issue, IssueCode } from '../../src/model/issue.ts';
import { message } from '../../src/report/messages.ts';

/** What each code carries in `actual` and `limit`; does not compile while one is missing. */
const carried: Record<IssueCode, readonly [Issue['actual'], Issue['limit']]> = {
  'row-unreadable': ['row 7', null],
  'rows-unreadable': [12, null],
  'link-unreadable': ['row 7', null],
  'visibility-unread': ['row 7', null],
  'mixed-post': ['2 photos', null],
  'disclosure-unread': ['Offenlegung: Partner', null],
  'stories-left': ['2 stories', null],
  'other-app': ['user_data_lemon8.json', 'Lemon8'],
  'entry-skipped': ['an entry', null],
  visibility: ['private', null],
  'posting-unread': ['it has no columns', null],
  'posting-unwritten': ['EBUSY', null],
  'posting-record-broken': ['posting.json', null],
  'posting-cell': ['planned of a on rednote: “soon”', 'that is no date'],
  'posting-twice': ['a on rednote', null],
  'posting-conflict': ['planned of a on rednote', '2026-12-01T12:00:00+01:00'],
  'posting-stale': ['planned of a on rednote', 7],
  'posting-strange': ['“b rednote”', 2],
  'posted-frozen': ['have other words', null],
  'posted-stays': [3, null],
  'duration-split': [400, 180],
  'duration-trimmed': [5, 180],
  'light-plain': [null, null],
  'no-key-frame': [null, null],
  loudness: [-23.1, -14],
  'loudness-limited': [-16, -14],
  'sound-muted': ['Espresso - Sabrina Carpenter', null],
  'sound-library': ['Espresso - Sabrina Carpenter', null],
  'sound-claim': ['Espresso - Sabrina Carpenter', 60],
  'sound-unknown': ['original sound - Somebody', null],
  'visibility-unknown': [null, null],
  'not-selected': [null, null],
  'target-left-out': ['rednote, lemon8', null],
  'targets-unread': ['lemno8', 'Did you mean “lemon8”?'],
  'targets-unknown': ['lemno8', 'Did you mean “lemon8”?'],
  'fit-unknown': ['corp', 'Did you mean “crop”?'],
  interrupted: [null, null],
  'own-file': ['cover.jpg', null],
  'own-file-unfit': ['video.mp4', 'It lasts 75 s; the limit is 60 s.'],
  'own-file-damaged': ['video.mp4', 'Its file is damaged.'],
  'cover-unusable': ['../a.jpg', 'there is no such picture'],
  'several-posts-fit': [2, 'clip.mp4'],
  'recorded-after': ['VID_20251014_100009.mp4', 7],
  'original-changed': ['originals/2025-03-02_09-15-04.mp4', null],
  'media-shifted': [-3600, 4],
  'media-unclear': [2, 'a.mp4, b.mp4'],
  watermark: ['download_addr', null],
  'link-insecure': ['http://example.com', null],
  'link-login': ['www.tiktok.com', null],
  'page-failed': ['no formats', null],
  'page-refused': ['example.com', null],
  'yt-dlp-missing': [null, null],
  'fetch-failed': ['EIO', null],
  'disk-full': [1_000_000, null],
  'disk-quota': [null, null],
  'disk-read-only': ['/media/card', null],
  'disk-gone': ['/media/card/a.mp4', null],
  'disk-error': ['/media/card/a.mp4', null],
  'file-too-large': [null, null],
  'file-gone': ['/home/maya/a.mp4', null],
  'not-permitted': ['/home/maya/a.mp4', null],
  'memory-short': ['ffmpeg', null],
  'open-files': [null, null],
  'program-killed': ['ffmpeg', 'SIGKILL'],
  'program-start': ['/usr/bin/ffmpeg', 'it is no program for this machine'],
  'program-confined': ['/snap/bin/ffmpeg', '/media/card'],
  'no-original': [null, null],
  'photo-missing': [2, 9],
  'no-link': [null, null],
  'link-expired': ['2025-12-01', null],
  'link-refused': [403, null],
  'link-private': ['localhost', null],
  'link-not-media': ['a page', null],
  'link-failed': ['connection reset', null],
  'proxy-failed': ['connection refused', null],
  offline: [null, null],
  'several-files-fit': ['2 files (a.mp4, b.mp4)', '2025-03-02_09-15-04.mp4'],
  'several-captions-fit': [2, null],
  'caption-edited': [null, null],
  'captions-unread': ['a.info.json', 'it is no JSON'],
  'captions-unread-more': [4, null],
  'captions-foreign': [3, 'the sidecars'],
  'captions-left': [3, 'the listing'],
  'captions-alias': ['maya_1999', 3],
  'captions-shifted': [-3600, 'times.csv'],
  'captions-unclear': [3, 'times.csv'],
  'captions-wanted': ['3 posts have', 'ported/maya/captions.csv'],
  'captions-outranked': [2, null],
  'captions-spreadsheet-beside': ['captions.xlsx', null],
  'captions-sheet-unread': ['it has no columns', null],
  'captions-sheet-unwritten': ['EBUSY', null],
  'listing-failed': ['no network', null],
  damaged: ['ends early', null],
  'nothing-to-check': ['there is no such file', null],
  container: ['matroska', 'mp4, mov'],
  'moov-position': ['last', 'first'],
  'no-picture': [null, null],
  'video-codec': ['vp9', 'h264'],
  'pixel-format': ['yuv444p', 'yuv420p'],
  hdr: ['smpte2084', 'SDR'],
  'sample-aspect': [1.33, 1],
  interlaced: ['interlaced', 'progressive'],
  'frame-rate': [120, 60],
  width: [2160, 1920],
  height: [4000, 1920],
  shape: ['1920x1080', 1],
  duration: [185, 180],
  'duration-advice': [61, 60],
  'duration-unknown': [61, 60],
  bytes: [400_000_000, 300_000_000],
  'audio-missing': [0, 1],
  'photo-flawed': ['4 (04.jpg)', 6],
  'decode-errors': [null, null],
  'codec-private': ['ByteVC2', 'H.264'],
  'codec-newer': ['HEVC in FLV', '6.1'],
  'codec-unknown': ['abcd', 'picture'],
  encrypted: ['picture', null],
  fragments: ['fragments', 'one index'],
  trailer: ['present', 'none'],
  'video-profile': ['h264 High 4:4:4 Predictive', 'Main, High'],
  'codec-tag': ['hev1', 'hvc1'],
  'dolby-vision': [5, 'HDR10, HLG, SDR'],
  'size-changes': ['several', 1],
  'picture-ends': [0.03, 5],
  'sample-rate': [96_000, 48_000],
  'audio-codec': ['opus', 'aac'],
  'audio-channels': [6, 2],
  'audio-tracks': [2, 1],
  'audio-mono-pair': [2, 1],
  'audio-left-out': ['track 2 “Mic”', 'track 1 “Game”'],
  'picture-tracks': [2, 1],
  'picture-left-out': [1, 1],
  'key-frame-late': [0.93, 0],
  'clock-jumps': ['jumps', 'steady'],
  'edit-lists': [null, null],
  'frame-order': ['decoding', 'showing'],
  'copy-failed': [null, null],
  location: ['present', 'none'],
  'image-format': ['gif', 'jpeg'],
  'image-animated': [12, 1],
  'image-orientation': [6, 1],
  'image-colour': ['cmyk', 'srgb'],
  'photo-unusable': [3, 9],
  'image-codec': ['HEIC', 'JPEG'],
  'image-pixels': ['30000x30000', '150 million'],
  'image-attachment': ['present', 'none'],
  'serial-number': ['present', 'none'],
  'shape-shared': [3, '1080x1350'],
  'shape-advice': [3, '0.75 to 2'],
  'photo-count': [35, 18],
  'slideshow-needed': [3, null],
  'slideshow-asked': [3, null],
  'slides-shortened': [1.5, 180],
  'photos-unsupported': [3, 0],
  'render-failed': ['no space left', null],
  'worker-lost': [3, null],
  'passed-over': ['maya 7477122334455667788.mp4', 'It has sound but no picture.'],
  unreadable: ['It has sound but no picture.', null],
  'sound-lost': ['maya 7477122334455667788.mp4', null],
  'check-failed': ['duration: 3', '5'],
  'breaks-off': [114, 190],
  'no-words': [null, null],
  'title-cut': [30, 20],
  'translation-refused': ['it came back empty', 'zh'],
  'translation-failed': ['the engine answered 503', 'zh'],
  'translation-stale': ['caption_zh', 'zh'],
  'speech-failed': ['the program whisper on this machine: there is no such program', null],
  'subtitles-stale': ['2025-03-02_09-15-04', null],
  'subtitles-unreadable': ['there are no words with their times', null],
  'subtitles-long': [12, 9],
  'own-title-long': [23, 20],
  'own-body-long': [1023, 1000],
  'own-hashtags-many': [12, 10],
  'own-hashtags-long': [512, 500],
  'own-character-refused': ['<', null],
  'own-contact': ['x.com', null],
  'title-made': ['2025-03-02', null],
  'body-cut': [3000, 1000],
  'body-thread': [3, 280],
  'hashtags-cut': [8, 5],
  'contacts-removed': [2, null],
  'footer-contact': ['www.example.com', null],
  'footer-too-long': [1200, 1000],
  'character-refused': ['<', null],
  'word-absolute': ['最好', null],
  'word-medical': ['治愈', null],
  'word-finance': ['稳赚', null],
  'word-bait': ['免费', null],
  'word-contact': ['微信', null],
  'word-platform': ['TikTok', null],
  'word-promotion': ['promo code', null],
  'word-feature': ['duet this', null],
  'word-restricted': ['botox', null],
};
const codes = Object.entries(carried).map(([code, [actual, limit]]) => ({ code: code as IssueCode, actual, limit }));
const said = (issue: Omit<Issue, 'severity'>) => message({ ...issue, severity: 'error' });

describe('message', () => {
  it.each(codes)('$code: a sentence, with what it carries', (issue) => {
    const sentence = said(issue);
    expect(sentence).toMatch(/^[\p{L}\d].{8,}$/u);
    expect(sentence).not.toMatch(/undefined|null|NaN|\[object|\(\)| {2}/);
    if (issue.code !== 'entry-skipped') expect(sentence).toMatch(/[.”]$/);
  });

  it.each(codes)('$code: never “undefined”, though nothing is carried', ({ code }) => {
    expect(said({ code, actual: null, limit: null })).not.toMatch(/undefined|null|NaN/);
  });

  it('no two codes say the same', () => {
    expect(new Set(codes.map(said)).size).toBe(codes.length);
  });

  it.each([
    [400_000_000, 300_000_000, 'It has 400 MB; the limit is 300 MB.'],
    [33_333_333, 32_000_000, 'It has 33.4 MB; the limit is 32 MB.'],
    [300_000_001, 300_000_000, 'It has 300.1 MB; the limit is 300 MB.'],
  ])('%d bytes, and at most %d', (actual, limit, expected) => {
    expect(said({ code: 'bytes', actual, limit })).toBe(expected);
  });

  it.each<[IssueCode, Issue['actual'], RegExp]>([
    ['several-files-fit', '2 files (a, b)', /Keep the right one there/],
    ['rows-unreadable', 1, /^1 more row of the export was /],
    ['rows-unreadable', 2, /^2 more rows of the export were /],
    ['captions-unread-more', 1, / 1 more file\.$/],
  ])('%s, %s', (code, actual, expected) => {
    expect(said({ code, actual, limit: null })).toMatch(expected);
  });

  it.each([
    ['自分のみ', /^Held back: the export says “自分のみ” of who could see it.*--include private,friends/],
    ['', /^Held back: the export does not say who could see it.*--include private,friends/],
  ])('a post held for words that are not known: “%s”', (actual, expected) => {
    expect(said({ code: 'visibility', actual, limit: 'private,friends' })).toMatch(expected);
  });

  it('a list that did not come is not said to be incomplete', () => {
    expect(said({ code: 'listing-failed', actual: 'no network', limit: null })).toMatch(
      /could not be fetched \(no network\)/,
    );
  });

  it('a list that came in part is not said to be missing', () => {
    expect(said({ code: 'listing-failed', actual: '1 line was broken', limit: 3 })).toMatch(
      /out of date or incomplete/,
    );
  });

  it.each<[IssueCode, RegExp]>([
    ['duration', /185 s.*180 s/],
    ['visibility', /--include private/],
    ['link-expired', /2025-12-01.*new export/],
    ['video-codec', /vp9.*h264/],
    ['photo-missing', /2 of 9/],
    ['several-files-fit', /2025-03-02_09-15-04\.mp4/],
  ])('%s carries what it knows', (code, expected) => {
    const [actual, limit] = carried[code];
    expect(said({ code, actual, limit })).toMatch(expected);
  });
});
