import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createArchives } from '../../src/tools/archives.ts';
import { folderWith, temporaryFolder } from './folder.ts';
import { buildZip } from './zip-builder.ts';

const { open } = createArchives();
const key = '2025-03-02_09-15-04';
const sha256 = 'a'.repeat(64);

const rowOf = (target: string, action = 'transcode') => ({
  ...{ key, target, status: 'delivered' },
  files: [{ path: `${target}/${key}/video.mp4`, role: 'video', bytes: 1, sha256, action, why: [], rendition: 'x' }],
});

function manifest(targets: readonly string[], account: string | null = 'maya', layout?: number): string {
  const head = { schemaVersion: 1, tool: 'content-port 0.1.0', export: { files: ['e.zip'], account, posts: 1 } };
  const totals = Object.fromEntries(targets.map((each) => [each, { delivered: 1 }]));
  const posts = targets.map((each) => rowOf(each));
  return JSON.stringify({ ...head, totals, posts }, null, layout);
}

const output = (root: string, targets = ['rednote', 'shorts']): Record<string, string> => ({
  [`${root}manifest.json`]: manifest(targets, 'maya', 2),
  [`${root}captions.csv`]: 'key',
  [`${root}originals/${key}.mp4`]: 'o',
  [`${root}rednote/index.html`]: 'page',
  [`${root}rednote/${key}/video.mp4`]: 'v',
  [`${root}rednote/${key}/part-2/01.jpg`]: 'v',
  [`${root}shorts-upload/01/My title.mp4`]: 'v',
  [`${root}my own/${key}.mp4`]: 'p',
  [`${root}rednote.mp4`]: 'p',
});
const left = (root: string) => [
  `${root}captions.csv`,
  `${root}my own/${key}.mp4`,
  `${root}originals/${key}.mp4 (kept)`,
  `${root}rednote.mp4`,
];

async function namesIn(path: string): Promise<string[]> {
  const archive = await open(path);
  await archive.close();
  return archive.files.map(({ name, keptBy }) => (keptBy ? `${name} (kept)` : name)).sort();
}

describe('files made by port are excluded', () => {
  it.each(['', 'maya/', 'any/where else/'])('in a folder, under %j', async (root) => {
    expect(await namesIn(folderWith({ ...output(root), 'a.mp4': 'p' }))).toEqual([...left(root), 'a.mp4'].sort());
  });

  it('in a ZIP, with its hidden folder, and in a ZIP inside a folder', async () => {
    const files = { ...output('ported/maya/'), 'ported/maya/.port/cache.json': '{}' };
    const zip = buildZip(Object.entries(files).map(([name, content]) => ({ name, content, deflate: true })));
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'backup.zip'), zip);
    expect(await namesIn(join(folder, 'backup.zip'))).toEqual(left('ported/maya/'));
    expect(await namesIn(folder)).toEqual(left('backup.zip/ported/maya/'));
  });

  it.each<[string, string[]]>([
    ['rednote', []],
    [`rednote/${key}`, []],
    ['shorts-upload/01', []],
    ['originals', [`${key}.mp4 (kept)`]],
    ['my own', [`${key}.mp4`]],
  ])('where %s of it is opened alone', async (inside, names) => {
    expect(await namesIn(join(folderWith(output('ported/maya/')), 'ported/maya', inside))).toEqual(names);
  });

  it('a package without a manifest is recognised by its post.json', async () => {
    const post = JSON.stringify({ schemaVersion: 1, ...rowOf('rednote') });
    const files = { [`x/${key}/post.json`]: post, [`x/${key}/video.mp4`]: 'v', [`x/${key}.mp4`]: 'p' };
    expect(await namesIn(folderWith(files))).toEqual([`x/${key}.mp4`]);
  });

  it('an account whose run was killed before it wrote rows is recognised by its packages', async () => {
    const keysOnly = { ...JSON.parse(manifest([])), keys: { [key]: null } };
    const post = JSON.stringify({ schemaVersion: 1, ...rowOf('rednote') });
    const inside = { 'm/manifest.json': JSON.stringify(keysOnly), 'm/originals/a.mp4': 'o' };
    const files = { ...inside, [`m/rednote/${key}/post.json`]: post, [`m/rednote/${key}/video.mp4`]: 'v' };
    expect(await namesIn(folderWith(files))).toEqual(['m/originals/a.mp4 (kept)']);
  });

  it("reports the account and the files made there, without copies and a person's own files", async () => {
    const others = ['copy', 'own', 'text'].map((action, index) => ({
      ...rowOf('x', action),
      files: [{ path: 'x', sha256: `${index}`, action }],
    }));
    const notMade = JSON.stringify({ ...JSON.parse(manifest(['x'], 'e')), posts: others });
    const folder = folderWith({ 'm/manifest.json': manifest(['rednote']), 'n/manifest.json': notMade });
    const { portFolders = [] } = await open(folder);
    expect(portFolders.map(({ account }) => account)).toEqual(['maya', null]);
    expect([...((await portFolders[1]?.renditions()) ?? [])]).toEqual([]);
    expect([...((await portFolders[0]?.renditions()) ?? [])]).toEqual([sha256]);
  });
});

describe('other documents exclude nothing', () => {
  const ours = JSON.parse(manifest(['rednote'])) as Record<string, unknown>;
  it.each<[string, string]>([
    ['of a web page', '{"name":"app","icons":[]}'],
    ['no JSON', 'x'],
    ['empty', ''],
    ['cut off', manifest(['rednote']).slice(0, 60)],
    ['of another tool', JSON.stringify({ ...ours, tool: 'other 1.0' })],
    ['of a version to come', JSON.stringify({ ...ours, schemaVersion: 2 })],
    ['whose platforms lead out of it', manifest(['..', '../rednote', 'a/b', 'originals', '.', 'x'.repeat(99)])],
    ['with a list where the platforms stand', JSON.stringify({ ...ours, totals: ['rednote'] })],
    ['nested without end', '['.repeat(100_000)],
  ])('a manifest %s', async (_name, content) => {
    const files = {
      'm/manifest.json': content,
      'm/rednote/a.mp4': 'p',
      'm/originals/b.mp4': 'p',
      'rednote/c.mp4': 'p',
    };
    const names = (await namesIn(folderWith(files))).map((name) => name.replace(' (kept)', ''));
    expect(names).toEqual(expect.arrayContaining(['m/rednote/a.mp4', 'm/originals/b.mp4', 'rednote/c.mp4']));
  });

  it('a post.json of a photo site', async () => {
    const files = { 'a/post.json': '{"schemaVersion":1,"key":"x","files":[]}', 'a/b.mp4': 'p' };
    expect(await namesIn(folderWith(files))).toEqual(['a/b.mp4', 'a/post.json']);
  });
});
