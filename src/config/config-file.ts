import { dirname, relative, resolve } from 'node:path';
import { quoted, seeHelp, UsageError } from '../errors.ts';
import { didYouMean } from '../text/nearest.ts';
import { type ConfigOption, takesPath } from './option.ts';
import { configOptions } from './options.ts';

/** Options as in a config file: by flag name in camel case, with numbers and lists as JSON values. */
type Written = Readonly<Record<string, unknown>>;

export interface Config {
  /** For messages. */
  readonly path: string;
  readonly common: Written;
  /** By account name in lower case. */
  readonly accounts: ReadonlyMap<string, Written>;
}

/** The options of a run: the flags, which take precedence, and those of a config file. */
export interface Settings<Options> {
  readonly common: Options;
  /** `common`, with the config file's options for this account. */
  for(account: string): Options;
  /** The options of all accounts, including `common`. */
  readonly all: readonly Options[];
  /** The config file, and the accounts (in lower case) for which it has options; null if there is no config file. */
  readonly named: { readonly path: string; readonly accounts: readonly string[] } | null;
}

/** Whether an option is a path. Paths in a config file are relative to its folder. */
const isPath = (name: string) => {
  const option = configOptions.get(name);
  return option !== undefined && takesPath(option);
};

/**
 * Parses a config file.
 * @param json the file's text
 * @param path the file's path, for messages
 * @param named whether the user named it with `--config`; a file that was found must not use options that reach outside
 * @param folder the file's folder
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
  return { path, common: optionsOf(common, path, folder, ['accounts']), accounts: new Map(sections) };
}

/**
 * Combines flags and config file, and checks the options of every account before the first post is processed.
 * @param check validates written options
 * @throws UsageError with one sentence
 */
export function combineSettings<Options>(
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

/** The absolute paths in a config, each with its option. */
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
const maxAccountsShown = 10;

/** A sentence about what a config sets: `port.config.json in this folder sets to rednote; limit 3.`; null if nothing */
export function settingsSentence({ path, common, accounts }: Config, folder: string): string | null {
  const shown = (section: Written) =>
    Object.entries(section).map(([name, value]) => {
      // Nested lists and objects are refused later, when the options are checked.
      const plain = (each: unknown) => (typeof each === 'object' && each !== null ? '{...}' : String(each));
      const texts = [value].flat().map((each) => (isPath(name) ? relative(folder, plain(each)) || '.' : plain(each)));
      const text = texts.join(', ');
      return `${name} ${text.length <= longestShown && /^[\w.,+-]+$/.test(text) ? text : quoted(text)}`;
    });
  const accountsWithOptions = [...accounts].filter(([, section]) => Object.keys(section).length > 0);
  const more = accountsWithOptions.length - maxAccountsShown;
  const parts = [
    ...shown(common),
    ...accountsWithOptions
      .slice(0, maxAccountsShown)
      .map(([name, section]) => `for ${quoted(name)}: ${shown(section).join(', ')}`),
    ...(more > 0 ? [`and options for ${more} more ${more === 1 ? 'account' : 'accounts'}`] : []),
  ];
  if (parts.length === 0) return null;
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

/**
 * Converts values to the form of flags: strings, lists of strings, booleans.
 * @param others names that may stand here besides options, for suggestions
 */
function optionsOf(written: Written, path: string, folder: string, others: readonly string[] = []): Written {
  const here = (text: string) => (text === '' ? '' : resolve(folder, text));
  return Object.fromEntries(
    Object.entries(written).map(([name, value]) => {
      const option = configOptions.get(name);
      if (!option) {
        const meant = didYouMean(name, [...others, ...configOptions.keys()]);
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
  // A list of anything else stays unchanged, and is refused by the schema.
  const joins = flags.includes('<') && Array.isArray(texts) && texts.every((each) => typeof each === 'string');
  return joins ? texts.join(',') : texts;
}
