import * as z from 'zod';
import type { ChosenEngine } from '../language/contract.ts';
import { readEngine } from '../language/index.ts';
import { canonicalLanguage } from '../language/languages.ts';
import { readTranscriber, type Transcriber } from '../language/transcriber.ts';
import { targets as allTargets, targetNamed, targetsOfAll, targetWords } from '../targets/index.ts';
import type { Target } from '../targets/target.ts';
import { didYouMean } from '../text/nearest.ts';
import type { ProxyServer } from '../tools/proxy.ts';
import { parseProxy } from './proxy.ts';

/**
 * Schemas of single options, which turn written values into checked ones. An error is one sentence, so each schema gets
 * the flag's name. `meta` has the JSON schema of the value in a config file, where numbers and lists are JSON values.
 */

/** The values of `--to` besides `all`. */
export const targetNames = allTargets.map(({ name }) => name);

/** `all (rednote, lemon8)`, or just `all` where that is every platform. */
export const allInWords =
  targetsOfAll.length === allTargets.length ? 'all' : `all (${targetsOfAll.map(({ name }) => name).join(', ')})`;

/** Platforms, each once, in the order given. */
export const targetList = z
  .string({ error: `--to is missing: say where the posts shall go: ${targetNames.join(', ')}; or ${allInWords}` })
  // All words are taken; completion offers the platforms' own names.
  .meta({ type: ['array', 'string'], items: { enum: [...targetWords, 'all'], examples: [...targetNames, 'all'] } })
  .transform((text, context): Target[] => {
    const wanted = [...new Set(splitList(text))];
    if (wanted.length === 0) context.addIssue('--to names no platform');
    const found = wanted.flatMap((word) => {
      if (isAll(word)) return [];
      const target = targetNamed(word);
      if (!target) context.addIssue(noPlatform(word));
      return target ? [target] : [];
    });
    return [...new Set(wanted.some(isAll) ? [...targetsOfAll, ...found] : found)];
  });

const isAll = (word: string) => word.toLowerCase() === 'all';

/** The message for an unknown platform: suggests the most similar name, or lists all. */
export function noPlatform(word: string): string {
  const rest = didYouMean(word, [...targetWords, 'all']);
  const all = `--to takes ${targetNames.join(', ')}; or ${allInWords}`;
  return `There is no platform “${word}”${rest ? `.${rest}` : `: ${all}`}`;
}

/** A text that is not empty. */
export const text = (whatIfEmpty: string) => z.string().min(1, whatIfEmpty);

/** A boolean. */
export const flag = (unsaid = false) => z.boolean().default(unsaid);

/** One of several words. */
export const choice = <T extends string>(name: string, choices: readonly [T, ...T[]]) =>
  z.enum(choices, {
    error: ({ input }) => {
      const meant = typeof input === 'string' ? didYouMean(input, choices) : '';
      return `${name} takes ${choices.join(', ')}${meant && `, not “${input}”.${meant}`}`;
    },
  });

