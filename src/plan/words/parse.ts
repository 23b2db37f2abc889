import type { ContactKind } from '../../targets/target.ts';
import { onFirstUse } from '../../text/on-first-use.ts';
import { addresses, labelled, mayHoldLabels, phoneNumbers, webAddress } from './contacts.ts';
import { isDomain } from './domains.ts';

/**
 * The words of a caption, taken apart. Put together again, the parts are the caption, to the last code unit.
 *
 * ```
 * caption   = { link | email | messenger | handle | stitch | mention | hashtag | phone | text }
 * link      = scheme "://" address | "www." address | domain [ "/" address ]
 *             scheme: `http` and `https` even behind a letter: people leave out the space;
 *             domain: ends in a top-level domain; where that is a word too, a path or what leads to it has to say so
 *             address: up to white space, a Chinese, Japanese, Korean or Thai letter, an emoji or a quotation mark,
 *             without the punctuation at its end: `https://example.com/page#part.` is one link and a full stop
 * email     = local at domain                                 at: `@`, `(at)`, `[at]`; a bare ` at ` before a mailer's
 *             domain or one with a spelled dot: `maya at gmail dot com`
 * stitch    = "#" ( "stitch" | "duet" ) "with" mention         which TikTok itself writes
 * reply     = "Replying to" mention                          at the start of a line, which TikTok itself writes
 * mention   = "@" name                                         not behind a Latin letter or digit; `＠` is the same
 * hashtag   = "#" { letter | digit | mark | "_" }              with a letter among them, no mark first; `＃` is the same
 *             `#a.d` is an `ad` that is spelled around filters,
 *             `#1` is a number, `#️⃣` an emoji, `C#`, `F#m` and `&#39;` are text; `Lisbon#travel#fyp` and `东京#旅行` hold
 *             hashtags: people leave out the space
 * messenger = label [ ":" ] name                               `微信: maya01`, `薇❤ maya01`, `Telegram: @maya`
 * handle    = network ":" name | network "@" name | mention "on" network    `IG: @maya`, `@maya on Instagram`
 * phone     = "+" digits | label digits | the usual groups of a local number; never a date, a price or a year
 * ```
 */
export type Part =
  | { readonly kind: 'text' | ContactKind | 'stitch' | 'reply'; readonly text: string }
  /** `name` is without the `#` or `@`. */
  | { readonly kind: 'hashtag' | 'mention'; readonly text: string; readonly name: string };

type Kind = Part['kind'];
type Grammar = readonly (readonly [Kind, string])[];

const name = String.raw`(?!\p{M})(?=[\p{N}\p{M}_]*\p{L})[\p{L}\p{N}\p{M}_]+(?:[\u200c\u200d][\p{L}\p{M}\p{N}_]+)*`;
const mention = String.raw`[@＠](?:[A-Za-z0-9_][A-Za-z0-9_.]{0,63}(?![\p{Script=Latin}\p{M}])|[\p{L}\p{N}][\p{L}\p{N}\p{M}_.]{0,63})`;

/** The prefix that TikTok writes before an answer to a comment, in the languages of its app. */
const replyingTo =
  'Replying to|Reply to|Respuesta a|Respondiendo a|Respondendo a|Resposta a|Réponse à|Répondre à|En réponse à|Antwort auf|Antwort an|Antworten auf|In risposta a|Risposta a|Rispondendo a|Antwoord op|Reageren op|Svar till|Svar til|Svarer|Odpowiedź do|W odpowiedzi do|Odpowiedź dla|Odpověď pro|Válasz neki|Răspuns către|Răspuns la|Απάντηση σε|Ответ пользователю|Ответ|Відповідь користувачу|Yanıtlanan|Membalas|Balasan untuk|Trả lời|Đang trả lời|ตอบกลับ|回复|回覆|返信先|الرد على|ردًا على|پاسخ به|בתגובה אל|תגובה אל|को जवाब';
const replies = String.raw`[ \t]{0,3}(?:(?:${replyingTo})[ \t]?[:：]?[ \t]?${mention}|${mention}[ \t]?(?:님에게 (?:보내는 )?(?:답글|답장)(?: 남기기)?|님에 대한 답글|(?:さん)?(?:への返信|に返信)|adlı kişiye yanıt|को जवाब))`;

/** Found first, so that text directly before it ends there: `@maya.bhttps://x.y`, `outhttps://x.y`. */
const webLink = new RegExp(webAddress, 'giu');

/** The order matters: the first match wins. */
const signsOnly: Grammar = [
  ...addresses,
  ['stitch', String.raw`[#＃](?:stitch|duet)[ \t]{1,3}with[ \t]{1,3}${mention}`],
  ['reply', `(?<=^|\n)${replies}`],
  ['mention', `(?=[@＠])(?<![A-Za-z0-9._%+@＠-])${mention}`],
  ['hashtag', String.raw`(?=[#＃])(?<![&/_#＃]|(?<![\p{L}\p{N}#＃])[A-Za-z])[#＃]{1,8}${name}`],
  ...phoneNumbers,
];
/** Many patterns are slow at every letter, and most captions contain no label. */
const everyday = onFirstUse(() => finderOf(signsOnly));
const withLabels = onFirstUse(() => finderOf([...labelled, ...signsOnly]));
/** Characters that belong to the letter before them. */
const marks = /[\p{M}\u200d]+/uy;
/**
 * Most captions contain only text and hashtags: without one of these characters or a label there is nothing else to
 * find.
 */
