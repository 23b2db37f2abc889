import type { Link, PostKind } from '../model/post.ts';

/**
 * Parses addresses in exports (shapes seen in exports of 2024-25). Host names change over time, so an address is
 * classified by its path and query and never by a list of hosts.
 */

/** `/<signature>/<hex expiry>/video/tos/...`: an older form with the signature in the path instead of the query. */
const PATH_SIGNATURE = /^\/([0-9a-f]{32})\/([0-9a-f]{8})(?=\/)/i;
const QUERY_EXPIRY = /[?&;]x-(?:tos-)?expires=(\d{9,11})(?!\d)/i;
const PAGE_ID = /\/(?:share\/video|@[^/]*\/(?:video|photo)|v|video|photo)\/(\d{6,20})(?:\.html)?(?:\/|$)/;
/** Hosts of web pages. Media hosts of the same domains have other names (`v16-webapp.tiktok.com`). */
const PAGE_HOST = /^(?:(?:www|m|vm|vt|t)\.)?tiktokv?\.(?:com|us|eu)$/;
const IMAGE = /photomode|\/tos-[^/]*-i-|\.(?:jpe?g|png|webp|heic|avif)$/i;
const VIDEO_QUERY = /[?&]mime_type=video/i;

/** Parses one address; null if the text is not a web address. */
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

/** Whether the address is an image. Photo posts with one photo have no other distinguishing mark. */
export function isImageLink(link: Link): boolean {
  const end = link.url.indexOf('?');
  const path = end < 0 ? link.url : link.url.slice(0, end);
  if (link.kind === 'page') return path.includes('/photo/');
  return IMAGE.test(path) && !isVideoLink(link);
}

/** Whether the address is a video. A list of video addresses is one video in several copies, not a photo post. */
export function isVideoLink(link: Link): boolean {
  return VIDEO_QUERY.test(link.url);
}

/**
 * The part of a link that stays the same when it is signed again: its path without host, query and signature. Page
 * links and links behind a login get paths that begin with `/share/video/` and `/login`, so that `isWeakPath`
 * recognises them.
 */
export function linkPath(link: Link): string {
  if (link.tiktokId !== null) return `/share/video/${link.tiktokId}`;
  const url = split(link.url);
  if (url === null) return link.url;
  if (link.kind !== 'login') return url.path.replace(PATH_SIGNATURE, '');
  return `/login${loginTarget(url)?.path.replace(PATH_SIGNATURE, '') ?? ''}`;
}

/**
 * The kind of post that a link path suggests. For a post of an earlier run only the path is known. The kind is the same
 * in every export, even where the object has another name.
 */
export function kindOfPath(path: string): PostKind {
  return IMAGE.test(path) ? 'photos' : 'video';
}

/** Page links contain TikTok's post id, so two different pages are always two posts. */
export function areOtherPages(one: string | null, other: string | null): boolean {
  return one !== other && [one, other].every((path) => path?.startsWith('/share/video/'));
}

/** Paths (null: no link) that another export may replace by the address of the media itself. */
export function isWeakPath(path: string | null): boolean {
  return path === null || path.startsWith('/share/video/') || path.startsWith('/login');
}

/**
 * Scheme, host and path only: the part of an address that may be printed or stored. Also blanks a signature in the
 * path.
 */
export function redactUrl(text: string): string {
  const url = split(text);
  if (url === null) return '(unreadable address)';
  const scheme = /^https:/i.test(text) ? 'https' : 'http';
  return `${scheme}://${url.host}${url.port}${url.path.replace(PATH_SIGNATURE, '/-/-')}`;
}

interface Parts {
  readonly host: string;
  /** With its colon; empty if the address has none. */
  readonly port: string;
  readonly path: string;
  readonly query: string;
}

/** Hosts without credentials or port, and paths that need no percent-encoding. */
const PLAIN_HOST = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]+$/;
const ODD_PATH = /[^!-~]|\\|\/\.{1,2}(?:\/|$)/;

/**
 * Splits an address. Ordinary TikTok addresses are split by hand, because `URL` is slow; unusual ones go through `URL`.
 */
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

/** The redirect target of a login page. */
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

/**
 * Inferred from the bucket name: `tos-<region>-v-<n>` looks like uploads, `-ve-` and `-pve-` like transcodes (2025).
 */
function qualityOf(path: string): Link['quality'] {
  const flavour = /\/tos-[a-z0-9]+-(?:[a-z0-9]+-)*?(v|ve|pve)-/i.exec(path)?.[1]?.toLowerCase();
  if (flavour === undefined) return null;
  return flavour === 'v' ? 'original' : 'transcode';
}
