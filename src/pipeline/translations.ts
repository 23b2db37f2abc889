import type { Captions } from '../captions/index.ts';
import {
  type LanguagesInForce,
  type RecordedTranslation,
  type RecordedTranslations,
  type TranslationCell,
  translationsOf,
  type WantedLanguages,
  withTranslations,
  wordsHash,
} from '../captions/translations.ts';
import type { PortOptions } from '../config/options.ts';
import { openEngineTools } from '../language/contract.ts';
import { type Exchange, type Outcome, openExchange } from '../language/exchange.ts';
import { type Request, requestFor, settle } from '../language/translate.ts';
import type { JoinedCaption, Translation } from '../model/caption.ts';
import type { Post } from '../model/post.ts';
import { withoutControls } from '../report/cell-guard.ts';
import { openTranslationMemory, type TranslationMemory } from '../state/translation-memory.ts';
import { leftOutOf } from './choices.ts';
import type { LoadedCaptions, OpenAccount, PostRun } from './context.ts';

/** The languages that a run asks for, by platform; null without `--translate`. */
export function wantedLanguages({ translate, translateLayout, to }: PortOptions): WantedLanguages | null {
  if (translate === undefined) return null;
  const wanted = to.flatMap(({ name, words }) => {
    const language = translate === 'platform' ? words.language?.value : translate;
    return language === undefined ? [] : [[name, language] as const];
  });
  return { byTarget: new Map(wanted), layout: translateLayout ?? null };
}

/** The translations of an account's posts in one run. */
export interface Translations {
  /** The captions, with all translations so far. */
  readonly loadedCaptions: LoadedCaptions;
  /** Uses the answers of earlier runs. Sends nothing. */
  useStored(posts: readonly Post[], run: Held): Promise<void>;
  /** Whether words of a post would have to be sent. */
  wants(post: Post, run: Held): Promise<boolean>;
  /**
   * Has the words of a post translated, for platforms on which it is being delivered.
   * @returns whether its words changed
   */
  translate(post: Post, targets: readonly string[], run: Held): Promise<boolean>;
  /** The characters that would be sent for a post that is delivered to these platforms. */
  characters(post: Post, targets: readonly string[], run: Held): Promise<number>;
  /** Writes new translations into captions.csv. */
  save(): Promise<void>;
}

/** The part of a run that decides to which platforms a post does not go. */
type Held = Pick<PostRun, 'options' | 'manifest' | 'isPosted'>;

/** The texts of a post that need a translation into a language. */
interface Need {
  readonly language: string;
  readonly before: RecordedTranslation | undefined;
  readonly title: Part;
  readonly caption: Part;
}

/** `same`: the cell stays. A text in `ask` is written as it is: an original without words to translate. */
type Part = { readonly source: string; readonly ask: Request | string | 'same' };

const emptyCell: TranslationCell = { text: '', personal: false, of: '' };

