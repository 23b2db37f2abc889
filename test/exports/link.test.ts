import { describe, expect, test } from 'vitest';
import { isImageLink, linkPath, parseLink, redactUrl } from '../../src/exports/link.ts';

const signed = (path: string) => `https://v16m.tiktokcdn.com/0123456789abcdef0123456789abcdef/67c9a1d8${path}`;
const login = `https://www.tiktok.com/login/?redirect_url=${encodeURIComponent(signed('/video/tos/dead/'))}`;
const photo =
  'https://p16-ttdyd-sign-sg.ibyteimg.com/tos-alisg-i-photomode-sg/aa~tplv-noop.jpeg?x-expires=1741252504&x-signature=s';
const upload = 'https://video-sg.tiktokv.com/storage/v1/tos-alisg-v-0068/oA?x-tos-expires=1741770904&x-tos-signature=s';

describe('parses an address', () => {
  test.each([
    ['a photo', photo, { kind: 'media', expiresAt: 1741252504, quality: null }],
    ['an upload', upload, { kind: 'media', expiresAt: 1741770904, quality: 'original' }],
    ['a transcode', upload.replace('-v-', '-ve-'), { quality: 'transcode' }],
    ['a transcode of another sort', upload.replace('tos-alisg-v-', 'tos-useast2a-pve-'), { quality: 'transcode' }],
    ['an upload of a bucket with several regions', upload.replace('alisg-v', 'alisg-tx-eu-v'), { quality: 'original' }],
    ['a transcode in capitals', upload.replace('-v-', '-VE-'), { quality: 'transcode' }],
    ['a bucket of no known sort', upload.replace('-v-', '-xv-'), { quality: null }],
    ['an unknown host', 'https://cdn.example.org/a.mp4', { kind: 'media', host: 'cdn.example.org', expiresAt: null }],
    [
      'a host with a port',
      'https://cdn.example.org:8443/a.mp4?x-expires=1741252504',
      { host: 'cdn.example.org', expiresAt: 1741252504 },
    ],
    ['an address in capitals', 'HTTPS://CDN.Example.ORG/a.mp4', { kind: 'media', host: 'cdn.example.org' }],
    ['an expiry in the path', signed('/video/tos/x/'), { kind: 'media', expiresAt: 0x67c9a1d8 }],
    ['a deleted post', login, { kind: 'login', host: 'www.tiktok.com', expiresAt: 0x67c9a1d8 }],
    [
      'a login that leads nowhere',
      'https://www.tiktok.com/login/?redirect_url=%E0%A4%A',
      { kind: 'login', expiresAt: null },
    ],
    [
      'a share page',
      'https://www.tiktokv.com/share/video/7000000000000000001/',
      { kind: 'page', tiktokId: '7000000000000000001' },
    ],
    [
      'a page of a profile',
      'https://www.tiktok.com/@may.a/video/7000000000000000001?lang=en',
      { kind: 'page', tiktokId: '7000000000000000001' },
    ],
    [
      'an old mobile page',
      'https://m.tiktok.com/v/7000000000000000001.html',
      { kind: 'page', tiktokId: '7000000000000000001' },
    ],
    ['a short page', 'https://vm.tiktok.com/ZMabc/', { kind: 'page', tiktokId: null }],
    [
      'a media host of tiktok.com',
      'https://v16-webapp.tiktok.com/a/?x-expires=1741252504',
      { kind: 'media', expiresAt: 1741252504 },
    ],
    ['a nonsense expiry', 'https://a.example.org/?x-expires=99999999999999999', { expiresAt: null }],
  ])('%s', (_, url, expected) => {
    expect(parseLink(url)).toMatchObject({ url, ...expected });
  });

  test.each(['', 'N/A', 'ftp://example.org/a', 'javascript:alert(1)', 'https://', 'http://[', 'file:///etc/passwd'])(
    '%j is none',
    (url) => {
      expect(parseLink(url)).toBeNull();
    },
  );
});

test('distinguishes a photo from a video by its address', () => {
  const isImage = (url: string) => isImageLink(parseLink(url) as NonNullable<ReturnType<typeof parseLink>>);
  expect(isImage(photo)).toBe(true);
  expect(isImage('https://www.tiktok.com/@maya/photo/7000000000000000001')).toBe(true);
  expect(isImage('https://x.example.org/a.webp?b=1')).toBe(true);
  expect(isImage(upload)).toBe(false);
  expect(isImage('https://x.example.org/tos-a-i-b/a?mime_type=video_mp4')).toBe(false);
});

test('a link path stays the same with a new signature, host and expiry', () => {
  const path = (url: string) => linkPath(parseLink(url) as NonNullable<ReturnType<typeof parseLink>>);
  expect(path(upload)).toBe('/storage/v1/tos-alisg-v-0068/oA');
  expect(path(signed('/video/tos/x/'))).toBe('/video/tos/x/');
  expect(path(login)).toBe('/login/video/tos/dead/');
  expect(path('https://m.tiktok.com/v/7000000000000000001.html')).toBe(
    path('https://www.tiktokv.com/share/video/7000000000000000001/'),
  );
});

describe('redactUrl removes secrets', () => {
  test.each([
    [upload, 'https://video-sg.tiktokv.com/storage/v1/tos-alisg-v-0068/oA'],
    [login, 'https://www.tiktok.com/login/'],
    [signed('/video/'), 'https://v16m.tiktokcdn.com/-/-/video/'],
    ['https://maya:pass@example.org:8443/a?b#c', 'https://example.org:8443/a'],
    ['http://example.org?x-signature=s', 'http://example.org/'],
    ['not an address with secret', '(unreadable address)'],
  ])('%s', (url, expected) => {
    expect(redactUrl(url)).toBe(expected);
  });
});
