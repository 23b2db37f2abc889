import { Option as Commander } from 'commander';
import { describe, expect, it } from 'vitest';
import { combineSettings, readConfig } from '../../src/config/config-file.ts';
import { configSchema } from '../../src/config/json-schema.ts';
import { type Option, takesPath } from '../../src/config/option.ts';
import { optionGroups, optionList } from '../../src/config/option-list.ts';
import {
  checkOptions,
  checkReadingOptions,
  configOptions,
  fingerprintOptions,
  postOptions,
  writePostOptions,
} from '../../src/config/options.ts';
import { runPort } from '../e2e/run-port.ts';

/** Who adds an option adds an entry to one list: each place where options matter has it then. */
const [help, ofFetch, ofWorker, bash, zsh, fish] = await Promise.all(
  [
    ['--help'],
    ['fetch', '--help'],
    ['worker', '--help'],
    ...['bash', 'zsh', 'fish'].map((shell) => ['completion', shell]),
  ].map(async (args) => (await runPort(args, import.meta.dirname)).stdout),
);
const properties = configSchema()['properties'] as Readonly<Record<string, Property>>;
const ofAccount = (configSchema()['properties'] as { accounts: { additionalProperties: { properties: object } } })
  .accounts.additionalProperties.properties;

interface Property {
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly examples?: readonly string[];
  readonly items?: { readonly enum?: readonly string[]; readonly examples?: readonly string[] };
  readonly minimum?: number;
  readonly pattern?: string;
  readonly default?: unknown;
}

/** Something that a config file may say and that is not what goes without saying. */
function sampleOf({ type = 'string', minimum, pattern, items, ...property }: Property): unknown {
  const choices = property.enum ?? (items?.enum ?? items?.examples)?.filter((each) => each !== 'all');
  const one =
    (choices ?? property.examples)?.findLast((each) => each !== property.default) ??
    (pattern?.startsWith('^\\d') ? '2025-03-02' : 'x1');
  if (type === 'boolean') return !property.default;
  if (minimum !== undefined) return minimum;
  return [type].flat().includes('array') ? [one] : one;
}

/** As the help has it, where long words are broken into lines. */
const onOneLine = (text = '') => text.replace(/\s+/g, ' ');

describe.each(Object.entries<Option>(optionList))('%s', (name, option) => {
  const { flags, traits } = option;
  const long = /--[a-z-]+/.exec(flags)?.[0] ?? '';

  it('has the name that commander gives it', () => {
    expect(new Commander(flags).attributeName()).toBe(name);
  });

  it('is in the help of each command that takes it', () => {
    const words = onOneLine(`${flags} ${option.help}`);
    expect(onOneLine(help)).toContain(words);
    expect(onOneLine(ofFetch).includes(words)).toBe(traits.fetch === true);
    expect(onOneLine(ofWorker).includes(words)).toBe(traits.worker === true);
  });

  it('is completed', () => {
    for (const script of [bash, zsh]) expect(script).toContain(long);
    expect(fish).toContain(`-l ${long.slice(2)} `);
  });
});

const ofCommandLine = Object.entries<Option>(optionList).filter(([, { schema }]) => schema === undefined);
it.each(ofCommandLine)('%s is of the command line alone', (name) => {
  expect(() => readConfig(JSON.stringify({ [name]: true }), '/a/port.config.json', true)).toThrow('no option');
  expect(properties).not.toHaveProperty(name);
});

describe.each([...configOptions])('%s in a config file', (name, option) => {
  const { reach, wholeRun, post, fetch, repeatable } = option.traits;
  const sample = sampleOf(properties[name] ?? {});
  const others = name === 'shared' ? { queue: 'redis://queue' } : {};
  const flags = name === 'translate' ? { translator: 'command:x' } : {};
  const read = (named = true, config: object = { to: 'shorts', ...others, [name]: sample }) =>
    combineSettings(flags, readConfig(JSON.stringify(config), '/a/port.config.json', named), checkOptions).common;
  const valueIn = (options: object) => (options as Readonly<Record<string, unknown>>)[name];
  const unsaid = checkOptions({ to: 'shorts' });

  it('is read', () => {
    expect(valueIn(read())).toBeDefined();
    expect(valueIn(read())).not.toEqual(valueIn(unsaid));
  });

  it('reaches as far as the list says', () => {
    if (reach === 'outside') expect(() => read(false)).toThrow('--config');
    else expect(read(false)).toEqual(read());
    if (reach === 'path') expect(takesPath(option)).toBe(true);
    if (takesPath(option)) expect([valueIn(read())].flat()).toEqual(['/a/x1']);
  });

  it('belongs to an account, unless it concerns the whole run', () => {
    const own = () => read(true, { to: 'shorts', accounts: { maya: { [name]: sample } } });
    if (wholeRun) expect(own).toThrow('the same for all accounts');
    else expect(own).not.toThrow();
    expect(Object.hasOwn(ofAccount, name)).toBe(wholeRun !== true);
  });

  it('is a list if the flag may be given several times', () => {
    const types = [properties[name]?.type].flat();
    if (repeatable) expect(types).toContain('array');
    expect(Array.isArray(valueIn(read()))).toBe(types.includes('array'));
  });

  it('is checked by port fetch if that takes it', () => {
    expect(Object.hasOwn(checkReadingOptions(fromFlags()), name)).toBe(fetch === true);
  });

  it('goes to workers as it was checked, if they need it', () => {
    const there = postOptions.parse(JSON.parse(JSON.stringify(writePostOptions(read()))));
    expect(valueIn(there)).toEqual(post === undefined ? undefined : valueIn(read()));
  });

  it('is in the fingerprint of a post if that hangs on it', () => {
    const changes = JSON.stringify(fingerprintOptions(read())) !== JSON.stringify(fingerprintOptions(unsaid));
    expect(changes).toBe(post === 'decides');
  });

  function fromFlags(): Record<string, unknown> {
    return combineSettings(
      {},
      readConfig(JSON.stringify({ [name]: sample }), '/a/port.config.json', true),
      (all) => all,
    ).common;
  }
});

it('each option stands under one heading', () => {
  const names = Object.values(optionGroups).flatMap((group) => Object.keys(group));
  expect(names).toEqual(Object.keys(optionList));
});

it('options travel to workers with all their digits and all their words', () => {
  const written = {
    ...{
      to: 'reels,rednote',
      tags: 'travel, #Slow_food',
      footer: 'One,\ntwo',
      slideSeconds: '2.125',
      loudness: '-14.5',
    },
    ...{ alias: ['@maya', 'bo'], allowHost: ['a,b'], mediaShift: '-3600', fit: 'pad' },
  };
  const checked = checkOptions(written);
  const there = postOptions.parse(JSON.parse(JSON.stringify(writePostOptions(checked))));
  expect(checked).toMatchObject(there);
  expect(there).toMatchObject({
    tags: ['travel', 'Slow_food'],
    slideSeconds: 2.125,
    loudness: -14.5,
    mediaShift: -3600,
  });
});
