import type { ContactKind } from '../../targets/target.ts';

/**
 * The words of a caption, taken apart. Put together again, the parts are the caption, to the last code unit.
 *
 * ```
 * caption   = { link | email | stitch | mention | hashtag | messenger | phone | text }
 * link      = scheme "://" address | "www." address | domain [ "/" address ]
 *             scheme: `http` and `https` even behind a letter: people leave out the space;
 *             domain: ends in a top-level name that is no word of its own, or is followed by a path (`linktr.ee/maya`);
 *             address: up to white space, a Chinese, Japanese, Korean or Thai letter, an emoji or a quotation mark,
 *             without the punctuation at its end: `https://example.com/page#part.` is one link and a full stop
 * email     = local "@" domain
 * stitch    = "#" ( "stitch" | "duet" ) "with" mention         which TikTok itself writes
 * mention   = "@" name                                         not behind a Latin letter or digit; `＠` is the same
 * hashtag   = "#" { letter | digit | mark | "_" }              with a letter among them, no mark first; `＃` is the same
 *             `#1` is a number, `#️⃣` an emoji, `C#`, `F#m` and `&#39;` are text; `Lisbon#travel#fyp` and `东京#旅行` hold
 *             hashtags: people leave out the space
 * messenger = label [ ":" ] name                               `微信: maya`, `vx maya01`, `Telegram: @maya`
 * phone     = "+" digits | label digits | the usual groups of a local number; never a date, a price or a year
 * ```
 */
export type Part =
  | { readonly kind: 'text' | ContactKind | 'stitch'; readonly text: string }
  /** `name` is without the sign. */
  | { readonly kind: 'hashtag' | 'mention'; readonly text: string; readonly name: string };

type Kind = Part['kind'];

const tops =
  'com|net|org|info|biz|edu|gov|app|shop|store|online|site|xyz|dev|blog|club|link|bio|gg|ly|ee|eu|uk|de|fr|nl|pl|pt|ru|cn|jp|kr|hk|tw|br|mx|tr|nz|ch|cz|gr|hu|ro|ua|vn|ph|sg';
const domain = String.raw`(?:[A-Za-z0-9-]{1,63}\.){1,8}`;
const address = String.raw`[^\s<>"“”„«»‘’\x60{}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Extended_Pictographic}，。、！？；：…（）【】《》「」『』]`;
const name = String.raw`(?!\p{M})(?=[\p{N}\p{M}_]*\p{L})[\p{L}\p{N}\p{M}_]+(?:[\u200c\u200d][\p{L}\p{M}\p{N}_]+)*`;
const handle = String.raw`[@＠](?:[A-Za-z0-9_][A-Za-z0-9_.]{0,63}(?![\p{Script=Latin}\p{M}])|[\p{L}\p{N}][\p{L}\p{N}\p{M}_.]{0,63})`;
const messengers = `whats ?app|we ?chat(?: ?id)?|weixin|telegram|kakao(?:talk)?(?: ?id)?|line ?id|skype|viber`;
const messengersOfChina = `微信号?|威信|薇信|[vV]信|加[vVＶ微]|扣扣|企鹅号?`;
const callers = `t[eé]l|t[eé]l[eé]phone?|tel[eé]fono|telefone?|phone|mobile|call(?: me)?|whats ?app|电话|手机号?|联系方式`;
const digits = String.raw`\d(?:[ \t().-]{0,2}\d)`;

/** Taken out first: whatever is glued to its front (`@maya.bhttps://x.y`, `outhttps://x.y`) ends there. */
const webLink = new RegExp(String.raw`https?:\/\/(?=[\p{L}\p{N}[])${address}+`, 'giu');

