import { parseWords } from '../plan/words/parse.ts';
import { isInOtherChinese } from './chinese.ts';
import {
  addsContacts,
  addsDisclosure,
  addsLines,
  addsMarkup,
  addsNumbers,
  deniesDisclosure,
  hasUnseen,
  unquoted,
} from './foreign-signs.ts';
import { comparableLength, hasScriptOf, isInOtherLanguage } from './languages.ts';
import { type Protected, restore, withoutPlaceholders } from './protect.ts';
import { addsSpelledContacts } from './spelled-contacts.ts';

/** Why an answer is not used: half a sentence, for the post's message. */
export type Refusal =
  | 'it came back broken'
  | 'it came back empty'
  | 'it came back untranslated'
  | 'it is far too long'
  | 'it is far too short'
  | 'numbers, names, links or disclosures were lost or doubled'
  | 'it is in another language'
  | 'it is in the other script of Chinese'
  | 'it has links, handles, hashtags or signs that the original does not have'
  | 'it has numbers that the original does not have'
  | 'it has markup that the original does not have'
  | 'it declares advertising or AI, which the original does not'
  | 'it denies advertising or AI, which the original does not'
  | 'it reads like a message of the translator, not like a translation'
  | 'its own words read like instructions to a translator';

export type Verdict = { readonly text: string } | { readonly refused: Refusal };

/**
 * Judges an answer. What is accepted has everything protected exactly once, and no link, handle, hashtag, price or emoji
 * that the original does not have.
 * @param answer as the engine wrote it; null if its reply could not be read
 */
