import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const built = resolve(import.meta.dirname, '../../../dist/studio');
const names = await readdir(built);
const text = async (name: string) => readFile(join(built, name), 'utf8');

describe('the page as built', () => {
  it('has less than 100 kB of script, gzipped, all of it together', async () => {
    const scripts = names.filter((name) => name.endsWith('.js'));
    const sizes = await Promise.all(scripts.map(async (name) => gzipSync(await text(name)).length));
    expect(scripts).toEqual(expect.arrayContaining(['planning.js', 'studio.js']));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(100_000);
  });

  it('starts with a third of it: the planning of words waits for the first post that is opened', async () => {
    const start = await text('studio.js');
    expect(gzipSync(start).length).toBeLessThan(45_000);
    expect(start).not.toMatch(/^import[^;]*planning/m);
  });

  it('reads the tables of words as data, with nothing in them but text and patterns', async () => {
    const tables = JSON.parse(await text('tables.json'));
    expect(Object.keys(tables)).toEqual(
      expect.arrayContaining(['targets/rednote/topics/food', 'targets/topic-meanings']),
    );
    expect(tables['targets/rednote/topics/food'].food).toContain('美食');
    expect(await text('planning.js')).not.toContain('街头小吃');
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