/** In this order: what is tried first wins. Every piece has an end or a guard at its start, so that no text is slow. */
const grammar: readonly (readonly [Kind, string])[] = [
  ['link', String.raw`(?<![A-Za-z0-9])(?:[A-Za-z][A-Za-z0-9+.-]{1,15}:\/\/|[wW]{3}\.)(?=[\p{L}\p{N}[])${address}+`],
  ['email', `(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}[@＠]${domain}[A-Za-z]{2,24}(?![A-Za-z0-9])`],
  [
    'link',
    String.raw`(?<![\p{Script=Latin}\p{Script=Cyrillic}\p{M}\p{N}@＠._/-])${domain}(?:(?:${tops})(?![A-Za-z0-9@＠-])(?:[/?#]${address}*)?|[a-z]{2,12}\/(?=[\p{L}\p{N}])${address}+)`,
  ],
  [
    'messenger',
    String.raw`(?<![A-Za-z])(?:${messengers})[ \t]{0,2}[:：@＠]{1,2}[ \t]{0,2}[@＠]?\+?[A-Za-z0-9][\w.-]{3,30}`,
  ],
  ['messenger', String.raw`(?<![A-Za-z])(?:${messengersOfChina})[ \t:：＠@]{0,4}[A-Za-z0-9][\w-]{4,30}`],
  [
    'messenger',
    String.raw`(?<![A-Za-z])(?:[vw]x|qq群?)(?:[ \t]{0,2}[:：＠@]{1,2}[ \t]{0,2}|[ \t]{0,2}(?=[A-Za-z_-]{0,30}\d))[A-Za-z0-9][\w-]{4,30}`,
  ],
  ['stitch', String.raw`[#＃](?:stitch|duet)[ \t]{1,3}with[ \t]{1,3}${handle}`],
  ['mention', `(?<![A-Za-z0-9._%+@＠-])${handle}`],
  ['hashtag', String.raw`(?<![&/_#＃]|(?<![\p{L}\p{N}])[A-Za-z])[#＃]{1,8}${name}`],
  ['phone', String.raw`(?<![\p{L}\p{N}])(?:${callers})[.:： \t]{0,3}\+?${digits}{5,14}(?!\p{N})`],
  ['phone', String.raw`(?<![\p{N}+])\+${digits}{7,14}(?!\p{N})`],
  ['phone', String.raw`(?<![\p{N}.,+])1[3-9]\d(?:[ -]?\d{4}){2}(?!\p{N})`],
  ['phone', String.raw`(?<![\p{N}.,+-])(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?![\p{N}-])`],
  ['phone', String.raw`(?<![\p{N}.,+-])0\d{1,4}[ /-]\d{3,4}[ -]?\d{3,5}(?![\p{N}-])`],
  ['phone', String.raw`(?<![\p{N}.,:/+-])0\d(?:[ .-]\d{2}){4}(?![\p{N}.-]\d|\d)`],
  ['phone', String.raw`(?<![\p{N}.,:/+-])(?:0\d{9,10}|0\d{3} \d{3} \d{2} \d{2}|\(\d{2}\) ?\d{4,5}-\d{4})(?![\p{N}-])`],
];
const anything = new RegExp(grammar.map(([, pattern]) => `(${pattern})`).join('|'), 'giu');
/** What belongs to the letter before it, whatever that is. */
const marks = /[\p{M}\u200d]+/uy;
/** Most captions hold nothing but text and hashtags: without one of these signs there is nothing else to look for. */
const signs = /[#＃@＠.:：/\d]|[微威薇加扣企vw]|qq/i;

/** Takes a caption apart. Takes time in proportion to its length, whatever is in it. */
export function parseWords(caption: string): Part[] {
  if (!signs.test(caption)) return caption === '' ? [] : [{ kind: 'text', text: caption }];
  return [...partsOf(caption)];
}

function* partsOf(caption: string): Generator<Part> {
  let done = 0;
  for (const { 0: found, index } of caption.matchAll(webLink)) {
    const text = withMarks(caption, index, withoutEnd('link', found));
    yield* partsBetween(caption.slice(done, index));
    yield { kind: 'link', text };
    done = index + text.length;
  }
  yield* partsBetween(caption.slice(done));
}

function* partsBetween(caption: string): Generator<Part> {
  let done = 0;
  for (const match of caption.matchAll(anything)) {
    const kind = grammar[match.findIndex((group, index) => index > 0 && group !== undefined) - 1]?.[0] ?? 'text';
    const bare = withoutEnd(kind, match[0]);
    if (kind === 'link' && isNewSentence(bare)) continue;
    const text = withMarks(caption, match.index, bare);
    if (match.index > done) yield { kind: 'text', text: caption.slice(done, match.index) };
    yield partOf(kind, text);
    done = match.index + text.length;
  }
  if (done < caption.length) yield { kind: 'text', text: caption.slice(done) };
}

function withMarks(caption: string, start: number, text: string): string {
  marks.lastIndex = start + text.length;
  return text + (marks.exec(caption)?.[0] ?? '');
}

function partOf(kind: Kind, text: string): Part {
  return kind === 'hashtag' || kind === 'mention'
    ? { kind, text, name: text.replace(/^[#＃@＠]+/, '') }
    : { kind, text };
}

/** Punctuation behind a link or name belongs to the sentence, but for a bracket that was opened inside. */
function withoutEnd(kind: Kind, text: string): string {
  if (kind === 'mention' || kind === 'messenger' || kind === 'stitch') return text.replace(/[.-]+$/, '');
  if (kind !== 'link') return text;
  const end = /[.,;:!?'*_~)\]|]*$/.exec(text)?.index ?? text.length;
  const closing = text.slice(end).startsWith(')') && text.lastIndexOf('(', end) > text.lastIndexOf(')', end - 1);
  return text.slice(0, closing ? end + 1 : end);
}

/** `morning.De Lisboa`: a space was forgotten. The end of a domain is not written with a capital of its own. */
function isNewSentence(link: string): boolean {
  return /^[^/:?#]*[a-z][^/:?#]*\.[A-Z][a-z]*$/.test(link);
}
