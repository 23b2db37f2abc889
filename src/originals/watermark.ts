import { idsInName } from '../captions/tiktok-id.ts';

/** TikTok's own names for that version, which yt-dlp and tikwm keep; no caption has such a word. */
const technical = /(?:^|[^a-z])(?:download_addr|wmplay)(?![a-z])/;
/** What denies it: `no-watermark`, `without_watermark`, `nowm`, `removed watermark`. */
const negated =
  /(?:no|non|not|without|un|remov(?:e[ds]?|er|ing)|free)[ _.-]*(?:the[ _.-]|an?[ _.-])?(?:watermark|wm(?![a-z]))|watermark[ _.-]*(?:free|remov)/;
/** The mark as downloaders set it: in brackets, or parted off at the end (a number or id may follow) or the beginning. */
const bracketed = /[([](?:with[ _-])?watermark(?:ed)?[)\]][ _-]*\d*$/;
const atTheEnd = /(?:^|[_.-])(?:with[_.-])?(?<mark>watermark(?:ed)?|wm)(?:[_.-]\d+)?(?:[ _]?\(\d+\))?$/;
const afterAnId = /\d{19} wm(?: ?\(\d+\))?$/;
const atTheStart = /^(?:with[_.-])?(?<mark>watermark(?:ed)?|wm)[_.-](?=\d)/;

/** A name of more words than these is the post's caption, which may be about watermarks. */
const maxWords = 3;

/**
 * Whether a file's name says that it carries TikTok's moving watermark. Forms seen in public code and file lists, read
 * 2026-11. Sites such as ssstik.io and Snaptik.app name their files too, but give the clean version: they are no sign.
 */
export function isWatermarkedName(name: string): boolean {
  const stem = name.toLowerCase().replace(/\.\w+$/, '');
  if (technical.test(stem)) return true;
  if (negated.test(stem)) return false;
  if (bracketed.test(stem) || afterAnId.test(stem)) return true;
  const mark = (atTheEnd.exec(stem) ?? atTheStart.exec(stem))?.groups?.['mark'];
  if (mark === undefined) return false;
  const words = (stem.match(/\p{L}+/gu) ?? []).filter((word) => word !== mark && word !== 'with');
  // `fussball_wm` is a world cup: two letters count only beside an id, or nothing but digits.
  return mark === 'wm' ? words.length === 0 || idsInName(stem).length > 0 : words.length <= maxWords;
}