/** A day as Unix seconds: its first second, or with `end` the first second after it. */
export const day = (name: string, end: boolean) =>
  z
    .string()
    .meta({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' })
    .transform((written, context): number => {
      const start = /^\d{4}-\d\d-\d\d$/.test(written) ? Date.parse(`${written}T00:00:00Z`) / 1000 : Number.NaN;
      const real = Number.isFinite(start) && new Date(start * 1000).toISOString().startsWith(written);
      if (!real) context.addIssue(`${name} takes a day such as 2025-03-02, not “${written}”`);
      return end ? start + 24 * 3600 : start;
    });

/** An integer of at least 1. */
export const wholeNumber = (name: string, maximum = 9_999_999) =>
  z
    .string()
    .meta({ type: 'integer', minimum: 1, maximum })
    .transform((written, context): number => {
      const number = /^[1-9]\d{0,6}$/.test(written) ? Number(written) : Number.NaN;
      const range = maximum < 9_999_999 ? `from 1 to ${maximum}` : 'from 1 on';
      if (!(number <= maximum)) context.addIssue(`${name} takes a whole number ${range}, not “${written}”`);
      return number;
    });

const maxJobs = 256;

/** The number of concurrent renders. `pipeline/concurrency.ts` limits it by the number of cores. */
export const jobs = wholeNumber('--jobs', maxJobs);

/** The longest list. Each item costs time, and a forged config could have a million. */
const maxInList = 1000;

/** A list of paths. */
export const shortList = (name: string) =>
  z.array(z.string()).max(maxInList, `${name} takes at most ${maxInList} values: name a folder that holds them`);

/** Seconds, with fractions. */
export const seconds = (name: string, range = { minimum: 0, maximum: 999_999 }) =>
  z
    .string()
    .meta({ type: 'number', ...range })
    .transform((written, context): number => {
      if (!/^\d{1,6}(\.\d{1,6})?$/.test(written))
        context.addIssue(`${name} takes seconds such as 2.5, not “${written}”`);
      return Number(written);
    });

const slideRange = { minimum: 1, maximum: 60 };

/** The duration of a slide. */
export const slideSeconds = seconds('--slide-seconds', slideRange).refine(
  (value) => value >= slideRange.minimum && value <= slideRange.maximum,
  { error: '--slide-seconds takes 1 to 60 seconds' },
);

/** In LUFS. Lower values are barely audible, higher ones are distorted. */
export const loudness = z
  .string()
  .meta({ type: 'number', minimum: -40, maximum: -5 })
  .transform((written, context): number => {
    const wanted = /^-\d{1,2}(\.\d+)?$/.test(written) ? Number(written) : 0;
    if (wanted < -40 || wanted > -5)
      context.addIssue(`--loudness takes LUFS from -40 to -5, such as -14, not “${written}”`);
    return wanted;
  });

/** Seconds to add to times, positive or negative. */
export const shift = (name: string) =>
  z
    .string()
    .meta({ type: 'integer', minimum: -999_999_999, maximum: 999_999_999 })
    .transform((written, context): number => {
      if (!/^[+-]?\d{1,9}$/.test(written))
        context.addIssue(`${name} takes whole seconds such as -3600, not “${written}”`);
      return Number(written);
    });

/** More than any platform accepts; each is tried in every post. */
const maxTags = 100;

/** A list such as `food, #travel`: names that every platform reads as one hashtag. */
export const tagList = z
  .string()
  .meta({ type: ['array', 'string'], items: { type: 'string' } })
  .transform((written, context): string[] => {
    const names = written.split(/[,\s]+/).filter(Boolean);
    if (names.length > maxTags) context.addIssue(`--tags takes at most ${maxTags} hashtags`);
    return names.slice(0, maxTags).map((each) => {
      const name = each.replace(/^[#＃]/, '');
      const isTag = /^[\p{L}\p{N}\p{M}_]+$/u.test(name) && /\p{L}/u.test(name);
      if (!isTag) context.addIssue(`--tags takes words of letters and digits, such as travel,slowfood, not “${each}”`);
      return name;
    });
  });

/** More than any platform accepts, in characters. */
const footerRoom = 5000;
const hashtag = /(?:^|\s)[#＃][\p{L}\p{N}\p{M}_]*\p{L}/u;

/** A footer without hashtags, which have their own option because they are counted and placed separately. */
export const footer = z
  .string()
  .max(footerRoom, `--footer takes at most ${footerRoom} characters`)
  .refine((written) => !hashtag.test(written), { error: '--footer takes words: hashtags are for --tags' });

const audiences = ['private', 'friends', 'deleted'] as const;

const key = /^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(?:-\d{1,7})?$/;
/** An audience, or the key of a single post. */
const included = { pattern: `^(?:${audiences.join('|')})$|${key.source}`, examples: [...audiences] };

/** Audiences whose posts are delivered as well, and single posts by their keys. */
export const include = z.array(z.string().meta(included)).transform((lists, context) =>
  lists.flatMap(splitList).flatMap((word): string[] => {
    const found = key.test(word) || audiences.some((each) => each === word);
    if (!found)
      context.addIssue(
        `--include takes ${audiences.join(', ')} or keys of posts, not “${word}”.${didYouMean(word, audiences)}`,
      );
    return found ? [word] : [];
  }),
);

/** Post keys, each once. */
export const keys = z
  .array(z.string())
  .default([])
  .transform((lists) => [...new Set(lists.flatMap(splitList))]);

/** Former user names, with or without `@`. */
export const aliases = z.array(z.string().meta({ minLength: 1 })).transform((handles, context) =>
  handles.map((written) => {
    const handle = written.trim().replace(/^@/, '');
    if (!/^[\w.]{1,32}$/.test(handle))
      context.addIssue(`--alias takes a user name of TikTok such as maya_1999, not “${written}”`);
    return handle;
  }),
);

/** `auto`, `software`, or ffmpeg's name for an encoder. */
export const encoder = z
  .string()
  .regex(/^[a-z0-9_]{1,40}$/, '--encoder takes auto, software, or the name of an H.264 encoder of ffmpeg')
  .meta({ examples: ['auto', 'software'] });

/** The address of a proxy; null if it is empty, which means none. */
export const proxy = z.string().transform((written, context): ProxyServer | null => {
  if (written.trim() === '') return null;
  const found = parseProxy(written);
  if (typeof found !== 'string') return found;
  context.addIssue(`--proxy ${found}`);
  return z.NEVER;
});

/** A language as BCP 47, or `platform`. */
export const language = z
  .string()
  .meta({ examples: ['platform', 'ja'] })
  .transform((written, context): string => {
    const found = written.trim().toLowerCase() === 'platform' ? 'platform' : canonicalLanguage(written.trim());
    if (found !== null) return found;
    context.addIssue(
      `--translate takes a language such as zh, ja or pt-BR, or platform, not “${written.slice(0, 40)}”`,
    );
    return z.NEVER;
  });

/** An engine for translations. */
export const translator = z
  .string()
  .meta({ examples: ['deepl', 'openai:http://127.0.0.1:11434/v1#qwen3'] })
  .transform((written, context): ChosenEngine => {
    const found = readEngine(written);
    if (typeof found !== 'string') return found;
    context.addIssue(found);
    return z.NEVER;
  });

/** More names than anybody lists; each is searched for in every post. */
const maxNames = 500;

/** Names between commas that are not translated. */
export const nameList = z
  .string()
  .meta({ type: ['array', 'string'], items: { type: 'string' } })
  .transform((written, context): string[] => {
    const names = splitList(written);
    if (names.length > maxNames) context.addIssue(`--keep-words takes at most ${maxNames} names`);
    return names.slice(0, maxNames);
  });

/** A program that prints what is said in a video. */
export const transcriber = z
  .string()
  .meta({ examples: ['whisper-cli -m ggml-base.bin -np -f {}'] })
  .transform((written, context): Transcriber => {
    const found = readTranscriber(written);
    if (typeof found !== 'string') return found;
    context.addIssue(`--transcribe ${found}`);
    return z.NEVER;
  });

function splitList(written: string): string[] {
  return written
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}
