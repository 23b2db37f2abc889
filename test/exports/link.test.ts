import { describe, expect, test } from 'vitest';
import {
  areOtherPages,
  isImageLink,
  isVideoLink,
  isWeakPath,
  kindOfPath,
  linkPath,
  parseLink,
  redactUrl,
} from '../../src/exports/link.ts';

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
    ['an expiry of eight digits', 'https://a.example.org/?x-expires=99999999', { expiresAt: null }],
    ['an expiry behind a semicolon', 'https://a.example.org/?a=b;x-expires=1741252504', { expiresAt: 1741252504 }],
    ['an expiry of another name', 'https://a.example.org/?max-expires=1741252504', { expiresAt: null }],
    ['a signature that is too short', 'https://a.example.org/0123456789abcdef/67c9a1d8/video/', { expiresAt: null }],
    [
      'a signature below another folder',
      `https://a.example.org/x${new URL(signed('/v')).pathname}`,
      { expiresAt: null },
    ],
    ['a page with a number too short', 'https://www.tiktok.com/@may.a/video/70000', { kind: 'page', tiktokId: null }],
    ['a page of photos', 'https://www.tiktok.com/@m/photo/7000000000000000001', { tiktokId: '7000000000000000001' }],
    ['a page by number alone', 'https://www.tiktok.com/video/700000', { kind: 'page', tiktokId: '700000' }],
    ['a page of more behind the number', 'https://www.tiktok.com/video/7000000x', { kind: 'page', tiktokId: null }],
    [
      'a page of the United States',
      'https://www.tiktokv.us/share/video/7000000/',
      { kind: 'page', tiktokId: '7000000' },
    ],
    ['a page of Europe', 'https://tiktok.eu/share/video/7000000/', { kind: 'page', tiktokId: '7000000' }],
    ['a host that ends like TikTok', 'https://nottiktok.com/share/video/7000000/', { kind: 'media', tiktokId: null }],
    ['a host that begins like TikTok', 'https://tiktok.com.example.org/video/7000000', { kind: 'media' }],
    ['a page that begins like a login', 'https://www.tiktok.com/loginx', { kind: 'page' }],
    [
      'a login twice encoded',
      `https://www.tiktok.com/LOGIN?a=b&redirect_url=${encodeURIComponent(encodeURIComponent(signed('/v')))}`,
      { kind: 'login', expiresAt: 0x67c9a1d8 },
    ],
    [
      'a login that leads to an address without expiry',
      'https://www.tiktok.com/login?redirect_url=https://a.example.org/b',
      { kind: 'login', expiresAt: null },
    ],
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
  expect(path('https://www.tiktok.com/login?lang=en')).toBe('/login');
  expect(path('https://m.tiktok.com/v/7000000000000000001.html')).toBe(
    path('https://www.tiktokv.com/share/video/7000000000000000001/'),
  );
});

describe('an unusual address is split as browsers split it', () => {
  const path = (url: string) => linkPath(parseLink(url) as NonNullable<ReturnType<typeof parseLink>>);
  test.each([
    ['a folder above', 'https://a.example.org/x/../y', '/y'],
    ['a folder above at the end', 'https://a.example.org/x/z/..', '/x/'],
    ['the same folder', 'https://a.example.org/x/./y', '/x/y'],
    ['the same folder at the end', 'https://a.example.org/x/.', '/x/'],
    ['points in a name', 'https://a.example.org/x..y/..z/.a', '/x..y/..z/.a'],
    ['a backslash', 'https://a.example.org/x\\y', '/x/y'],
    ['a letter that is no ASCII', 'https://a.example.org/\u00e9', '/%C3%A9'],
    ['a part behind #', 'https://a.example.org/x#y', '/x'],
    ['a host without a path', 'https://a.example.org', '/'],
    ['a host of one word', 'http://localhost/x', '/x'],
    ['a host in capitals', 'https://A.Example.org/x', '/x'],
    ['a user', 'https://maya@a.example.org/x', '/x'],
    ['a query with slashes', 'https://a.example.org/x?y=/../z', '/x'],
  ])('%s', (_, url, expected) => {
    expect(path(url)).toBe(expected);
    expect(path(url)).toBe(new URL(url).pathname);
    expect(parseLink(url)?.host).toBe(new URL(url).hostname);
  });
});

test.each([
  ['https://v.example.org/a?mime_type=video_mp4', true],
  ['https://v.example.org/a?b=c&MIME_TYPE=video_mp4', true],
  ['https://v.example.org/a?mime_type=image', false],
  ['https://v.example.org/mime_type=video', false],
])('%s is said to be a video: %s', (url, expected) => {
  expect(isVideoLink(parseLink(url) as NonNullable<ReturnType<typeof parseLink>>)).toBe(expected);
});

test.each([
  ['/tos-alisg-i-photomode-sg/aa', 'photos'],
  ['/tos-useast5-i-0068-tx/aa', 'photos'],
  ['/a.jpg', 'photos'],
  ['/a.JPEG', 'photos'],
  ['/a.png', 'photos'],
  ['/a.heic', 'photos'],
  ['/a.avif', 'photos'],
  ['/a.jpg/b', 'video'],
  ['/tos-useast5-ve-0068/aa', 'video'],
])('the path %s is of a post of kind %s', (path, kind) => {
  expect(kindOfPath(path)).toBe(kind);
});

test.each<[string | null, boolean]>([
  [null, true],
  ['/share/video/7000000000000000001', true],
  ['/login/video/tos/x/', true],
  ['/login', true],
  ['/storage/v1/x', false],
  ['/x/share/video/7', false],
  ['/x/login', false],
])('the path %j may be replaced by a media address: %s', (path, weak) => {
  expect(isWeakPath(path)).toBe(weak);
});

test.each<[string | null, string | null, boolean]>([
  ['/share/video/1', '/share/video/2', true],
  ['/share/video/1', '/share/video/1', false],
  ['/share/video/1', '/storage/v1/x', false],
  ['/storage/v1/x', '/share/video/1', false],
  ['/storage/v1/x', '/storage/v1/y', false],
  ['/share/video/1', null, false],
  [null, null, false],
])('%j and %j are pages of two posts: %s', (one, other, expected) => {
  expect(areOtherPages(one, other)).toBe(expected);
});

describe('redactUrl removes secrets', () => {
  test.each([
    [upload, 'https://video-sg.tiktokv.com/storage/v1/tos-alisg-v-0068/oA'],
    [login, 'https://www.tiktok.com/login/'],
    [signed('/video/'), 'https://v16m.tiktokcdn.com/-/-/video/'],
    ['https://maya:pass@example.org:8443/a?b#c', 'https://example.org:8443/a'],
    ['http://example.org?x-signature=s', 'http://example.org/'],
    ['not an address with secret', '(unreadable address)'],
    ['HTTPS://a.example.org/b?x-signature=s', 'https://a.example.org/b'],
  ])('%s', (url, expected) => {
    expect(redactUrl(url)).toBe(expected);
  });
});
