import { tagSpelling, tagsKept } from '../../targets/tiktok-jargon.ts';
import { keepLatest, matchesOf } from '../../text/keep-latest.ts';
import { cleanText } from './clean.ts';
import { endOfWord, kana, labelsIn, smallLabelsIn, spaced, startOfWord, withoutFrame } from './disclosure-labels.ts';
import {
  aiSayings,
  aiSayingsUnspaced,
  aiTags,
  askedAiTags,
  askedPaidSayings,
  askedPaidTags,
  otherPartners,
  paidSayings,
  paidSayingsUnspaced,
  paidTags,
  type Sayings,
  tagsByLanguage,
} from './disclosure-words.ts';
import { plainLetters } from './letters.ts';
import { plainForm } from './plain-form.ts';

/** What a word or hashtag discloses. `asked`: uncertain, so the creator is asked. */
export type Disclosed = 'paid' | 'ai' | 'asked-paid' | 'asked-ai';

export interface Disclosure {
  readonly kind: Disclosed;
  /** As written, without invisible characters. */
  readonly text: string;
  /** Position in code units of the original text. */
  readonly at: number;
  readonly end: number;
}

interface Finder {
  readonly kind: Disclosed;
  readonly mayHold: (small: string) => boolean;
  /** Whether the language has no spaces between words. */
  readonly isUnspaced: boolean;
  readonly find: RegExp;
}

let finders: readonly Finder[] | null = null;

function allFinders(): readonly Finder[] {
  const of = (kind: Disclosed, sayings: Sayings, isSpaced: boolean): Finder[] =>
    sayings.map(([stems, pattern]) => {
      const source = `(?:${spaced(pattern)})`;
      const find = new RegExp(isSpaced ? startOfWord + source + endOfWord : source, 'giu');
      return { kind, mayHold: hintOf(stems.split('|')), isUnspaced: !isSpaced, find };
    });
  return [
    ...of('paid', paidSayings, true),
    ...of('paid', paidSayingsUnspaced, false),
    ...of('ai', aiSayings, true),
    ...of('ai', aiSayingsUnspaced, false),
    ...of('asked-paid', askedPaidSayings, true),
  ];
}

/** Stems of two letters occur in every text, so they are searched as words. */
function hintOf(stems: readonly string[]): Finder['mayHold'] {
  const short = stems.filter((stem) => /^[\p{Script=Latin}\p{Script=Cyrillic}]{1,3}$/u.test(stem));
  const long = stems.filter((stem) => !short.includes(stem));
  const words = `(?:${short.join('|')})`;
  const asWord = short.length > 0 ? new RegExp(`${words}(?![a-zа-я])(?<![a-zа-я]${words})`) : null;
  return (small) => long.some((stem) => small.includes(stem)) || (asWord?.test(small) ?? false);
}

