import * as z from 'zod';
import { seeHelp, UsageError } from '../errors.ts';
import type { Target } from '../targets/target.ts';
import type { ConfigOption, Option } from './option.ts';
import { optionList } from './option-list.ts';
import { jobs, proxy, targetList, text, translator } from './option-values.ts';

/** Schemas and functions derived from the list of options (`option-list.ts`). */

type List = typeof optionList;
type InConfig = { readonly schema: z.ZodType };
type OfFetch = { readonly traits: { readonly fetch: true } };
type OfPosts = { readonly traits: { readonly post: string } };

/** The schemas of the options that have all of `Marks`. */
type Shape<Marks> = {
  -readonly [Name in keyof List as List[Name] extends InConfig & Marks ? Name : never]: List[Name] extends {
    readonly schema: infer Schema extends z.ZodType;
  }
    ? Schema
    : never;
};

/** The options that a config file may set, by name. */
export const configOptions: ReadonlyMap<string, ConfigOption> = new Map(
  Object.entries<Option>(optionList).flatMap(([name, option]) => (option.schema ? [[name, option] as const] : [])),
);

function shapeOf<Marks>(has: (traits: ConfigOption['traits']) => boolean): Shape<Marks> {
  const chosen = [...configOptions].filter(([, { traits }]) => has(traits));
  return Object.fromEntries(chosen.map(([name, { schema }]) => [name, schema])) as Shape<Marks>;
}

const all = z.object(shapeOf<unknown>(() => true));
const reading = z.object(shapeOf<OfFetch>(({ fetch }) => fetch === true));

/** The options that are sent to workers in written form, so that they check them as the coordinator did. */
export const postOptions = z.object(shapeOf<OfPosts>(({ post }) => post !== undefined));

/** Options for reading exports and fetching originals, which `port fetch` and the main job share. */
export type ReadingOptions = z.output<typeof reading>;
export type PortOptions = z.output<typeof all>;

/** The options needed to process one post, on this machine or on a worker. */
export type PostOptions = z.output<typeof postOptions>;

type Deciding = { [Name in keyof List]: List[Name] extends { traits: { post: 'decides' } } ? Name : never }[keyof List];

/** The JSON schema of each option's value in a config file, by name in camel case. */
export function optionSchemas(): ReadonlyMap<string, z.core.JSONSchema.BaseSchema> {
  const { properties = {} } = z.toJSONSchema(all, { io: 'input', target: 'draft-7' });
  return new Map(
    Object.entries(properties).flatMap(([name, property]) =>
      typeof property === 'object' ? [[name, property] as const] : [],
    ),
  );
}

/**
 * The options in a post's fingerprint: those that affect its output on a platform. Platform, music and cover are
 * fingerprinted by content.
 */
export function fingerprintOptions(options: PostOptions): Pick<PostOptions, Deciding & keyof PostOptions> {
  const names = [...configOptions].flatMap(([name, { traits }]) => (traits.post === 'decides' ? [name] : []));
  return picked(options, names) as Pick<PostOptions, Deciding & keyof PostOptions>;
}

/** Checked options in written form: `postOptions` parses them to equal values. */
export function writePostOptions(options: PostOptions): z.input<typeof postOptions> {
  const { to, ...others } = picked(options, Object.keys(postOptions.shape)) as PostOptions;
  const texts = Object.entries(others).map(([name, value]) => [name, writeValue(value, configOptions.get(name))]);
  return { ...Object.fromEntries(texts), to: to.map(({ name }) => name).join(',') };
}

function writeValue(value: unknown, option: ConfigOption | undefined): unknown {
  if (Array.isArray(value)) return option?.traits.repeatable ? value : value.join(',');
  return typeof value === 'number' ? String(value) : value;
}

/** Selected options in the order of `names`, so that equal options are equal as JSON. */
function picked(options: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, options[name]]));
}

/**
 * Checks `--to`, for commands with no other options.
 * @throws UsageError with one sentence
 */
export function checkTargets(to: unknown): Target[] {
  return check(z.object({ to: targetList }), { to }).to;
}

