import * as z from 'zod';
import { type JoinedCaption, type Translation, type TranslationLayout, translationLayouts } from '../model/caption.ts';
import { digest } from '../state/up-to-date-cache.ts';
import { isNarrowed } from './lost-letters.ts';
import { isReformatted } from './number-cells.ts';

/**
 * The columns `title_<language>` and `caption_<language>` of captions.csv, and `speech`. They are there once port has
 * written into them; columns of these names that a person added count from the first run that translates into the
 * language.
 */

/** A translation of a title or text as it stands in its cell. */
export interface TranslationCell {
  readonly text: string;
  /** A person wrote or cleared it. */
  readonly personal: boolean;
  /** A hash of the words that it is a translation of (`wordsHash`). */
  readonly of: string;
}

/** The cells of a post in one language. */
export interface RecordedTranslation {
  readonly title: TranslationCell;
  readonly caption: TranslationCell;
}
export type RecordedTranslations = Readonly<Record<string, RecordedTranslation>>;

/** The transcript of a post, which nothing but a person uses. */
export interface RecordedSpeech {
  readonly text: string;
  readonly personal: boolean;
}

/** A language in which posts go out, until another run says otherwise. */
export interface LanguageInForce {
  /** Names of platforms. */
  readonly targets: readonly string[];
  readonly layout: TranslationLayout;
}
export type LanguagesInForce = Readonly<Record<string, LanguageInForce>>;

/** `--translate` for the platforms of a run. @property layout null: as in earlier runs */
export interface WantedLanguages {
  readonly byTarget: ReadonlyMap<string, string>;
  readonly layout: TranslationLayout | null;
}

/** By column, the cells of a row in these columns. */
export type TranslationColumns = Readonly<Record<string, string>>;

