import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const built = resolve(import.meta.dirname, '../../../dist/studio');
const names = await readdir(built);
const text = async (name: string) => readFile(join(built, name), 'utf8');

describe('the page as built', () => {
  const languages = ['en.js', 'es.js', 'zh.js'];
  const gzipped = async (scripts: readonly string[]) => {
    const sizes = await Promise.all(scripts.map(async (name) => gzipSync(await text(name)).length));
    return sizes.reduce((sum, size) => sum + size, 0);
  };

  it.each(languages)('loads less than 100 kB of script, gzipped, in the language of %s, and no other', async (own) => {
    const scripts = names.filter((name) => name.endsWith('.js'));
    expect(scripts).toEqual(expect.arrayContaining([...languages, 'planning.js', 'studio.js']));
    const loaded = scripts.filter((name) => name === own || !languages.includes(name));
    expect(await gzipped(loaded)).toBeLessThan(100_000);
    expect(await text('studio.js')).not.toMatch(/from *[`'"]\.\/(?:en|es|zh)\.js/);
  });

  it.each(languages)('starts with less than half of it (%s): the planning waits for the first post', async (own) => {
    const [start, language] = await Promise.all([text('studio.js'), text(own)]);
    const imported = [...`${start}${language}`.matchAll(/from *[`'"]\.\/([\w-]+\.js)/g)].map(([, name = '']) => name);
    expect(imported).not.toContain('open-post.js');
    expect(await gzipped([...new Set(['studio.js', own, ...imported])])).toBeLessThan(45_000);
    expect(await text('studio.js')).not.toMatch(/^import[^;]*planning/m);
  });

  it('reads the tables of words as data, with nothing in them but text and patterns', async () => {
    const tables = JSON.parse(await text('tables.json'));
    expect(Object.keys(tables)).toEqual(
      expect.arrayContaining(['targets/rednote/topics/food', 'targets/topic-meanings']),
    );
    expect(tables['targets/rednote/topics/food'].food).toContain('美食');
    expect(await text('planning.js')).not.toContain('街头小吃');
    expect(JSON.parse(await text('zh.json'))['report/reasons-zh'].reasons).toContainEqual(['timed out', '超时']);
    expect(await text('zh.js')).not.toContain('超时');
  });

  it('has no inline script, no inline style and no address of another machine', async () => {
    const page = await text('index.html');
    expect(page.match(/<script[^>]*>/g)).toEqual(['<script type="module" src="studio.js">']);
    expect(page).not.toMatch(/<style|style=|\bon\w+=|https?:/);
    expect(await text('studio.css')).not.toMatch(/url\(|@import/);
  });

  it('has the licence of what of others is in it', async () => {
    expect(await text('preact.LICENSE.txt')).toContain('MIT');
  });
});
