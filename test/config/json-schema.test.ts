import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Validator } from '@cfworker/json-schema';
import { describe, expect, it } from 'vitest';
import { combineSettings, readConfig } from '../../src/config/config-file.ts';
import { configSchema } from '../../src/config/json-schema.ts';
import { checkOptions, configOptions } from '../../src/config/options.ts';
import { PortError } from '../../src/errors.ts';
import { runPort } from '../e2e/run-port.ts';

/** What editors are told of config files, against what a run takes. */
const root = resolve(import.meta.dirname, '../..');
const schema = configSchema();
const validator = new Validator(schema, '7');
const properties = schema['properties'] as Record<string, { readonly description?: string }>;

function isTaken(config: object): boolean {
  try {
    const written = JSON.stringify({ to: 'rednote', ...config });
    combineSettings({}, readConfig(written, '/clients/port.config.json', true), checkOptions);
    return true;
  } catch (error) {
    if (error instanceof PortError) return false;
    throw error;
  }
}

describe('the JSON schema of config files', () => {
  it('is published as it is made: npx port schema > port.config.schema.json', async () => {
    const published = await readFile(resolve(root, 'port.config.schema.json'), 'utf8');
    expect(JSON.parse(published)).toEqual(schema);
    expect((await runPort(['schema'], root)).stdout).toBe(published);
  });

  it('has every option with its words, and no other', () => {
    expect(Object.keys(properties).sort()).toEqual(['$schema', 'accounts', ...configOptions.keys()].sort());
    for (const [name, { description }] of Object.entries(properties)) expect(description, name).toMatch(/\w{2,} \w+/);
  });

  it.each<[string, object]>([
    ['nothing', {}],
    ['where the schema lies', { $schema: './node_modules/content-port/port.config.schema.json', to: 'all' }],
    ['platforms as a list', { to: ['rednote', 'shorts'] }],
    ['platforms as a text', { to: 'rednote,shorts' }],
    ['a list of one without brackets', { media: 'videos', include: 'private' }],
    ['lists', { media: ['a', 'b.zip'], include: ['private', 'friends'], only: ['2025-03-02_09-15-04'] }],
    ['numbers', { limit: 5, jobs: 2, cover: 1.5, slideSeconds: 2.5, loudness: -14, captionShift: -3600 }],
    ['yes and no', { offline: true, listing: false, heldOriginals: false }],
    ['choices', { fit: 'crop', long: 'trim', photos: 'video', sound: 'mute', order: 'likes', encoder: 'h264_nvenc' }],
    ['hashtags', { tags: ['travel', '#slowfood'] }],
    ['days', { since: '2025-03-02', until: '2025-03-02' }],
    ['an account of its own', { to: 'all', accounts: { maya: { fit: 'pad', tags: ['maya'] }, 'bo.o': {} } }],
  ])('%s: taken by both', (_name, config) => {
    expect({ schema: validator.validate(config).valid, run: isTaken(config) }).toEqual({ schema: true, run: true });
  });

  it.each<[string, object]>([
    ['an option that does not exist', { fitt: 'blur' }],
    ['an unknown platform in a list', { to: ['rednote', 'myspace'] }],
    ['an unknown choice', { fit: 'stretch' }],
    ['an unknown audience in a list', { include: ['everyone'] }],
    ['a negative number', { limit: -1 }],
    ['half a post', { limit: 1.5 }],
    ['too loud', { loudness: 3 }],
    ['slides too short', { slideSeconds: 0.5 }],
    ['a word for yes', { offline: 'yes' }],
    ['a list of lists', { media: [['a']] }],
    ['a day by its name', { since: 'yesterday' }],
    ['no folder', { out: '' }],
    ['an encoder of several words', { encoder: '-i x' }],
    ['accounts as a list', { accounts: [{ fit: 'pad' }] }],
    ['an account with what concerns the whole run', { accounts: { maya: { out: 'x' } } }],
    ['an account with an option that does not exist', { accounts: { maya: { fitt: 'x' } } }],
    ['accounts within an account', { accounts: { maya: { accounts: {} } } }],
  ])('%s: refused by both', (_name, config) => {
    expect({ schema: validator.validate(config).valid, run: isTaken(config) }).toEqual({ schema: false, run: false });
  });
});
