import type { Link } from '../model.ts';

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
const IMAGE = /photomode|-i-|\.(?:jpe?g|png|webp|heic|avif)$/i;
const VIDEO_QUERY = /[?&]mime_type=video/i;

/** Reads one address. Null where the text is no web address. */
export function parseLink(text: string): Link | null {
  const url = toUrl(text);
  if (url === null) return null;
  const host = url.hostname;
  if (PAGE_HOST.test(host) && /^\/login\b/i.test(url.pathname)) {
    const inner = loginTarget(url);
    return { url: text, host, kind: 'login', expiresAt: inner && expiryOf(inner), quality: null, tiktokId: null };
  }
  const tiktokId = PAGE_ID.exec(url.pathname)?.[1] ?? null;
  if (PAGE_HOST.test(host)) return { url: text, host, kind: 'page', expiresAt: null, quality: null, tiktokId };
  return { url: text, host, kind: 'media', expiresAt: expiryOf(url), quality: qualityOf(url.pathname), tiktokId: null };
}

/** Whether an address names a still: photo posts of one photo have no separator to tell them by. */
export function isImageLink(link: Link): boolean {
  const url = toUrl(link.url);
  if (url === null) return false;
  if (link.kind === 'page') return /\/photo\//.test(url.pathname);
  return IMAGE.test(url.pathname) && !VIDEO_QUERY.test(url.search);
}

/** Whether an address says that it is a video: a list of such is one video in several copies, not a photo post. */
export function isVideoLink(link: Link): boolean {
  return VIDEO_QUERY.test(link.url);
}

/**
 * What stays the same when a link is signed anew: its path without host, query and signature. Names of pages and
 * addresses behind a login begin with `/share/video/` and `/login/`, so that `isWeakPath` can tell them.
 */
export function linkPath(link: Link): string {
  if (link.tiktokId !== null) return `/share/video/${link.tiktokId}`;
  const url = toUrl(link.url);
  if (url === null) return link.url;
  if (link.kind !== 'login') return url.pathname.replace(PATH_SIGNATURE, '');
  const inner = loginTarget(url);
  return `/login${inner === null ? '' : inner.pathname.replace(PATH_SIGNATURE, '')}`;
}

/** Paths (null: no link at all) that another export may replace by the address of the media itself. */
export function isWeakPath(path: string | null): boolean {
  return path === null || path.startsWith('/share/video/') || path.startsWith('/login');
}

/** Scheme, host and path: what may be printed or written of an address. A signature inside the path is blanked too. */
export function redactUrl(text: string): string {
  const url = toUrl(text);
  if (url === null) return '(unreadable address)';
  return `${url.protocol}//${url.host}${url.pathname.replace(PATH_SIGNATURE, '/-/-')}`;
}

function toUrl(text: string): URL | null {
  if (!/^https?:\/\//i.test(text)) return null;
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** The address that a login page leads on to. */
function loginTarget(url: URL): URL | null {
  const target = url.searchParams.get('redirect_url');
  if (target === null) return null;
  return toUrl(target) ?? toUrl(decode(target));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function expiryOf(url: URL): number | null {
  const seconds = QUERY_EXPIRY.exec(url.search)?.[1];
  if (seconds !== undefined) return Number(seconds);
  const hex = PATH_SIGNATURE.exec(url.pathname)?.[2];
  return hex === undefined ? null : Number.parseInt(hex, 16);
}

/** By the bucket's name: `tos-<region>-v-<n>` looks like uploads, `-ve-` and `-pve-` like transcodes (2025, inferred). */
function qualityOf(path: string): Link['quality'] {
  const flavour = /\/tos-[a-z0-9]+-(?:[a-z0-9]+-)*?(v|ve|pve)-[^/]*\//i.exec(path)?.[1]?.toLowerCase();
  if (flavour === undefined) return null;
  return flavour === 'v' ? 'original' : 'transcode';
}
