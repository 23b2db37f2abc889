import type { Link, PostKind } from '../model/post.ts';

/**
 * Addresses as exports hold them (shapes seen in exports of 2024-25). Hosts drift, so an address is told by its path
 * and query, and never by a list of hosts.
 */

/** `/<signature>/<hex expiry>/video/tos/...`: an older way of signing, in the path instead of the query. */
const PATH_SIGNATURE = /^\/([0-9a-f]{32})\/([0-9a-f]{8})(?=\/)/i;
const QUERY_EXPIRY = /[?&;]x-(?:tos-)?expires=(\d{9,11})(?!\d)/i;
const PAGE_ID = /\/(?:share\/video|@[^/]*\/(?:video|photo)|v|video|photo)\/(\d{6,20})(?:\.html)?(?:\/|$)/;
/** Sites for people; the media hosts of the same domains have other names (`v16-webapp.tiktok.com`). */
const PAGE_HOST = /^(?:(?:www|m|vm|vt|t)\.)?tiktokv?\.(?:com|us|eu)$/;
const IMAGE = /photomode|\/tos-[^/]*-i-|\.(?:jpe?g|png|webp|heic|avif)$/i;
const VIDEO_QUERY = /[?&]mime_type=video/i;

/** Reads one address. Null where the text is no web address. */
export function parseLink(text: string): Link | null {
  const url = split(text);
  if (url === null) return null;
  const { host, path } = url;
  if (!PAGE_HOST.test(host)) {
    return { url: text, host, kind: 'media', expiresAt: expiryOf(url), quality: qualityOf(path), tiktokId: null };
  }
  if (/^\/login\b/i.test(path)) {
    const inner = loginTarget(url);
    return { url: text, host, kind: 'login', expiresAt: inner && expiryOf(inner), quality: null, tiktokId: null };
  }
  return { url: text, host, kind: 'page', expiresAt: null, quality: null, tiktokId: PAGE_ID.exec(path)?.[1] ?? null };
}

/** Whether an address names a still: photo posts of one photo have no separator to tell them by. */
export function isImageLink(link: Link): boolean {
  const end = link.url.indexOf('?');
  const path = end < 0 ? link.url : link.url.slice(0, end);
  if (link.kind === 'page') return path.includes('/photo/');
  return IMAGE.test(path) && !isVideoLink(link);
}

/** Whether an address says that it is a video: a list of such is one video in several copies, not a photo post. */
export function isVideoLink(link: Link): boolean {
  return VIDEO_QUERY.test(link.url);
}

/**
 * What stays the same when a link is signed anew: its path without host, query and signature. Names of pages and
 * addresses behind a login begin with `/share/video/` and `/login`, so that `isWeakPath` can tell them.
 */
export function linkPath(link: Link): string {
  if (link.tiktokId !== null) return `/share/video/${link.tiktokId}`;
  const url = split(link.url);
  if (url === null) return link.url;
  if (link.kind !== 'login') return url.path.replace(PATH_SIGNATURE, '');
  return `/login${loginTarget(url)?.path.replace(PATH_SIGNATURE, '') ?? ''}`;
}

/**
 * What a path shows of the kind of its post: all that is known of a post of an earlier run. It is the same for a post in
 * every export, whatever its object is called.
 */
export function kindOfPath(path: string): PostKind {
  return IMAGE.test(path) ? 'photos' : 'video';
}

/** Pages carry TikTok's id of a post: two of them are two posts, whatever else is alike. */
export function areOtherPages(one: string | null, other: string | null): boolean {
  return one !== other && [one, other].every((path) => path?.startsWith('/share/video/'));
}

/** Paths (null: no link at all) that another export may replace by the address of the media itself. */
export function isWeakPath(path: string | null): boolean {
  return path === null || path.startsWith('/share/video/') || path.startsWith('/login');
}

/** Scheme, host and path: what may be printed or written of an address. A signature inside the path is blanked too. */
export function redactUrl(text: string): string {
  const url = split(text);
  if (url === null) return '(unreadable address)';
  const scheme = /^https:/i.test(text) ? 'https' : 'http';
  return `${scheme}://${url.host}${url.port}${url.path.replace(PATH_SIGNATURE, '/-/-')}`;
}

interface Parts {
  readonly host: string;
  /** With its colon; empty where the address names none. */
  readonly port: string;
  readonly path: string;
  readonly query: string;
}

/** Names without an account or a port; and paths that a browser would ask for letter by letter. */
const PLAIN_HOST = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]+$/;
const ODD_PATH = /[^!-~]|\\|\/\.{1,2}(?:\/|$)/;

/** Takes an address apart. TikTok's own are cut by hand, as `URL` takes its time; it judges those that look odd. */
function split(text: string): Parts | null {
  const hostAt = text.startsWith('https://') ? 8 : text.startsWith('http://') ? 7 : 0;
  const pathAt = text.indexOf('/', hostAt);
  if (hostAt > 0 && pathAt > 0 && !text.includes('#')) {
    const queryAt = text.indexOf('?', pathAt);
    const host = text.slice(hostAt, pathAt);
    const path = text.slice(pathAt, queryAt < 0 ? undefined : queryAt);
    if (PLAIN_HOST.test(host) && !ODD_PATH.test(path))
      return { host, port: '', path, query: queryAt < 0 ? '' : text.slice(queryAt) };
  }
  if (!/^https?:\/\//i.test(text)) return null;
  try {
    const { hostname, port, pathname, search } = new URL(text);
    return { host: hostname, port: port === '' ? '' : `:${port}`, path: pathname, query: search };
  } catch {
    return null;
  }
}

/** The address that a login page leads on to. */
function loginTarget(url: Parts): Parts | null {
  const target = /[?&]redirect_url=([^&]*)/i.exec(url.query)?.[1];
  if (target === undefined) return null;
  const once = decode(target);
  return split(once) ?? split(decode(once));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function expiryOf(url: Parts): number | null {
  const seconds = QUERY_EXPIRY.exec(url.query)?.[1];
  if (seconds !== undefined) return Number(seconds);
  const hex = PATH_SIGNATURE.exec(url.path)?.[2];
  return hex === undefined ? null : Number.parseInt(hex, 16);
}

/** By the bucket's name: `tos-<region>-v-<n>` looks like uploads, `-ve-` and `-pve-` like transcodes (2025, inferred). */
function qualityOf(path: string): Link['quality'] {
  const flavour = /\/tos-[a-z0-9]+-(?:[a-z0-9]+-)*?(v|ve|pve)-/i.exec(path)?.[1]?.toLowerCase();
  if (flavour === undefined) return null;
  return flavour === 'v' ? 'original' : 'transcode';
}
