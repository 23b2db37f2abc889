import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createArchives } from '../../src/tools/archives.ts';
import { folderWith, temporaryFolder } from './folder.ts';
import { buildZip } from './zip-builder.ts';

const { open } = createArchives();
const key = '2025-03-02_09-15-04';

/** A manifest of an account with a platform, with changes. */
function manifest(odd: object = {}, layout?: number): string {
  const head = { schemaVersion: 1, tool: 'content-port 0.1.0', export: { files: ['e.zip'], account: 'maya' } };
  return JSON.stringify({ ...head, totals: { rednote: {} }, ...odd, posts: [] }, null, layout);
}

/** The names in a folder of these files; `(kept)` behind originals that port stored. */
async function namesOf(files: Readonly<Record<string, string>>, inside = ''): Promise<string[]> {
  const archive = await open(join(folderWith(files), inside));
  return archive.files.map(({ name, keptBy }) => (keptBy ? `${name} (kept)` : name)).sort();
}
const video = { 'm/rednote/a.mp4': 'v' };
const isOurs = async (text: string) =>
  !(await namesOf({ 'm/manifest.json': text, ...video })).includes('m/rednote/a.mp4');

describe('a manifest of port', () => {
  it.each<[string, string]>([
    ['in one line', manifest()],
    ['in several lines', manifest({}, 2)],
    ['of a tool without a version', manifest({ tool: 'content-port' })],
    ['of an export that has no name', manifest({ export: {} })],
    ['of an export with odd names', manifest({ export: { files: 7, account: 7 } })],
    ['whose keys come in another order', JSON.stringify({ posts: [], ...JSON.parse(manifest()) })],
    ['without rows', JSON.stringify({ ...JSON.parse(manifest()), posts: undefined })],
    ['with bytes of UTF-8 before its rows', manifest({ export: { files: ['Möwe.zip'], account: '玛雅' } })],
    ['whose rows are no JSON', manifest().replace('"posts":[]', '"posts":[ and so on')],
  ])('%s is one', async (_odd, text) => {
    expect(await isOurs(text)).toBe(true);
  });

  it.each<[string, string]>([
    ['of a tool whose name begins like it', manifest({ tool: 'content-porter 1' })],
    ['of a tool whose name ends like it', manifest({ tool: 'my content-port 1' })],
    ['without an export', manifest({ export: undefined })],
    ['without platforms', manifest({ totals: undefined })],
    [
      'of another version, whose keys come in another order',
      JSON.stringify({ posts: [], ...JSON.parse(manifest({ schemaVersion: 2 })) }),
    ],
  ])('%s is none', async (_odd, text) => {
    expect(await isOurs(text)).toBe(false);
  });

  it.each<[string, boolean]>([
    ['rednote', true],
    ['rednote-upload', true],
    ['rednote-uploads', false],
    ['Rednote', false],
    ['red', false],
    ['.port', true],
    ['port', false],
    ['other', false],
  ])('%s in its folder is made by port: %s', async (name, isMade) => {
    const names = await namesOf({ 'm/manifest.json': manifest(), [`m/${name}/x/a.mp4`]: 'v', 'm/own.mp4': 'p' });
    const hidden = name.startsWith('.');
    expect(names).toEqual(isMade || hidden ? ['m/own.mp4'] : [`m/${name}/x/a.mp4`, 'm/own.mp4'].sort());
  });

  it.each(['originals', '.hidden', 'a b', 'a/b', '', '-a', 'x'.repeat(65)])(
    'does not make "%s" a folder of port',
    async (name) => {
      const text = manifest({ totals: { [name]: {} } });
      const names = await namesOf({
        'm/manifest.json': text,
        'm/a b/a.mp4': 'p',
        'm/a/b/a.mp4': 'p',
        'm/-a/a.mp4': 'p',
        [`m/${'x'.repeat(65)}/a.mp4`]: 'p',
        'm/originals/a.mp4': 'p',
      });
      expect(names).toHaveLength(5);
    },
  );

  it('makes platforms of names with all that they may have', async () => {
    const name = `A_-9${'x'.repeat(60)}`;
    expect(
      await namesOf({ 'm/manifest.json': manifest({ totals: { [name]: {} } }), [`m/${name}/a`]: 'v', 'm/b': 'p' }),
    ).toEqual(['m/b']);
  });
});