const unspaced = /[\p{Script=Thai}\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** The disclosing phrases of a text, in order. For hashtags see `disclosedByTag`. */
export const disclosuresIn = keepLatest(findDisclosures, 8);

function findDisclosures(written: string): readonly Disclosure[] {
  const { text, written: placeOf } = plainForm(written);
  const small = text.toLowerCase();
  finders ??= allFinders();
  const found: Disclosure[] = [];
  const hasUnspaced = unspaced.test(text);
  for (const { kind, mayHold, isUnspaced, find } of finders) {
    if ((isUnspaced && !hasUnspaced) || !mayHold(small)) continue;
    for (const match of matchesOf(find, text)) add(kind, match[0], match.index);
  }
  const writtenFrom = (from: number, to: number) =>
    written.slice(placeOf(Math.max(0, from)), placeOf(Math.min(to, text.length)));
  for (const { match, at } of labelsIn(text, writtenFrom)) add('paid', match, at);
  if (text !== written) for (const { match, at } of smallLabelsIn(text, writtenFrom)) add('paid', match, at);
  return found.sort((one, other) => one.at - other.at);

  function add(kind: Disclosed, match: string, index: number): void {
    if (isDenied(text, index, index + match.length)) return;
    // Includes the brand: `… with @brand`.
    brand.lastIndex = index + match.replace(/[\s@]+$/, '').length;
    const whole =
      match.replace(/[\s@]+$/, '') +
      (/[@＠]/.test(match.slice(0, -1)) ? '' : (brand.exec(text)?.[0] ?? '').replace(/\.+$/, ''));
    const bare = withoutFrame(whole);
    const from = index + whole.indexOf(bare);
    const [at, end] = [placeOf(from), placeOf(from + bare.length)];
    found.push({ kind, text: visible(written.slice(at, end)), at, end });
  }
}

function visible(text: string): string {
  return plainLetters(cleanText(text, [])).text.normalize('NFC');
}

const brand = /(?:[^\S\n]+\p{L}{1,6})?[^\S\n]+[@＠][A-Za-z0-9_.]{2,30}/uy;
const denial = String.raw`wish|not|no|never|nothing|isn['’]?t|aren['’]?t|wasn['’]?t|weren['’]?t|without|nicht|kein(?:e[rsmn]?)?|ohne|sin|nunca|pas|sans|aucune?|jamais|non|não|nao|sem|nem|niet|geen|zonder|inte|ingen|inget|ikke|ingen|ei|nie|bez|není|není to|nem|не|без|нет|değil|bukan|tanpa|không(?: phải)?|chưa|ليس(?:ت)?|غير|بدون|لا|לא|ללא|नहीं|nije|nu|δεν|χωρίς|نیست|بدون`;
const between = String.raw`(?:(?:an?|any|the|this|my|really|actually|even|being|been|was|is|es|una?|un|uma?|eine?|est|une|é|è|paid|to|jest|это|là|have|in|of|kind|bezahlte[rn]?|d[eu]|mit|by|phải)[^\S\n]+){0,3}`;
const deniedBefore = new RegExp(
  String.raw`(?:(?<![\p{L}\p{M}])(?:${denial})[^\S\n]+${between}|(?:不是|并非|並非|非|[没沒]有?|無|无|ไม่ใช่|ไม่ได้|ไม่มี)[^\S\n]?)["“'‘(]?$`,
  'iu',
);
const deniedAfter =
  /^["”'’)]?[^\S\n]?(?:아님|아닙니다|아니|아녜|없음|없이|없는|X(?!\p{L})|NO(?!\p{L})|değil|ではありません|ではない|じゃない|じゃありません|なし|नहीं|नही|नहीं|نیست|free(?!\p{L})|-free)/iu;

const anyDenial = new RegExp(
  String.raw`(?<![\p{L}\p{M}])(?:${denial})(?![\p{L}\p{M}])|[不非没沒無无]|ไม่|ない|なし|じゃあり|아니|아님|없`,
  'iu',
);

/** Whether a text negates anything at all. */
export function hasDenial(text: string): boolean {
  return anyDenial.test(text);
}

/** Whether the disclosure is negated: `Not sponsored`, `광고 아님`. */
export function isDenied(text: string, start: number, end: number): boolean {
  return deniedBefore.test(text.slice(Math.max(0, start - 40), start)) || deniedAfter.test(text.slice(end, end + 12));
}

let tags: ReadonlyMap<string, Disclosed> | null = null;

function allNames(): ReadonlyMap<string, Disclosed> {
  tags ??= allTags();
  return tags;
}

function allTags(): ReadonlyMap<string, Disclosed> {
  const lists: readonly (readonly [Disclosed, string])[] = [
    ['asked-ai', askedAiTags],
    ['asked-paid', askedPaidTags],
    ['ai', aiTags],
    ['paid', paidTags],
  ];
  return new Map(
    lists.flatMap(([kind, list]) =>
      list
        .split(/\s+/)
        .filter(Boolean)
        .map((name): [string, Disclosed] => [tagSpelling(plainForm(name).text), kind]),
    ),
  );
}

const ofBrand =
  /^([\p{L}\p{N}]{3,}?)(?:paid)?(?:partner|partnership|ambassador|ambassadress|affiliate|collabpaid|sponsored)$/u;
const ofNobody = new RegExp(`^(?:${otherPartners})$`);
const ofSomebody = /^(?:gifted|sponsored|supplied|paid)(?:by|from)[\p{L}\p{N}]{2,}$|^iwork(?:4|for)[\p{L}\p{N}]{2,}$/u;
const inKorean = /^(?!노|무|비|no).{2,}(?:협찬|유료광고|제품제공)$/iu;
/** Without accents, as in `tagSpelling`: `タイアップ`. */
const inJapanese = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}](?:pr|提供|タイアッフ)$/u;

