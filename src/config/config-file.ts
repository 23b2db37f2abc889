import { dirname, relative, resolve } from 'node:path';
import { quoted, seeHelp, UsageError } from '../errors.ts';
import { didYouMean } from '../text/nearest.ts';
import { type ConfigOption, takesPath } from './option.ts';
import { configOptions } from './options.ts';

/** Options as a config file writes them: by the flags' names in camel case, numbers as numbers, lists as lists. */
type Written = Readonly<Record<string, unknown>>;

export interface Config {
  /** For messages. */
  readonly path: string;
  readonly common: Written;
  /** By the account's name in lower case. */
  readonly accounts: ReadonlyMap<string, Written>;
}

/** What a run goes by: the flags, and a config file where there is one. Flags win. */
export interface Settings<Options> {
  readonly common: Options;
  /** `common`, with what the config file says of this account. */
  for(account: string): Options;
  /** Those of all accounts, `common` among them. */
  readonly all: readonly Options[];
  /** The config file and the accounts that it has options for, in lower case; null without one. */
  readonly named: { readonly path: string; readonly accounts: readonly string[] } | null;
}

/** Named in a file, a path is meant from where the file lies. */
const isPath = (name: string) => {
  const option = configOptions.get(name);
  return option !== undefined && takesPath(option);
};

/**
 * @param json the file's text
 * @param path of the file, for messages
 * @param named the user named it with `--config`; one that was found may not use the options that reach outside
 * @param folder in which the file lies
 * @throws UsageError with one sentence
 */
export function readConfig(json: string, path: string, named: boolean, folder = dirname(path)): Config {
  const { $schema: _, accounts = {}, ...common } = objectOf(parsed(json, path), 'it', path);
  const sections = Object.entries(objectOf(accounts, '“accounts”', path)).map(([name, section]) => {
    const written = objectOf(section, `“accounts” → ${quoted(name)}`, path);
    const wide = Object.keys(written).find((key) => configOptions.get(key)?.traits.wholeRun);
    if (wide) throw new UsageError(`${path}: “${wide}” is the same for all accounts: move it out of ${quoted(name)}.`);
    return [name.toLowerCase(), optionsOf(written, path, folder)] as const;
  });
  const outside = Object.keys(common).find((name) => configOptions.get(name)?.traits.reach === 'outside');
  if (!named && outside !== undefined) {
    throw new UsageError(
      `${path} in this folder was not named by you, and its “${outside}” reaches out of this folder. If the file is yours, name it: --config ${path}; else delete it.`,
    );
  }
  return { path, common: optionsOf(common, path, folder), accounts: new Map(sections) };
}

/**
 * @param check makes checked options of written ones
 * @throws UsageError with one sentence, for any account's section too: before the first post is touched
 */
export function settle<Options>(
  flags: Written,
  config: Config | null,
  check: (written: Record<string, unknown>) => Options,
): Settings<Options> {
  const checked = (section: Written, where: string) => {
    try {
      return check({ ...config?.common, ...section, ...flags });
    } catch (error) {
      if (config === null || !(error instanceof UsageError)) throw error;
      throw new UsageError(`${error.message} (With ${config.path}${where}.)`);
    }
  };
  const common = checked({}, '');
  const own = new Map(
    [...(config?.accounts ?? [])].map(([name, section]) => [name, checked(section, `, “accounts” → ${quoted(name)}`)]),
  );
  return {
    common,
    for: (account) => own.get(account.toLowerCase()) ?? common,
    all: [common, ...own.values()],
    named: config && { path: config.path, accounts: [...own.keys()] },
  };
}

/** The paths that a config names, absolute, each with its option. */
export function pathsIn({ common, accounts }: Config): readonly { readonly option: string; readonly path: string }[] {
  return [common, ...accounts.values()].flatMap((section) =>
    Object.entries(section)
      .filter(([name]) => isPath(name))
      .flatMap(([option, written]) =>
        [written].flat().flatMap((path) => (typeof path === 'string' && path !== '' ? [{ option, path }] : [])),
      ),
  );
}

const longestShown = 80;
const mostAccountsShown = 10;

/** What a config sets, in one sentence for people: `port.config.json in this folder sets: to rednote; limit 3.` */
export function settingsSentence({ path, common, accounts }: Config, folder: string): string {
  const shown = (section: Written) =>
    Object.entries(section).map(([name, value]) => {
      // Lists in lists and objects are refused later, when the options are checked.
      const plain = (each: unknown) => (typeof each === 'object' && each !== null ? '{...}' : String(each));
      const texts = [value].flat().map((each) => (isPath(name) ? relative(folder, plain(each)) || '.' : plain(each)));
      const text = texts.join(', ');
      return `${name} ${text.length <= longestShown && !/[^\w.,+-]/.test(text) ? text : quoted(text)}`;
    });
  const more = accounts.size - mostAccountsShown;
  const parts = [
    ...shown(common),
    ...[...accounts]
      .slice(0, mostAccountsShown)
      .map(([name, section]) => `for ${quoted(name)}: ${shown(section).join(', ')}`),
    ...(more > 0 ? [`and options for ${more} more ${more === 1 ? 'account' : 'accounts'}`] : []),
  ];
  return `${path} in this folder sets ${parts.join('; ')}. If it is not yours, delete it; with --config ${path} this line goes away.`;
}

function parsed(json: string, path: string): unknown {
  try {
    return JSON.parse(json.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new UsageError(`${path} is no JSON: ${error instanceof Error ? error.message : error}.`);
  }
}

function objectOf(value: unknown, what: string, path: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new UsageError(`${path}: ${what} should be an object: { "option": value }.`);
}

/** In the form in which flags come: texts, lists of texts, yes or no. */
function optionsOf(written: Written, path: string, folder: string): Written {
  const here = (text: string) => (text === '' ? '' : resolve(folder, text));
  return Object.fromEntries(
    Object.entries(written).map(([name, value]) => {
      const option = configOptions.get(name);
      if (!option) {
        const meant = didYouMean(name, [...configOptions.keys()]);
        throw new UsageError(seeHelp(`${path}: there is no option ${quoted(name)}.${meant}`));
      }
      if (isPath(name) && [value].flat().some((each) => typeof each === 'string' && each.includes('\0')))
        throw new UsageError(`${path}: “${name}” holds a character (NUL) that no path can have.`);
      return [name, asFlag(option, value, isPath(name) ? here : String)];
    }),
  );
}

function asFlag({ flags, traits }: ConfigOption, value: unknown, change: (text: string) => string): unknown {
  const text = (each: unknown) => (typeof each === 'string' || typeof each === 'number' ? change(String(each)) : each);
  const texts = Array.isArray(value) ? value.map(text) : text(value);
  if (traits.repeatable) return Array.isArray(texts) ? texts : [texts];
  // A list of anything else stays one, and is refused as a value of another kind.
  const joins = flags.includes('<') && Array.isArray(texts) && texts.every((each) => typeof each === 'string');
  return joins ? texts.join(',') : texts;
}