describe('in the folder of an account', () => {
  it('documents of port are left out, those of the same name elsewhere are not', async () => {
    const own = ['captions.json', 'posting.json', 'posting.csv', 'posting.ics'];
    const files = Object.fromEntries(
      own.flatMap((name) => [
        [`m/${name}`, 'x'],
        [`m/sub/${name}`, 'x'],
        [`n/${name}`, 'x'],
      ]),
    );
    const names = await namesOf({ 'm/manifest.json': manifest(), 'm/captions.csv': 'key', ...files });
    expect(names).toEqual(['m/captions.csv', ...own.flatMap((name) => [`m/sub/${name}`, `n/${name}`])].sort());
  });

  it('sources of originals are left out, other files there are kept by port', async () => {
    const names = await namesOf({
      'm/manifest.json': manifest(),
      'm/originals/sources.jsonl': 'x',
      'm/originals/sources.other-run.jsonl': 'x',
      'm/originals/resources.jsonl': 'x',
      'm/originals/sources.json': 'x',
      'm/originals/deep/a.mp4': 'o',
      'm/sources.jsonl': 'p',
    });
    expect(names).toEqual([
      ...['m/originals/deep/a.mp4 (kept)', 'm/originals/resources.jsonl (kept)', 'm/originals/sources.json (kept)'],
      'm/sources.jsonl',
    ]);
  });

  it('of another account inside of it: each for itself', async () => {
    const names = await namesOf({
      'm/manifest.json': manifest(),
      'm/own/n/manifest.json': manifest({ totals: { shorts: {} } }),
      'm/own/n/shorts/a.mp4': 'v',
      'm/own/n/rednote/b.mp4': 'p',
      'm/own/n/originals/c.mp4': 'o',
    });
    expect(names).toEqual(['m/own/n/originals/c.mp4 (kept)', 'm/own/n/rednote/b.mp4']);
  });

  it('which is opened three folders deep, but not four', async () => {
    const files = { 'm/manifest.json': manifest(), 'm/rednote/1/2/a.mp4': 'v', 'm/rednote/1/2/3/a.mp4': 'v' };
    expect(await namesOf(files, 'm/rednote/1')).toEqual([]);
    expect(await namesOf(files, 'm/rednote/1/2')).toEqual([]);
    expect(await namesOf(files, 'm/rednote/1/2/3')).toEqual(['a.mp4']);
    const none = { 'm/manifest.json/x': 'a folder', 'm/rednote/a.mp4': 'p' };
    expect(await namesOf(none, 'm/rednote')).toEqual(['a.mp4']);
  });
});

describe('the account of a folder', () => {
  it.each<[string, unknown, string[], string | null]>([
    ['its name', 'maya', ['e.zip'], 'maya'],
    ['the name of its file, which is nobody’s', 'e.zip', ['e.zip'], null],
    ['that without its ending', 'e', ['x.zip', 'e.zip'], null],
    ['a name that only begins like its file', 'e', ['e.x.zip'], 'e'],
    ['none', null, ['e.zip'], null],
  ])('is %s', async (_odd, account, files, expected) => {
    const { portFolders = [] } = await open(
      folderWith({ 'm/manifest.json': manifest({ export: { files, account } }), 'm/a': '' }),
    );
    expect(portFolders.map((each) => each.account)).toEqual([expected]);
  });

  it('and what was made there, as far as it can be read', async () => {
    const made = (sha256: unknown, action: unknown) => ({ sha256, action });
    const posts = [
      { files: [made('a', 'transcode'), made('b', 'copy'), made('c', 'text'), made('d', 'own'), made('e', 'remux')] },
      { files: [made('f', 7), made(7, 'remux'), null, made('g', 'remux')] },
      { files: 'none' },
      7,
    ];
    const text = JSON.stringify({ ...JSON.parse(manifest()), posts });
    const { portFolders = [] } = await open(folderWith({ 'm/manifest.json': text }));
    expect([...((await portFolders[0]?.renditions()) ?? [])]).toEqual(['a', 'e', 'g']);
    const broken = manifest().replace('"posts":[]', '"posts":[ and so on');
    const other = await open(folderWith({ 'm/manifest.json': broken }));
    expect((await other.portFolders?.[0]?.renditions())?.size).toBe(0);
  });
});

describe('a post.json', () => {
  const post = (odd: object) =>
    JSON.stringify({
      schemaVersion: 1,
      key,
      target: 'rednote',
      status: 'delivered',
      files: [{ sha256: 'a', action: 'copy', path: 'x' }],
      ...odd,
    });
  it.each<[string, object, boolean]>([
    ['of a package', {}, true],
    ['of a held post', { status: 'held' }, true],
    ['of a second post of its time', { key: `${key}_2` }, true],
    ['without files', { files: [] }, true],
    ['of another version', { schemaVersion: 2 }, false],
    ['with another key', { key: '2025-03-02' }, false],
    ['with a key that begins later', { key: `x${key}` }, false],
    ['of no platform', { target: 'originals' }, false],
    ['of another status', { status: 'published' }, false],
    ['with files that are none', { files: [{ sha256: 'a' }] }, false],
  ])('%s: its folder is made by port: %s', async (_odd, odd, isMade) => {
    const files = { 'x/post.json': post(odd), 'x/sub/a.mp4': 'v', 'x.mp4': 'p' };
    expect(await namesOf(files)).toEqual(isMade ? ['x.mp4'] : ['x.mp4', 'x/post.json', 'x/sub/a.mp4']);
  });

  it('of many packages each counts, in a ZIP too', async () => {
    const all = Array.from({ length: 40 }, (_, at) => [
      { name: `${at}/post.json`, content: post({}) },
      { name: `${at}/a.mp4`, content: 'v' },
      { name: `p${at}/a.mp4`, content: 'p' },
    ]).flat();
    const path = join(temporaryFolder(), 'a.zip');
    writeFileSync(path, buildZip(all));
    const archive = await open(path);
    await archive.close();
    expect(archive.files).toHaveLength(40);
    expect(archive.files.every(({ name }) => name.startsWith('p'))).toBe(true);
  });
});
