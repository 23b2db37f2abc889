import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combineSettings, readConfig } from '../../src/config/config-file.ts';
import { checkOptions } from '../../src/config/options.ts';
import { PortError, UsageError } from '../../src/errors.ts';

const at = (config: unknown, named = true) => readConfig(JSON.stringify(config), '/clients/port.config.json', named);
const settled = (config: unknown, flags = {}, account = 'maya') =>
  combineSettings(flags, at(config), checkOptions).for(account);

describe('a config file', () => {
  it.each<[string, unknown, Record<string, unknown>, object]>([
    ['alone', { to: 'rednote', limit: 3 }, {}, { limit: 3 }],
    ['a list as a list', { to: ['rednote', 'shorts'], only: ['a', 'b'] }, {}, { only: ['a', 'b'] }],
    ['a list as a text', { to: 'rednote', only: 'a, b' }, {}, { only: ['a', 'b'] }],
    ['a flag wins', { to: 'rednote', limit: 3 }, { limit: '5' }, { limit: 5 }],
    ['an account wins over the rest', { to: 'rednote', limit: 3, accounts: { maya: { limit: 4 } } }, {}, { limit: 4 }],
    ['a flag wins over an account', { to: 'rednote', accounts: { maya: { limit: 4 } } }, { limit: '5' }, { limit: 5 }],
    ['another account', { to: 'rednote', limit: 3, accounts: { bo: { limit: 4 } } }, {}, { limit: 3 }],
    ['an account in other letters', { to: 'rednote', accounts: { MAYA: { limit: 4 } } }, {}, { limit: 4 }],
    ['what is on by itself, switched off', { to: 'rednote', listing: false }, {}, { listing: false }],
    ['a path is meant from where the file lies', { to: 'rednote', media: 'files' }, {}, { media: ['/clients/files'] }],
    ['an address of its schema', { $schema: 'x', to: 'rednote' }, {}, { fit: 'blur' }],
    ['a byte-order mark', { to: 'rednote' }, {}, { fit: 'blur' }],
  ])('%s', (name, config, flags, expected) => {
    const mark = name === 'a byte-order mark' ? '\ufeff' : '';
    const read = readConfig(mark + JSON.stringify(config), '/clients/port.config.json', true);
    expect(combineSettings(flags, read, checkOptions).for('maya')).toMatchObject(expected);
  });

  it.each<[string, string, string]>([
    ['text that is no JSON', '{ to: rednote }', 'is no JSON'],
    ['a list', '[]', 'should be an object'],
    ['null', 'null', 'should be an object'],
    ['a misspelt option', '{ "tag": "travel" }', 'no option "tag"'],
    ['misspelt accounts', '{ "acounts": {} }', 'Did you mean “accounts”?'],
    ['an option of the wrong kind', '{ "to": "rednote", "strict": "yes" }', '--strict'],
    ['a value that is none', '{ "to": "rednote", "fit": "stretch" }', '--fit takes'],
    ['accounts as a list', '{ "accounts": [] }', 'should be an object'],
    ['a section that is none', '{ "accounts": { "maya": 3 } }', '"maya" should be an object'],
    ['a fault in one section', '{ "to": "rednote", "accounts": { "maya": { "fit": "x" } } }', 'accounts” → "maya"'],
    ['one account with an output folder of its own', '{ "accounts": { "maya": { "out": "x" } } }', 'the same for all'],
    ['a list of what is no text', '{ "to": "rednote", "tags": ["a", { "toString": 1 }] }', '--tags takes'],
    ['a prototype', '{ "__proto__": { "limit": 3 } }', 'no option "__proto__"'],
  ])('%s', (_name, json, sentence) => {
    const read = () => combineSettings({}, readConfig(json, '/clients/port.config.json', true), checkOptions);
    expect(read).toThrow(UsageError);
    expect(read).toThrow(sentence);
  });

  it.each([
    ['a host', { allowHost: ['192.168.0.2'] }],
    ['a queue', { queue: 'redis://192.168.0.2' }],
    ['a shared folder', { queue: 'redis://192.168.0.2', shared: '.' }],
  ])('opens %s only if the user named the file', (_what, outside) => {
    const config = { to: 'rednote', ...outside };
    expect(combineSettings({}, at(config, true), checkOptions).common).toMatchObject({ to: [{ name: 'rednote' }] });
    expect(() => at(config, false)).toThrow('--config');
  });

  it('whatever it holds, it is taken or refused with a sentence', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        try {
          combineSettings({ to: 'rednote' }, readConfig(json, 'port.config.json', false), checkOptions);
        } catch (error) {
          if (!(error instanceof PortError)) throw error;
        }
      }),
      { numRuns: 2000 },
    );
  });
});

it('without a config file the flags are all', () => {
  expect(combineSettings({ to: 'rednote', limit: '2' }, null, checkOptions).for('maya').limit).toBe(2);
  expect(settled({ to: 'rednote' }).limit).toBeUndefined();
});
