import { countCommonWords } from '../text/common-words.ts';

/** What is known of languages: their tags, their scripts, and which language a text is in. */

/** A BCP 47 tag in its canonical form: `zh`, `zh-Hant`, `pt-BR`; null if it is none. */
export function canonicalLanguage(written: string): string | null {
  if (!/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(written)) return null;
  try {
    return Intl.getCanonicalLocales(written)[0] ?? null;
  } catch {
    return null;
  }
}

/** The language without script and region: `zh` of `zh-Hant`. */
export function baseLanguage(language: string): string {
  return language.toLowerCase().split('-')[0] ?? '';
}

/** The English name of a language, for prompts and messages: `Chinese`. */
export function languageName(language: string): string {
  return new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' }).of(language) ?? language;
}

/** A letter of the script, and of a script that no other language here has. */
interface Script {
  readonly letter: RegExp;
  /** A letter that proves another language of the same script. */
  readonly foreign?: RegExp;
  /** A letter that a text of some length must have. */
  readonly needs?: RegExp;
}

const han = /\p{Script=Han}/u;
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const arabic: Script = { letter: /\p{Script=Arabic}/u };
const cyrillic: Script = { letter: /\p{Script=Cyrillic}/u };
const hebrew: Script = { letter: /\p{Script=Hebrew}/u };
const devanagari: Script = { letter: /\p{Script=Devanagari}/u };

/** Scripts of the languages that are not written in Latin letters. A language that is missing here is not judged. */
const scripts: Readonly<Record<string, Script>> = {
  zh: { letter: han, foreign: kana },
  ja: { letter: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u, needs: kana },
  ko: { letter: /\p{Script=Hangul}/u },
  th: { letter: /\p{Script=Thai}/u },
  lo: { letter: /\p{Script=Lao}/u },
  km: { letter: /\p{Script=Khmer}/u },
  my: { letter: /\p{Script=Myanmar}/u },
  ka: { letter: /\p{Script=Georgian}/u },
  hy: { letter: /\p{Script=Armenian}/u },
  el: { letter: /\p{Script=Greek}/u },
  bn: { letter: /\p{Script=Bengali}/u },
  ta: { letter: /\p{Script=Tamil}/u },
  te: { letter: /\p{Script=Telugu}/u },
  ...{ ar: arabic, fa: arabic, ur: arabic },
  ...{ ru: cyrillic, uk: cyrillic, be: cyrillic, bg: cyrillic, mk: cyrillic, kk: cyrillic },
  ...{ he: hebrew, hi: devanagari, mr: devanagari, ne: devanagari },
};

/** Languages of which nothing is known but that they are written in Latin letters. */
const latin: Script = { letter: /\p{Script=Latin}/u };
const latinLanguages = new Set(
  'af az ca cs cy da de en es et eu fi fil fr ga gl hr hu id is it jv lb lt lv ms mt nb nl nn no pl pt ro sk sl so sq sv sw tl tr uz vi'.split(
    ' ',
  ),
);

function scriptOf(language: string): Script | null {
  const base = baseLanguage(language);
  return scripts[base] ?? (latinLanguages.has(base) ? latin : null);
}

/** Chinese and Japanese write a word in one or two characters, an alphabet in five. */
const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;

/** The length of a text in the letters of an alphabet, to compare texts of different scripts. */
export function comparableLength(text: string): number {
  return text.length + 2 * (text.match(dense)?.length ?? 0);
}

/** Words of other languages, such as names, in a text of this script: up to this share of its letters. */
const maxForeign = 0.5;
/** Letters from which on a Japanese text has kana. */
const enoughForKana = 12;

/** Whether a text may be in a language, by its letters. A text without letters may be. */
export function hasScriptOf(text: string, language: string): boolean {
  const script = scriptOf(language);
  const letters = text.match(/\p{L}/gu) ?? [];
  if (script === null || letters.length === 0) return true;
  const own = letters.filter((each) => script.letter.test(each)).length;
  const foreign = script.foreign ? letters.filter((each) => script.foreign?.test(each)).length : 0;
  if (foreign > letters.length / 20) return false;
  if (script.needs && letters.length >= enoughForKana && !script.needs.test(text)) return false;
  // In a foreign word each letter counts, and in Chinese each character is a word.
  const isDense = own > 0 && letters.join('').match(dense) !== null;
  return own >= (isDense ? own + (letters.length - own) / 3 : letters.length) * (1 - maxForeign);
}

/** Fewer common words prove nothing. */
const proof = 4;

/** The language of a text as far as it is beyond doubt: by its script, else by its most common words; null if unknown. */
export function detectLanguage(text: string): string | null {
  const letters = text.match(/\p{L}/gu) ?? [];
  if (letters.length === 0) return null;
  const share = (letter: RegExp) => letters.filter((each) => letter.test(each)).length / letters.length;
  if (share(kana) > 0.2) return 'ja';
  if (share(han) > 0.7) return share(kana) === 0 ? 'zh' : null;
  for (const language of ['ko', 'th', 'he', 'el', 'ka', 'hy'] as const) {
    const script = scripts[language];
    if (script && share(script.letter) > 0.7) return language;
  }
  const [first, second] = [...countCommonWords(text)].sort(([, one], [, other]) => other - one);
  const isClear = first !== undefined && first[1] >= proof && first[1] >= 2 * (second?.[1] ?? 0);
  return isClear ? first[0] : null;
}

/** Whether the common words of a text say that it is in another language than it should be. */
export function isInOtherLanguage(text: string, language: string): boolean {
  const counts = countCommonWords(text);
  const own = counts.get(baseLanguage(language));
  // Languages without a list, and those that are close to one with a list (Malay, Tagalog), are not judged.
  if (own === undefined) return false;
  const most = Math.max(...counts.values());
  return most >= proof && own * 3 < most;
}
