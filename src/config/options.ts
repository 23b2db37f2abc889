import * as z from 'zod';
import { seeHelp, UsageError } from '../errors.ts';
import type { Target } from '../targets/target.ts';
import type { ConfigOption, Option } from './option.ts';
import { optionList } from './option-list.ts';
import { jobs, proxy, targetList, text } from './option-values.ts';

/** What follows from the list of options (`option-list.ts`). Written options in, checked ones out. */

type List = typeof optionList;
type InConfig = { readonly schema: z.ZodType };
type OfFetch = { readonly traits: { readonly fetch: true } };
type OfPosts = { readonly traits: { readonly post: string } };

/** The schemas of those options that have all of `Marks`. */
type Shape<Marks> = {
  -readonly [Name in keyof List as List[Name] extends InConfig & Marks ? Name : never]: List[Name] extends {
    readonly schema: infer Schema extends z.ZodType;
  }
    ? Schema
    : never;
};

/** Those that a config file may set, by name: all but a few of the command line alone. */
export const configOptions: ReadonlyMap<string, ConfigOption> = new Map(
  Object.entries<Option>(optionList).flatMap(([name, option]) => (option.schema ? [[name, option] as const] : [])),
);

function shapeOf<Marks>(has: (traits: ConfigOption['traits']) => boolean): Shape<Marks> {
  const chosen = [...configOptions].filter(([, { traits }]) => has(traits));
  return Object.fromEntries(chosen.map(([name, { schema }]) => [name, schema])) as Shape<Marks>;
}

const all = z.object(shapeOf<unknown>(() => true));
const reading = z.object(shapeOf<OfFetch>(({ fetch }) => fetch === true));

/** What goes to workers, as it is written: they check it as the coordinator did. */
export const postOptions = z.object(shapeOf<OfPosts>(({ post }) => post !== undefined));

/** What concerns reading exports and fetching originals: `port fetch` takes these, the main job takes them too. */
export type ReadingOptions = z.output<typeof reading>;
export type PortOptions = z.output<typeof all>;

/** What work on one post needs, wherever it is done. */
export type PostOptions = z.output<typeof postOptions>;

type Deciding = { [Name in keyof List]: List[Name] extends { traits: { post: 'decides' } } ? Name : never }[keyof List];

/** JSON schemas of what a config file may write for each option, by its name in camel case. */
export function optionSchemas(): ReadonlyMap<string, z.core.JSONSchema.BaseSchema> {
  const { properties = {} } = z.toJSONSchema(all, { io: 'input', target: 'draft-7' });
  return new Map(
    Object.entries(properties).flatMap(([name, property]) =>
      typeof property === 'object' ? [[name, property] as const] : [],
    ),
  );
}

/**
 * What a post's fingerprint covers of the options: on these hangs what it becomes on a platform. The platform, the music and
 * the cover are fingerprinted by what they are.
 */
export function fingerprintOptions(options: PostOptions): Pick<PostOptions, Deciding & keyof PostOptions> {
  const names = [...configOptions].flatMap(([name, { traits }]) => (traits.post === 'decides' ? [name] : []));
  return picked(options, names) as Pick<PostOptions, Deciding & keyof PostOptions>;
}

/** Checked options as they are written, which `postOptions` reads again to the same. */
export function writePostOptions(options: PostOptions): z.input<typeof postOptions> {
  const { to, ...others } = picked(options, Object.keys(postOptions.shape)) as PostOptions;
  const texts = Object.entries(others).map(([name, value]) => [name, writeValue(value, configOptions.get(name))]);
  return { ...Object.fromEntries(texts), to: to.map(({ name }) => name).join(',') };
}

function writeValue(value: unknown, option: ConfigOption | undefined): unknown {
  if (Array.isArray(value)) return option?.traits.repeatable ? value : value.join(',');
  return typeof value === 'number' ? String(value) : value;
}

/** In the order of `names`: two that are equal are equal as JSON. */
function picked(options: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, options[name]]));
}

/**
 * `--to` alone, for commands that take nothing else.
 * @throws UsageError with one sentence
 */
export function checkTargets(to: unknown): Target[] {
  return check(z.object({ to: targetList }), { to }).to;
}

/**
 * Those of the main job.
 * @throws UsageError with one sentence
 */
export function checkOptions(written: Record<string, unknown>): PortOptions {
  return ofOneKind(inOrder(check(all, written)));
}

/**
 * Those of `port fetch`.
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

const doctorOptions = z.object({ proxy: proxy.optional() });

/**
 * Those of `port worker`.
 * @throws UsageError with one sentence
 */
export function checkWorkerOptions(written: Record<string, unknown>): z.output<typeof workerOptions> {
  return check(workerOptions, written);
}

/**
 * Those of `port doctor` that a run has too.
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

/** What makes no sense together, since other machines do the work, or none does. */
function ofOneKind(options: PortOptions): PortOptions {
  const { queue, shared, dryRun, jobs: atATime } = options;
  const wrong =
    queue === undefined
      ? shared !== undefined && '--shared goes with --queue'
      : (dryRun && '--dry-run needs no queue: leave out --queue') ||
        (atATime !== undefined && 'With --queue each worker has its own --jobs: say it there (port worker --jobs 4)');
  if (wrong) throw new UsageError(seeHelp(wrong));
  return options;
}

/** For values of another kind than the flag's, which only a program can pass. */
function wrongKind({ path, expected }: z.core.$ZodRawIssue): string {
  const flag = String(path?.[0] ?? 'options').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `--${flag} takes a value of another kind${typeof expected === 'string' ? ` (${expected})` : ''}`;
}