export const speechColumn = 'speech';
const column = /^(title|caption)_([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)$/i;

/** A column's name in its own spelling, `caption_zh-Hant` for `Caption_zh-hant`; null for other columns. */
export function translationColumn(name: string): string | null {
  if (name.toLowerCase() === speechColumn) return speechColumn;
  const found = column.exec(name);
  if (found === null) return null;
  const [, part = '', language = ''] = found;
  try {
    return `${part.toLowerCase()}_${Intl.getCanonicalLocales(language)[0] ?? language}`;
  } catch {
    return null;
  }
}

/** A hash of words, by which a translation knows whether they changed. White space at the ends does not count. */
export function wordsHash(words: string): string {
  return digest(words.trim()).slice(0, 16);
}

const emptyCell: TranslationCell = { text: '', personal: false, of: '' };
const noTranslation: RecordedTranslation = { title: emptyCell, caption: emptyCell };

/**
 * What the cells of a post say in the languages that are in force, after a person may have edited them.
 * @param row the row's cells in these columns; null if there is no row
 * @param words the words now
 */
export function mergeTranslations(
  row: TranslationColumns | null,
  kept: RecordedTranslations | undefined,
  languages: readonly string[],
  words: Pick<JoinedCaption, 'title' | 'text'> | null,
  { narrow }: { readonly narrow: boolean },
): RecordedTranslations | undefined {
  const merge = (name: string, before: TranslationCell, source: string): TranslationCell => {
    const cell = row?.[name];
    if (cell === undefined || cell === before.text) return before;
    if (isReformatted(cell, before.text) || (narrow && isNarrowed(cell, before.text))) return before;
    // Clearing port's translation means the original; clearing one's own has it translated again.
    if (cell.trim() === '') return before.personal ? emptyCell : { text: '', personal: true, of: wordsHash(source) };
    return { text: cell, personal: true, of: wordsHash(source) };
  };
  const all = new Set([...Object.keys(kept ?? {}), ...languages]);
  const merged = [...all].flatMap((language): [string, RecordedTranslation][] => {
    const before = kept?.[language] ?? noTranslation;
    const title = merge(`title_${language}`, before.title, words?.title ?? '');
    const caption = merge(`caption_${language}`, before.caption, words?.text ?? '');
    return isUntouched(title) && isUntouched(caption) ? [] : [[language, { title, caption }]];
  });
  return merged.length === 0 ? undefined : Object.fromEntries(merged);
}

function isUntouched({ text, personal }: TranslationCell): boolean {
  return text === '' && !personal;
}

/** A person's edit of the transcript stays; emptied, it stays empty. */
export function mergeSpeech(
  row: TranslationColumns | null,
  kept: RecordedSpeech | undefined,
): RecordedSpeech | undefined {
  const cell = row?.[speechColumn];
  if (kept === undefined || cell === undefined || cell === kept.text) return kept;
  return isReformatted(cell, kept.text) ? kept : { text: cell, personal: true };
}

/** The cells that these records make, by column. */
export function translationCells(
  translations: RecordedTranslations | undefined,
  speech: RecordedSpeech | undefined,
): TranslationColumns {
  const cells = Object.entries(translations ?? {}).flatMap(([language, { title, caption }]) => [
    [`title_${language}`, title.text],
    [`caption_${language}`, caption.text],
  ]);
  return Object.fromEntries([...cells, ...(speech ? [[speechColumn, speech.text]] : [])]);
}

/**
 * The translations of a post by platform.
 * @param words null if the post has none of its own
 */
export function translationsOf(
  recorded: RecordedTranslations | undefined,
  inForce: LanguagesInForce,
  words: Pick<JoinedCaption, 'title' | 'text'> | null,
): Readonly<Record<string, Translation>> | undefined {
  if (recorded === undefined) return undefined;
  const all = Object.entries(inForce).flatMap(([language, { targets, layout }]): [string, Translation][] => {
    const found = recorded[language];
    if (found === undefined) return [];
    const [title, text] = [found.title.text.trim(), found.caption.text.trim()];
    if (title === '' && text === '') return [];
    const stale = [
      ...(title !== '' && found.title.of !== wordsHash(words?.title ?? '') ? [`title_${language}`] : []),
      ...(text !== '' && found.caption.of !== wordsHash(words?.text ?? '') ? [`caption_${language}`] : []),
    ];
    const trouble = stale.length === 0 ? {} : { trouble: { kind: 'stale', reason: stale.join(' and ') } as const };
    const translation = { language, layout, title: title || null, text, ...trouble };
    return targets.map((target) => [target, translation]);
  });
  if (all.length === 0) return undefined;
  // In one order, because captions are compared with those of the last run by their JSON.
  return Object.fromEntries(all.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** A caption with its translations; words that are nothing but a translation are a caption too. */
export function withTranslations(
  words: JoinedCaption | null,
  translations: Readonly<Record<string, Translation>> | undefined,
): JoinedCaption | null {
  if (translations === undefined) return words;
  const nothing = { text: '', title: null, hashtags: null, source: 'csv', matchedBy: 'key', seconds: null } as const;
  return { ...(words ?? nothing), translations };
}

/**
 * The languages in force from this run on.
 * @param byTarget the language that this run asks for on each platform
 * @param layout null: as it was
 */
export function languagesInForce(
  before: LanguagesInForce,
  byTarget: ReadonlyMap<string, string>,
  layout: TranslationLayout | null,
): LanguagesInForce {
  if (byTarget.size === 0) return before;
  const languages = new Set([...Object.keys(before), ...byTarget.values()]);
  const now = [...languages].flatMap((language): [string, LanguageInForce][] => {
    const kept = (before[language]?.targets ?? []).filter((target) => !byTarget.has(target));
    const asked = [...byTarget].flatMap(([target, wanted]) => (wanted === language ? [target] : []));
    const targets = [...kept, ...asked].sort();
    const chosen = asked.length > 0 ? layout : null;
    return targets.length === 0 ? [] : [[language, { targets, layout: chosen ?? before[language]?.layout ?? 'first' }]];
  });
  return Object.fromEntries(now);
}

const cell = z.object({ text: z.string(), personal: z.boolean(), of: z.string() });
export const recordedTranslations = z.record(z.string(), z.object({ title: cell, caption: cell }));
export const recordedSpeech = z.object({ text: z.string(), personal: z.boolean() });
const inForce = z.record(z.string(), z.object({ targets: z.array(z.string()), layout: z.enum(translationLayouts) }));
const document = z.object({ languages: inForce.default({}) });

/** The languages in force in captions.json; empty if there are none. */
export function languagesIn(json: unknown): LanguagesInForce {
  return document.safeParse(json).data?.languages ?? {};
}