export function judge(answer: string | null, original: Protected, language: string): Verdict {
  const before = refusedUnasked(original);
  if (before !== null) return { refused: before };
  if (answer === null) return { refused: 'it came back broken' };
  const plain = answer
    .replace(/\r\n?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  const trimmed = unquoted(plain, original.text);
  if (trimmed === '') return { refused: 'it came back empty' };
  const refused = refusalOf(trimmed, original, language);
  if (refused !== null) return { refused };
  const text = restore(trimmed, original);
  return text === null ? { refused: 'numbers, names, links or disclosures were lost or doubled' } : { text };
}

/** Why a text is not even sent: a language model may take it for instructions, whatever its prompt says. */
export function refusedUnasked(original: Protected): Refusal | null {
  return isMessage(withoutPlaceholders(original.text)) ? 'its own words read like instructions to a translator' : null;
}

/** Longer than any translation: between alphabets and characters, a factor of two is in `comparableLength` already. */
const maxTimes = 3;
const maxMore = 60;
/** From this length on, a translation of a tenth is no translation. */
const longEnough = 80;

function refusalOf(answer: string, original: Protected, language: string): Refusal | null {
  const [own, theirs] = [withoutPlaceholders(original.text), withoutPlaceholders(answer)];
  const [before, after] = [comparableLength(original.text), comparableLength(answer)];
  if (after > maxTimes * before + maxMore) return 'it is far too long';
  if (hasUnseen(answer) || addsLines(answer, original.text)) return 'it came back broken';
  if (isMessage(theirs) || (introduction.test(theirs) && !introduction.test(own)))
    return 'it reads like a message of the translator, not like a translation';
  if (restore(answer, original) === null) return 'numbers, names, links or disclosures were lost or doubled';
  if (before > longEnough && after < before / 10) return 'it is far too short';
  if (!/\p{L}/u.test(theirs)) return 'it came back empty';
  if (addsMarkup(theirs, own)) return 'it has markup that the original does not have';
  const written = [own, ...original.pieces.map((piece) => piece.written)].join('\n');
  if (addsContacts(theirs) || addsSpelledContacts(theirs, written))
    return 'it has links, handles, hashtags or signs that the original does not have';
  if (addsNumbers(theirs)) return 'it has numbers that the original does not have';
  if (addsDisclosure(theirs, written)) return 'it declares advertising or AI, which the original does not';
  if (deniesDisclosure(restore(answer, original) ?? '', written, language))
    return 'it denies advertising or AI, which the original does not';
  if (isUntranslated(theirs, own)) return 'it came back untranslated';
  if (/\p{N}⟦|⟧\p{N}/u.test(answer)) return 'it has numbers that the original does not have';
  if (changesContacts(answer, original))
    return 'it has links, handles, hashtags or signs that the original does not have';
  if (isInOtherChinese(theirs, language)) return 'it is in the other script of Chinese';
  if (!hasScriptOf(theirs, language) || isInOtherLanguage(theirs, language)) return 'it is in another language';
  return null;
}

/** Whether letters next to a piece make another handle or link of it: `@maya` and `x` are `@mayax`. */
function changesContacts(answer: string, original: Protected): boolean {
  const contactsIn = (text: string) =>
    parseWords(text)
      .filter(({ kind }) => kind !== 'text')
      .map(({ text: written }) => written)
      .sort()
      .join('\n');
  const pieces = original.pieces.map(({ restored }) => restored).join('\n');
  return contactsIn(restore(answer, original) ?? '') !== contactsIn(pieces);
}

/** Names and loan words come back as they are: this many words may. */
const maxLoaned = 3;

function isUntranslated(theirs: string, own: string): boolean {
  const plain = (text: string) => text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const words = plain(own);
  return words.length > maxLoaned && words.join(' ') === plain(theirs).join(' ');
}

/**
 * What language models write besides a translation: an introduction, a refusal, notes, markup, the text of their prompt.
 * In the languages in which they do.
 */
const messages = [
  String.raw`\b(?:as an? (?:ai|artificial|large)\b|language model|i(?:['’]m| am) (?:sorry|unable|an? (?:ai|assistant))|i (?:cannot|can['’]t|can not|won['’]t) (?:translate|help|assist|comply|provide|fulfil))`,
  String.raw`\b(?:here(?:['’]s| is| are)) (?:the|your|my|a) [^\n]{0,30}translat|\btranslat(?:ion|ed text)\s*(?:\([^)]{0,30}\)\s*)?[:：]|\btranslator['’]?s note`,
  String.raw`\b(?:ignore|disregard|forget) (?:all |any |the |your )*(?:previous|prior|above|earlier|other) (?:instructions?|prompts?|messages?)`,
  String.raw`(?<!\p{L})(?:ignor|olvid|desconsider|esquec|oubli|ne tenez pas compte|vergiss|dimentic)[^\n]{0,25}(?:instruc|instruç|istruz|anweisung)`,
  String.raw`\b(?:system|assistant|user)\s*[:：]\s|<\/?(?:think|thinking|system|assistant|user)\b|<\|[a-z_]+\|>|\[\/?INST\]|\bsystem prompt\b`,
  '```|^\\s*[[{]\\s*"|"(?:id|text)"\\s*:',
  String.raw`(?:作为|身为)(?:一个|一名)?\s*(?:AI|人工智能)(?:助手|语言模型|模型)|语言模型|(?:很|非常)?抱歉[，,]?我(?:无法|不能)|(?:以下|下面)是[^\n]{0,12}(?:翻译|译文)|(?:译文|翻译)\s*[:：]|忽略(?:之前|以上|所有)[^\n]{0,6}指令`,
  String.raw`AI(?:アシスタント|言語モデル)として|申し訳(?:ありません|ございません)[^\n]{0,20}(?:翻訳|できません)|(?:以下|次)(?:は|が)[^\n]{0,12}(?:翻訳|訳文)|(?:翻訳|訳文?)\s*[:：]`,
  String.raw`\b(?:lo siento|desculpe|désolé|es tut mir leid|mi dispiace)[,.][^\n]{0,40}(?:tradu|übersetz)|\b(?:aquí está|aqui está|voici|hier ist|ecco) (?:la|a|die|the)? ?[^\n]{0,20}(?:traducción|tradução|traduction|übersetzung|traduzione)|\b(?:traducción|tradução|traduction|übersetzung|traduzione)\s*[:：]`,
];
const message = new RegExp(messages.map((each) => `(?:${each})`).join('|'), 'imu');

/** How language models begin an answer, and people a caption: “OK, here we go”. */
const introduction = /^\s*(?:sure|certainly|of course|okay|ok)[,!.][^\n]*(?:translat|here)/iu;

function isMessage(text: string): boolean {
  return message.test(text);
}
