import { describe, expect, it } from 'vitest';
import { whyNoOriginal } from '../../src/originals/downloads.ts';
import { issueOf, mergeIssues, passedOver, withoutSound } from '../../src/originals/issues.ts';
import { linkPath } from '../../src/originals/link.ts';
import { byExpiry, isUnexpired } from '../../src/originals/order.ts';
import { sidecarNames } from '../../src/originals/sidecar.ts';
import { isAllowedHost, maxBytesOf } from '../../src/originals/source.ts';
import { link, now, photos, video } from './world.ts';

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
      'something else was only mentioned, and another photo is missing',
      [[issueOf('offline', null, null, 'info')], [0], 2],
      [
        ['offline', 'info', null, null],
        ['photo-missing', 'warning', 2, 2],
      ],
    ],
    [
      'a file was rejected as an error, and nothing was found',
      [[{ ...rejected, severity: 'error' }], [], 1],
      [['passed-over', 'error', 'a.mp4', 'It is empty.']],
    ],
    [
      'a smaller version was passed over',
      [[{ ...rejected, severity: 'info' }], [0], 1],
      [['passed-over', 'info', 'a.mp4', 'It is empty.']],
    ],
  ])('%s', (_name, args, expected) => {
    expect(merged(...args)).toEqual(expected);
  });

  it.each(['passed-over', 'damaged', 'several-files-fit', 'several-posts-fit', 'recorded-after'] as const)(
    'an existing file with %s is why an original is missing, rather than the missing link',
    (code) => {
      const about = issueOf(code, 'a.mp4', null, 'warning');
      expect(merged([about, issueOf('no-link')], [], 1)).toEqual([
        [code, 'warning', 'a.mp4', null],
        ['no-link', 'error', 'file-unusable', null],
      ]);
    },
  );

  it.each(['watermark', 'sound-lost', 'disk-full', 'media-shifted'] as const)(
    '%s does not explain a missing link',
    (code) => {
      expect(merged([issueOf(code), issueOf('no-link')], [], 1).at(-1)).toEqual(['no-link', 'error', null, null]);
    },
  );

  it('a missing link is not explained by files where none was rejected, and all was found', () => {
    expect(merged([issueOf('no-link')], [0], 1)).toEqual([['no-link', 'info', null, null]]);
  });

  it('files were rejected for both missing photos of three: they are the reason, and the rest stays as it is', () => {
    const others = ['b.jpg', 'c.jpg'].map((name) => passedOver(name, 'It is empty.'));
    expect(merged([...others, issueOf('offline'), issueOf('link-refused', 'HTTP 404')], [1], 3)).toEqual([
      ['passed-over', 'warning', 'b.jpg', 'It is empty.'],
      ['passed-over', 'warning', 'c.jpg', 'It is empty.'],
      ['offline', 'warning', 'file-unusable', null],
      ['link-refused', 'warning', 'HTTP 404', null],
      ['photo-missing', 'warning', 1, 3],
      ['photo-missing', 'warning', 3, 3],
    ]);
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
    ['still', 'It is the still that a downloader saves beside a video or a sound, not a photo of the post.'],
  ] as const)('why a file is no original: %s', (kind, why) => {
    expect(whyNoOriginal[kind]).toBe(why);
  });
});