/**
 * What a hashtag discloses; null for nothing.
 * @param language the language of the caption, by `languageOf`; a function, because only a few hashtags depend on it
 */
export function disclosedByTag(name: string, language: () => Language): Disclosed | null {
  const spelled = tagInPlainForm(name);
  if (Object.hasOwn(tagsByLanguage, spelled)) {
    if (tagsByLanguage[spelled] === language()) return 'paid';
    return spelled === 'adv' ? 'asked-paid' : null;
  }
  return ofSpelling(spelled);
}

/** `#notsponsored` */
const denies = /^(?:not?|non|never|un|kein|nicht|sin|sem|sans|niet|geen|nie|bez)(?=ad|paid|spons|gift|werb|publi)/;

const tagInPlainForm = keepLatest((name) => tagSpelling(plainForm(name).text), tagsKept);

const ofSpelling = keepLatest((spelled): Disclosed | null => {
  const known = allNames().get(spelled);
  if (known) return known;
  if (denies.test(spelled)) return null;
  const brand = ofBrand.exec(spelled)?.[1];
  if (brand !== undefined) return ofNobody.test(brand) ? null : 'paid';
  return ofSomebody.test(spelled) || inKorean.test(spelled) || inJapanese.test(spelled) ? 'paid' : null;
}, tagsKept);

/** The paying brand that a hashtag names: `nike` of `#nikepartner`; null if it names none. */
export function brandOfTag(name: string): string | null {
  const spelled = tagInPlainForm(name);
  const brand = ofBrand.exec(spelled)?.[1] ?? null;
  return brand === null || denies.test(spelled) || ofNobody.test(brand) || allNames().has(spelled) ? null : brand;
}

const ofLanguages = {
  it: /(?<!\p{L})(?:il|di|della|delle|dello|con|per|che|è|una|mia|mio|questa|questo|sono|nel|nella|gli|ricetta|ricette|cucina|perte|neiperte|viaggi|consigli|bellezza|moda)(?!\p{L})/giu,
  fr: /(?<!\p{L})(?:le|les|des|une|avec|est|pour|dans|sur|mon|mes|c['’]est|j['’]ai|pourtoi|recette|beauté|du|et|ma|vous)(?!\p{L})/giu,
  nl: /(?<!\p{L})(?:het|een|van|ik|voor|niet|met|mijn|deze|dit|naar|bij|ook|voorjou|recept|lekker)(?!\p{L})/giu,
  tr: /(?<!\p{L})(?:ve|bir|bu|için|çok|ile|gibi|daha|benim|keşfet)(?!\p{L})/giu,
};

/** A language in which a hashtag discloses that has another meaning in other languages. */
export type Language = keyof typeof ofLanguages | 'ja' | null;

/** The language of a caption including hashtags, as far as disclosures depend on it. */
export function languageOf(caption: string): Language {
  if (kana.test(caption)) return 'ja';
  const text = caption.slice(0, 600);
  for (const [language, pattern] of Object.entries(ofLanguages)) {
    const words = new Set((text.match(pattern) ?? []).map((word) => word.toLowerCase()));
    if (words.size >= 2) return language as keyof typeof ofLanguages;
  }
  return null;
}