/**
 * Checks the options of the main job.
 * @throws UsageError with one sentence
 */
export function checkOptions(written: Record<string, unknown>): PortOptions {
  return ofOneKind(inOrder(check(all, written)));
}

/**
 * Checks the options of `port fetch`.
 * @throws UsageError with one sentence
 */
export function checkReadingOptions(written: Record<string, unknown>): ReadingOptions {
  return inOrder(check(reading, written));
}

const workerOptions = z.object({
  queue: z.string({ error: '--queue is missing' }),
  shared: text('--shared names no folder').default('.'),
  jobs: jobs.optional(),
  proxy: proxy.optional(),
});

const doctorOptions = z.object({ proxy: proxy.optional(), translator: translator.optional() });

/**
 * Checks the options of `port worker`.
 * @throws UsageError with one sentence
 */
export function checkWorkerOptions(written: Record<string, unknown>): z.output<typeof workerOptions> {
  return check(workerOptions, written);
}

/**
 * Checks the options of `port doctor` that a run has as well.
 * @throws UsageError with one sentence
 */
export function checkDoctorOptions(written: Record<string, unknown>): z.output<typeof doctorOptions> {
  return check(doctorOptions, written);
}

function check<T>(options: z.ZodType<T>, written: Record<string, unknown>): T {
  const checked = options.safeParse(written, { error: wrongKind });
  if (checked.success) return checked.data;
  throw new UsageError(seeHelp(checked.error.issues[0]?.message ?? 'These options cannot be read'));
}

function inOrder<T extends ReadingOptions>(options: T): T {
  const { since, until } = options;
  if (since === undefined || until === undefined || since < until) return options;
  throw new UsageError('--since is after --until: no post can be both. See port --help.');
}

/** Refuses combinations that make no sense, because other machines do the work or nothing is made. */
function ofOneKind(options: PortOptions): PortOptions {
  const { queue, shared, dryRun, jobs: atATime } = options;
  const wrong =
    whyNotTranslated(options) ??
    (queue === undefined
      ? shared !== undefined && '--shared goes with --queue'
      : (dryRun && '--dry-run needs no queue: leave out --queue') ||
        (atATime !== undefined && 'With --queue each worker has its own --jobs: say it there (port worker --jobs 4)'));
  if (wrong) throw new UsageError(seeHelp(wrong));
  return options;
}

/**
 * Checks that an engine that needs a key has one, which is in the environment only.
 * @throws UsageError
 */
export function checkTranslatorKey({ translate, translator }: PortOptions, environment: NodeJS.ProcessEnv): void {
  if (translate === undefined || !translator?.needsKey || environment['PORT_TRANSLATOR_KEY']?.trim()) return;
  throw new UsageError(seeHelp(`--translator ${translator.written} needs its key in PORT_TRANSLATOR_KEY`));
}

/** What is wrong with the options of translations; null if nothing is. */
function whyNotTranslated({ translate, translator, offline, allowHost, to }: PortOptions): string | null {
  if (translate !== undefined && translator === undefined)
    return '--translate needs an engine: --translator openai:..., libretranslate:..., deepl, command:... or bergamot:...';
  const address = translator?.address ?? null;
  if (address !== null && !address.isHere) {
    if (offline && translate !== undefined)
      return `--offline forbids to send words to ${address.host}: use an engine on this machine, or leave out --translate`;
    const isAllowed = allowHost.some((each) => address.host.replace(/:\d+$/, '') === each || address.host === each);
    if (!address.isSecure && !isAllowed)
      return `--translator: ${address.host} is not this machine, so its address has to be https`;
  }
  if (translate === 'platform' && to.every(({ words }) => words.language === undefined))
    return '--translate platform: none of these platforms has one language of its own. Name the language: --translate ja';
  return null;
}

/** The message for a value of the wrong type, which only a config file or a program can pass. */
function wrongKind({ path, expected }: z.core.$ZodRawIssue): string {
  const flag = String(path?.[0] ?? 'options').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `--${flag} takes a value of another kind${typeof expected === 'string' ? ` (${expected})` : ''}`;
}
