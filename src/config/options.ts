import * as z from 'zod';
import { UsageError } from '../errors.ts';
import { targets as allTargets } from '../targets/index.ts';
import type { Target } from '../targets/target.ts';

/**
 * Written options in, checked options out. What is wrong is one sentence. `meta` says in JSON schema how a config file may
 * write them: numbers as numbers, lists as lists.
 */

const names = allTargets.map(({ name }) => name);

const targetList = z
  .string({ error: '--to is missing' })
  .meta({ type: ['array', 'string'], items: { enum: [...names, 'all'] } })
  .transform((text, context): Target[] => {
    const wanted = [...new Set(splitList(text))];
    if (wanted.length === 0) context.addIssue('--to names no platform');
    const found = wanted.flatMap((name) => {
      if (name === 'all') return allTargets;
      const target = allTargets.find((each) => each.name === name);
      if (!target) context.addIssue(`There is no platform “${name}”: --to takes ${names.join(', ')} or all`);
      return target ? [target] : [];
    });
    return wanted.includes('all') ? [...allTargets] : found;
  });

const day = (name: string, end: boolean) =>
  z
    .string()
    .meta({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' })
    .transform((text, context): number => {
      const start = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) / 1000 : Number.NaN;
      const real = Number.isFinite(start) && new Date(start * 1000).toISOString().startsWith(text);
      if (!real) context.addIssue(`${name} takes a day such as 2025-03-02, not “${text}”`);
      return end ? start + 24 * 3600 : start;
    });

const wholeNumber = (name: string, maximum = 9_999_999) =>
  z
    .string()
    .meta({ type: 'integer', minimum: 1, maximum })
    .transform((text, context): number => {
      const number = /^[1-9]\d{0,6}$/.test(text) ? Number(text) : Number.NaN;
      const range = maximum < 9_999_999 ? `from 1 to ${maximum}` : 'from 1 on';
      if (!(number <= maximum)) context.addIssue(`${name} takes a whole number ${range}, not “${text}”`);
      return number;
    });

/** Renders at a time. pace.ts has the bound that hangs on the machine. */
const mostJobs = 256;
const atATime = wholeNumber('--jobs', mostJobs);

/** A list is read, matched or opened part by part: what a person writes has a few, a planted config could have a million. */
const mostInList = 1000;
const shortList = (name: string) =>
  z.array(z.string()).max(mostInList, `${name} takes at most ${mostInList} values: name a folder that holds them`);

const seconds = (name: string, range = { minimum: 0, maximum: 999_999 }) =>
  z
    .string()
    .meta({ type: 'number', ...range })
    .transform((text, context): number => {
      if (!/^\d{1,6}(\.\d{1,6})?$/.test(text)) context.addIssue(`${name} takes seconds such as 2.5, not “${text}”`);
      return Number(text);
    });

/** Softer is hardly heard, louder is hardly music. */
const loudness = z
  .string()
  .meta({ type: 'number', minimum: -40, maximum: -5 })
  .transform((text, context): number => {
    const wanted = /^-\d{1,2}(\.\d+)?$/.test(text) ? Number(text) : 0;
    if (wanted < -40 || wanted > -5)
      context.addIssue(`--loudness takes LUFS from -40 to -5, such as -14, not “${text}”`);
    return wanted;
  });

/** Time zones and slow clocks go both ways. */
const shift = (name: string) =>
  z
    .string()
    .meta({ type: 'integer', minimum: -999_999_999, maximum: 999_999_999 })
    .transform((text, context): number => {
      if (!/^[+-]?\d{1,9}$/.test(text)) context.addIssue(`${name} takes whole seconds such as -3600, not “${text}”`);
      return Number(text);
    });

const slideRange = { minimum: 1, maximum: 60 };
const slideSeconds = seconds('--slide-seconds', slideRange).refine(
  (value) => value >= slideRange.minimum && value <= slideRange.maximum,
  { error: '--slide-seconds takes 1 to 60 seconds' },
);

const choice = <T extends string>(name: string, choices: readonly [T, ...T[]]) =>
  z.enum(choices, { error: `${name} takes ${choices.join(', ')}` });

/** No platform takes as many, and each is tried in each post. */
const mostTags = 100;

/** `food, #travel`: names that every platform reads as one hashtag. */
const tagList = z
  .string()
  .meta({ type: ['array', 'string'], items: { type: 'string' } })
  .transform((text, context): string[] => {
    const names = text.split(/[,\s]+/).filter(Boolean);
    if (names.length > mostTags) context.addIssue(`--tags takes at most ${mostTags} hashtags`);
    return names.slice(0, mostTags).map((written) => {
      const name = written.replace(/^[#＃]/, '');
      const isTag = /^[\p{L}\p{N}\p{M}_]+$/u.test(name) && /\p{L}/u.test(name);
      if (!isTag)
        context.addIssue(`--tags takes words of letters and digits, such as travel,slowfood, not “${written}”`);
      return name;
    });
  });

/** No platform takes a longer text than this, in characters. */
const footerRoom = 5000;
const hashtag = /(?:^|\s)[#＃][\p{L}\p{N}\p{M}_]*\p{L}/u;

/** Hashtags are counted, worded and placed by themselves: they have their own option. */
const footer = z
  .string()
  .max(footerRoom, `--footer takes at most ${footerRoom} characters`)
  .refine((text) => !hashtag.test(text), { error: '--footer takes words: hashtags are for --tags' });

const audiences = ['private', 'friends', 'deleted'] as const;
const include = z.array(z.string().meta({ enum: audiences })).transform((lists, context) =>
  lists.flatMap(splitList).flatMap((word) => {
    const found = audiences.find((each) => each === word);
    if (!found) context.addIssue(`--include takes ${audiences.join(', ')}, not “${word}”`);
    return found ? [found] : [];
  }),
);

/** Former user names, with or without their @. */
const aliases = z.array(z.string().meta({ minLength: 1 })).transform((handles, context) =>
  handles.map((written) => {
    const handle = written.trim().replace(/^@/, '');
    if (!/^[\w.]{1,32}$/.test(handle))
      context.addIssue(`--alias takes a user name of TikTok such as maya_1999, not “${written}”`);
    return handle;
  }),
);

/** What concerns reading exports and fetching originals: `port fetch` takes these, the main job takes them too. */
const reading = z.object({
  out: z.string().min(1, '--out names no folder').default('ported'),
  account: z.string().min(1, '--account is empty').optional(),
  media: shortList('--media').default([]),
  captions: shortList('--captions').default([]),
  /** Not given is not 0: who says 0 says that the times are UTC, however doubtful they look. */
  captionShift: shift('--caption-shift').optional(),
  mediaShift: shift('--media-shift').optional(),
  alias: aliases.prefault([]),
  offline: z.boolean().default(false),
  listing: z.boolean().default(true),
  include: include.prefault([]),
  heldOriginals: z.boolean().default(true),
  since: day('--since', false).optional(),
  until: day('--until', true).optional(),
  only: z
    .array(z.string())
    .default([])
    .transform((lists) => [...new Set(lists.flatMap(splitList))]),
  order: choice('--order', ['newest', 'likes']).default('newest'),
  limit: wholeNumber('--limit').optional(),
  allowHost: z.array(z.string()).default([]),
  strict: z.boolean().default(false),
  summary: z.string().min(1, '--summary names no file').optional(),
});

const schema = z.object({
  to: targetList,
  ...reading.shape,
  fit: choice('--fit', ['keep', 'blur', 'pad', 'crop']).default('blur'),
  cover: seconds('--cover').optional(),
  tags: tagList.prefault('').meta({ default: [] }),
  footer: footer.default(''),
  long: choice('--long', ['split', 'trim', 'reject']).default('split'),
  sound: choice('--sound', ['keep', 'mute']).default('keep'),
  loudness: loudness.optional(),
  photos: choice('--photos', ['images', 'video']).default('images'),
  slideSeconds: slideSeconds.default(3),
  music: z.string().min(1, '--music names no file').optional(),
  encoder: z
    .string()
    .regex(/^[a-z0-9_]{1,40}$/, '--encoder takes auto, software, or the name of an H.264 encoder of ffmpeg')
    .meta({ examples: ['auto', 'software'] })
    .default('auto'),
  jobs: atATime.optional(),
  verify: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  queue: z.string().optional(),
  shared: z.string().min(1, '--shared names no folder').optional(),
});

/**
 * What an option may do beyond saying what becomes of posts. A config that port found by itself may be somebody else's (an
 * unzipped folder, a shared drive, a repository): it may set `posts` options, its `path` options stay below its own folder,
 * and `outside` options (network addresses, folders of other machines) need a flag or `--config`.
 */
export type Reach = 'posts' | 'path' | 'outside';

export const optionReach: Readonly<Record<keyof z.output<typeof schema>, Reach>> = {
  to: 'posts',
  out: 'path',
  account: 'posts',
  media: 'path',
  captions: 'path',
  captionShift: 'posts',
  mediaShift: 'posts',
  alias: 'posts',
  offline: 'posts',
  listing: 'posts',
  include: 'posts',
  heldOriginals: 'posts',
  since: 'posts',
  until: 'posts',
  only: 'posts',
  order: 'posts',
  limit: 'posts',
  allowHost: 'outside',
  strict: 'posts',
  summary: 'path',
  fit: 'posts',
  cover: 'posts',
  tags: 'posts',
  footer: 'posts',
  long: 'posts',
  sound: 'posts',
  loudness: 'posts',
  photos: 'posts',
  slideSeconds: 'posts',
  music: 'path',
  encoder: 'posts',
  jobs: 'posts',
  verify: 'posts',
  dryRun: 'posts',
  queue: 'outside',
  shared: 'outside',
};

export type ReadingOptions = z.output<typeof reading>;
export type WrittenOptions = z.input<typeof schema>;
export type PortOptions = z.output<typeof schema>;

/** How an option is written on the command line: a text, several, or none (yes or no). */
export type Writing = 'text' | 'list' | 'flag';

/** Every option by its name in camel case. */
export function optionNames(): ReadonlyMap<string, Writing> {
  return new Map(
    [...optionSchemas()].map(([name, { type }]) => [
      name,
      type === 'array' ? 'list' : type === 'boolean' ? 'flag' : 'text',
    ]),
  );
}

/** JSON schemas of what a config file may write for each option, by its name in camel case. */
export function optionSchemas(): ReadonlyMap<string, z.core.JSONSchema.BaseSchema> {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
  return new Map(
    Object.entries(properties).flatMap(([name, property]) =>
      typeof property === 'object' ? [[name, property] as const] : [],
    ),
  );
}

/**
 * `--to` alone, for commands that take nothing else.
 * @throws UsageError with one sentence
 */
export function checkTargets(to: unknown): Target[] {
  const checked = targetList.safeParse(to);
  if (checked.success) return checked.data;
  throw new UsageError(`${checked.error.issues[0]?.message}. See port --help.`);
}

/** @throws UsageError with one sentence */
export function checkOptions(written: Record<string, unknown>): PortOptions {
  return ofOneKind(check(schema, written));
}

/** What makes no sense together, since other machines do the work, or none does. */
function ofOneKind(options: PortOptions): PortOptions {
  const { queue, shared, dryRun, jobs } = options;
  const wrong =
    queue === undefined
      ? shared !== undefined && '--shared goes with --queue'
      : (dryRun && '--dry-run needs no queue: leave out --queue') ||
        (jobs !== undefined && 'With --queue each worker has its own --jobs: say it there (port worker --jobs 4)');
  if (wrong) throw new UsageError(`${wrong}. See port --help.`);
  return options;
}

const workerOptions = z.object({
  queue: z.string({ error: '--queue is missing' }),
  shared: z.string().min(1, '--shared names no folder').default('.'),
  jobs: atATime.optional(),
});

/**
 * Those of `port worker`.
 * @throws UsageError with one sentence
 */
export function checkWorkerOptions(written: Record<string, unknown>): z.output<typeof workerOptions> {
  const checked = workerOptions.safeParse(written, { error: wrongKind });
  if (checked.success) return checked.data;
  throw new UsageError(`${checked.error.issues[0]?.message ?? 'These options cannot be read'}. See port --help.`);
}

/**
 * Those of `port fetch`.
 * @throws UsageError with one sentence
 */
export function checkReadingOptions(written: Record<string, unknown>): ReadingOptions {
  return check(reading, written);
}

function check<T extends ReadingOptions>(options: z.ZodType<T>, written: Record<string, unknown>): T {
  const checked = options.safeParse(written, { error: wrongKind });
  if (checked.success) return inOrder(checked.data);
  throw new UsageError(`${checked.error.issues[0]?.message ?? 'These options cannot be read'}. See port --help.`);
}

function inOrder<T extends ReadingOptions>(options: T): T {
  const { since, until } = options;
  if (since === undefined || until === undefined || since < until) return options;
  throw new UsageError('--since is after --until: no post can be both. See port --help.');
}

/** For values of another kind than the flag's, which only a program can pass. */
function wrongKind({ path, expected }: z.core.$ZodRawIssue): string {
  const flag = String(path?.[0] ?? 'options').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `--${flag} takes a value of another kind${typeof expected === 'string' ? ` (${expected})` : ''}`;
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}