const signs = /[#＃@＠.:：/\d]/;

/** Cache of the last captions, since each is parsed again for every platform. */
const lately = new Map<string, readonly Part[]>();

/** Parses a caption in linear time, whatever its content. */
export function parseWords(caption: string): readonly Part[] {
  const before = lately.get(caption);
  if (before) return before;
  const parts = parsed(caption);
  if (lately.size >= 4) lately.delete(lately.keys().next().value ?? '');
  lately.set(caption, parts);
  return parts;
}

function parsed(caption: string): Part[] {
  const hasLabels = mayHoldLabels(caption);
  if (!(hasLabels || signs.test(caption))) return caption === '' ? [] : [{ kind: 'text', text: caption }];
  return [...partsOf(caption, hasLabels ? withLabels() : everyday())];
}

function* partsOf(caption: string, finder: Finder): Generator<Part> {
  let done = 0;
  for (const { 0: found, index } of caption.matchAll(webLink)) {
    const text = withMarks(caption, index, withoutEnd('link', found));
    yield* partsBetween(caption.slice(done, index), finder);
    yield { kind: 'link', text };
    done = index + text.length;
  }
  yield* partsBetween(caption.slice(done), finder);
}

function* partsBetween(caption: string, { kinds, find }: Finder): Generator<Part> {
  let done = 0;
  let from = 0;
  for (;;) {
    const match = nextMatch(find, caption, from);
    if (!match) break;
    const kind = kinds[match.findIndex((group, index) => index > 0 && group !== undefined) - 1] ?? 'text';
    const bare = withoutEnd(kind, match[0]);
    from = match.index + match[0].length;
    if (kind === 'link' && !isLink(bare, caption, match.index)) {
      // A hashtag may follow something that is not a domain.
      from = match.index + (/^[^/?#]*/.exec(bare)?.[0].length || 1);
      continue;
    }
    if (kind === 'hashtag' && isDottedAd(bare, caption.slice(from, from + 4))) continue;
    if (kind === 'hashtag' && isNumber(bare, caption.slice(Math.max(0, match.index - 16), match.index))) continue;
    const text = withMarks(caption, match.index, bare);
    if (match.index > done) yield { kind: 'text', text: caption.slice(done, match.index) };
    yield partOf(kind, text);
    done = match.index + text.length;
  }
  if (done < caption.length) yield { kind: 'text', text: caption.slice(done) };
}

interface Finder {
  readonly kinds: readonly Kind[];
  readonly find: RegExp;
}

function finderOf(grammar: Grammar): Finder {
  const find = new RegExp(grammar.map(([, pattern]) => `(${pattern})`).join('|'), 'giu');
  return { kinds: grammar.map(([kind]) => kind), find };
}

/** Replaces `matchAll`, which copies the pattern each time, so that V8 would compile this long one again. */
function nextMatch(find: RegExp, caption: string, from: number): RegExpExecArray | null {
  find.lastIndex = from;
  return find.exec(caption);
}

function isLink(link: string, caption: string, at: number): boolean {
  if (/^(?:[A-Za-z][A-Za-z0-9+.-]{1,15}:\/\/|www\.)/i.test(link)) return true;
  // `maya (dot) com` is matched with its own list of top-level domains.
  if (/^[A-Za-z0-9-]+[ \t([{（【]+(?:dot|\.)[ \t)\]}）】]/i.test(link)) return true;
  if (isNewSentence(link)) return false;
  // Scripts without an alphabet are matched with their own list.
  if (
    /[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}\p{N}\p{P}\p{S}]/u.test(/^[^/?#]*/.exec(link)?.[0] ?? '')
  )
    return true;
  return isDomain(link, caption.slice(Math.max(0, at - 14), at), caption.slice(at + link.length, at + link.length + 4));
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

/** Punctuation after a link or name belongs to the sentence, except a bracket that was opened inside. */
function withoutEnd(kind: Kind, text: string): string {
  if (kind === 'mention' || kind === 'messenger' || kind === 'handle' || kind === 'stitch' || kind === 'reply')
    return text.replace(/[.-]+$/, '');
  if (kind !== 'link') return text;
  const end = /[.,;:!?'*_~)\]|]*$/.exec(text)?.index ?? text.length;
  const closing = text.slice(end).startsWith(')') && text.lastIndexOf('(', end) > text.lastIndexOf(')', end - 1);
  return text.slice(0, closing ? end + 1 : end);
}

const numbered =
  /(?<!\p{L})(?:apt|apart(?:a?ment)?|unit|suite|ste|room|rm|flat|lot|bldg|building|gate|floor|locker|platform|seat|row|house|stand|booth|stall|no|nr|depto|piso|appt|zimmer|wohnung|daire|кв|квартира|bus|line|route|exit)\.?[^\S\n]?$/iu;

/** Whether it is a number such as `Apt #4B`. */
function isNumber(hashtag: string, before: string): boolean {
  return /^[#＃]\d{1,5}[A-Za-z]$/.test(hashtag) && numbered.test(before);
}

/** `#a.d`, `#a🅳` */
function isDottedAd(hashtag: string, after: string): boolean {
  return /^[#＃]a$/i.test(hashtag) && /^(?:[.·•*-]d|[ⓓⒹ🄳🅓🅳]\uFE0F?)(?![\p{L}\p{N}])/iu.test(after);
}

/** `morning.De Lisboa`: a space is missing. Top-level domains are not capitalised. */
function isNewSentence(link: string): boolean {
  return /^[^/:?#]*\p{Ll}[^/:?#]*\.\p{Lu}\p{Ll}*(?:$|#)/u.test(link);
}