/** @returns null without `--translate` */
export function openTranslations(
  opened: OpenAccount,
  options: PortOptions,
  { readOnly = false }: { readonly readOnly?: boolean } = {},
): Translations | null {
  const wanted = wantedLanguages(options);
  const { translator } = options;
  if (wanted === null || translator === undefined) return null;
  const { folder, tools, signal, loadedCaptions } = opened;
  const names = [...options.keepWords, ...opened.names.map((name) => name.replace(/^@/, '')), ...options.alias];
  const made = new Map<string, Map<string, RecordedTranslation>>();
  const troubles = new Map<string, Map<string, NonNullable<Translation['trouble']>>>();
  let isUnsaved = false;

  let opening: Promise<TranslationMemory> | null = null;
  const memory = async () => (opening ??= openTranslationMemory(folder, translator.written, tools.files));
  let exchange: Exchange | null = null;
  const engine = async () => {
    const known = await memory();
    const world = openEngineTools(tools, options.allowHost, process.env);
    exchange ??= openExchange(translator.open(world), {
      signal,
      store: async ({ text, from, to }, answer) => known.put(text, from, to, answer),
    });
    return exchange;
  };

  const captionsWith = (captions: Captions): Captions => ({ ...captions, get: (key) => captionOf(key, captions) });

  const captionOf = (key: string, captions: Captions): JoinedCaption | null => {
    const [own, trouble] = [made.get(key), troubles.get(key)];
    const known = captions.get(key);
    if (own === undefined && trouble === undefined) return known;
    const words = withoutTranslations(known);
    const { languages } = captions.sheet;
    const recorded = recordedOf(key, captions);
    const found = translationsOf(recorded, languages, words) ?? {};
    return withTranslations(words, withTroubles(found, trouble ?? new Map(), languages, wanted));
  };

  const recordedOf = (key: string, captions: Captions): RecordedTranslations => ({
    ...captions.sheet.cells.get(key)?.translations,
    ...Object.fromEntries(made.get(key) ?? []),
  });

  /** The missing translations of a post on these platforms: not those of an earlier run or a person. */
  const needsOf = (post: Post, targets: readonly string[], captions: Captions, run: Held): Need[] => {
    const words = withoutTranslations(captions.get(post.key));
    if (words === null || captions.isUnsure(post.key)) return [];
    const leftOut = leftOutOf(post, captions, run);
    const goesOut = targets.filter((name) => !leftOut.has(name) && !run.isPosted(post.key, name));
    const languages = new Set(goesOut.flatMap((name) => wanted.byTarget.get(name) ?? []));
    const recorded = recordedOf(post.key, captions);
    return [...languages].flatMap((language): Need[] => {
      if (troubles.get(post.key)?.has(language)) return [];
      const before = recorded[language];
      const part = (source: string, cell: TranslationCell | undefined): Part => {
        const isThere = cell !== undefined && (cell.personal || (cell.text !== '' && cell.of === wordsHash(source)));
        if (isThere || source.trim() === '') return { source, ask: 'same' };
        return { source, ask: requestFor(source, language, names) ?? 'same' };
      };
      const title = part(words.title ?? '', before?.title);
      const caption = part(words.text, before?.caption);
      return title.ask === 'same' && caption.ask === 'same' ? [] : [{ language, before, title, caption }];
    });
  };

  /** Fills in needed translations from answers. @returns whether all answers were there */
  const fillIn = async (
    key: string,
    { language, before, title, caption }: Need,
    answerTo: (request: Request) => Promise<Outcome | undefined>,
  ): Promise<boolean> => {
    const cells: { title: TranslationCell; caption: TranslationCell } = {
      title: before?.title ?? emptyCell,
      caption: before?.caption ?? emptyCell,
    };
    const parts = [['title', title] as const, ['caption', caption] as const];
    const outcomes = await Promise.all(
      parts.map(async ([, { ask }]) => (typeof ask === 'string' ? null : answerTo(ask))),
    );
    if (outcomes.includes(undefined)) return false;
    let trouble: Translation['trouble'];
    for (const [index, [name, { source, ask }]] of parts.entries()) {
      const outcome = outcomes[index];
      if (ask === 'same') continue;
      if (typeof ask === 'string') trouble ??= { kind: 'refused', reason: ask };
      else if (outcome && 'failed' in outcome) trouble = { kind: 'failed', reason: reasonFor(outcome.failed) };
      else if (outcome) {
        const verdict = settle(outcome.answer, ask);
        if ('refused' in verdict) trouble ??= { kind: 'refused', reason: verdict.refused };
        else cells[name] = { text: withoutControls(verdict.text), personal: false, of: wordsHash(source) };
      }
    }
    if (trouble !== undefined) {
      troubles.set(key, (troubles.get(key) ?? new Map()).set(language, trouble));
      // Words that are half translated are worse than those of the creator.
      if (trouble.kind === 'refused')
        for (const name of ['title', 'caption'] as const) if (!cells[name].personal) cells[name] = emptyCell;
      if (trouble.kind === 'failed') return true;
    }
    made.set(key, (made.get(key) ?? new Map()).set(language, cells));
    isUnsaved = true;
    return true;
  };

  const reasonFor = (reason: string) => `${translator.place}: ${reason}`;
  const allTargets = [...wanted.byTarget.keys()];

  return {
    loadedCaptions: {
      ...loadedCaptions,
      all: async () => captionsWith(await loadedCaptions.all()),
    },
    async useStored(posts, run) {
      const captions = await loadedCaptions.all();
      for (const post of posts) {
        for (const need of needsOf(post, allTargets, captions, run)) {
          const known = await memory();
          await fillIn(post.key, need, async ({ piece }) => {
            const answer = known.get(piece.text, piece.from, piece.to);
            return answer === undefined ? undefined : { answer };
          });
        }
      }
    },
    async wants(post, run) {
      return needsOf(post, allTargets, await loadedCaptions.all(), run).length > 0;
    },
    async translate(post, targets, run) {
      const needs = needsOf(post, targets, await loadedCaptions.all(), run);
      if (needs.length === 0) return false;
      const known = await memory();
      const { ask } = await engine();
      await Promise.all(
        needs.map(async (need) =>
          fillIn(post.key, need, async ({ piece }) => {
            const answer = known.get(piece.text, piece.from, piece.to);
            return answer === undefined ? await ask(piece) : { answer };
          }),
        ),
      );
      return true;
    },
    async characters(post, targets, run) {
      const needs = needsOf(post, targets, await loadedCaptions.all(), run);
      const texts = needs.flatMap(({ title, caption }) => [title.ask, caption.ask]);
      return texts.reduce((sum, ask) => sum + (typeof ask === 'string' ? 0 : ask.piece.text.length), 0);
    },
    async save() {
      if (!isUnsaved || readOnly) return;
      isUnsaved = false;
      const translations = new Map([...made].map(([key, languages]) => [key, Object.fromEntries(languages)] as const));
      await loadedCaptions.save({ translations });
    },
  };
}

function withoutTranslations(words: JoinedCaption | null): JoinedCaption | null {
  if (words?.translations === undefined) return words;
  const { translations: _, ...own } = words;
  return isNothing(own) ? null : own;
}

/** Whether a caption only exists for its translation. */
function isNothing({ text, title, hashtags }: JoinedCaption): boolean {
  return text === '' && title === null && hashtags === null;
}

/** Adds why a post goes out untranslated, for the platforms of this run. */
function withTroubles(
  found: Readonly<Record<string, Translation>>,
  troubles: ReadonlyMap<string, NonNullable<Translation['trouble']>>,
  languages: LanguagesInForce,
  { byTarget }: WantedLanguages,
): Readonly<Record<string, Translation>> {
  const all = new Map(Object.entries(found));
  for (const [target, language] of byTarget) {
    const trouble = troubles.get(language);
    const layout = languages[language]?.layout ?? 'first';
    if (trouble && !all.has(target)) all.set(target, { language, layout, title: null, text: '', trouble });
  }
  return Object.fromEntries([...all].sort(([one], [other]) => (one < other ? -1 : 1)));
}
