import { idsInName } from '../captions/tiktok-id.ts';

/** TikTok's API names of the watermarked version, which yt-dlp and tikwm use; they do not occur in captions. */
const technical = /(?:^|[^a-z])(?:download_addr|wmplay)(?![a-z])/;
/** Negations: `no-watermark`, `without_watermark`, `nowm`, `removed watermark`. */
const negated =
  /(?:no|non|not|without|un|remov(?:e[ds]?|er|ing)|free)[ _.-]*(?:the[ _.-]|an?[ _.-])?(?:watermark|wm(?![a-z]))|watermark[ _.-]*(?:free|remov)/;
/** Forms that downloaders use: in brackets, or separated at the end (a number or id may follow) or at the start. */
const bracketed = /[([](?:with[ _-])?watermark(?:ed)?[)\]][ _-]*\d*$/;
const atTheEnd = /(?:^|[_.-])(?<mark>watermark(?:ed)?|wm)(?:[_.-]\d+)?(?:[ _]?\(\d+\))?$/;
const afterAnId = /\d{19} wm(?: ?\(\d+\))?$/;
const atTheStart = /^(?:with[_.-])?(?<mark>watermark(?:ed)?|wm)[_.-](?=\d)/;

/** A name with more words is taken for the caption, which may be about watermarks. */
const maxWords = 3;

/**
 * Whether a file's name says that it has TikTok's moving watermark. Sources: public code and file lists, read 2026-11.
 * Names of sites such as ssstik.io and Snaptik.app do not count, because these provide the version without it.
 */
export function isWatermarkedName(name: string): boolean {
  const stem = name.toLowerCase().replace(/\.\w+$/, '');
  if (technical.test(stem)) return true;
  if (negated.test(stem)) return false;
  if (bracketed.test(stem) || afterAnId.test(stem)) return true;
  const mark = (atTheEnd.exec(stem) ?? atTheStart.exec(stem))?.groups?.['mark'];
  if (mark === undefined) return false;
  const words = (stem.match(/\p{L}+/gu) ?? []).filter((word) => word !== mark && word !== 'with');
  // `fussball_wm` is a world cup, so `wm` counts only with an id or with nothing but digits.
  return mark === 'wm' ? words.length === 0 || idsInName(stem).length > 0 : words.length <= maxWords;
}
