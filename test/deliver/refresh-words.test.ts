import { existsSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { post } from '../builders.ts';
import { issue } from './contact-sheet/entries.ts';
import { partOf, pathOf, planned, whole, world } from './package-world.ts';

const { key } = post();

describe('texts beside media that stay', () => {
  it('are not written again if they are the same', async () => {
    const { finish, next, refresh, written } = world();
    const row = await finish();
    written.length = 0;
    expect(await refresh(await next(row))).toEqual(row);
    expect(written).toEqual([]);
  });

  it('are written with post.json if they changed', async () => {
    const { finish, next, refresh, written, texts, document } = world();
    const row = await finish();
    written.length = 0;
    const now = await refresh(await next(row, { parts: [partOf('', 'New words')] }));
    expect(texts()).toEqual({ ...whole, [`${key}/caption.txt`]: 'New words\n' });
    expect(written).toEqual([pathOf('caption.txt'), pathOf('post.json')]);
    expect(document()).toEqual(now);
    expect(now.files.slice(0, 2)).toEqual(row.files.slice(0, 2));
  });

  it.each([['caption.txt'], ['post.json']])('%s that was deleted is written again', async (name) => {
    const { finish, next, refresh, at } = world();
    const row = await finish();
    rmSync(at(name));
    expect(await refresh(await next(row))).toEqual(row);
    expect(existsSync(at(name))).toBe(true);
  });

  it('of one part that was deleted is written again', async () => {
    const { finish, next, refresh, at, job } = world();
    const parts = ['part-1', 'part-2'].map((folder) => partOf(folder, folder, [planned('video.mp4')]));
    const row = await finish({ ...job, parts });
    rmSync(at('part-2/caption.txt'));
    expect(await refresh(await next(row, { parts }))).toEqual(row);
    expect(existsSync(at('part-2/caption.txt'))).toBe(true);
  });

  it('list a person’s own media in place of port’s', async () => {
    const { finish, next, refresh, put } = world();
    const row = await finish();
    put('cover.jpg', 'my own cover');
    put('01.png', 'a photo');
    const now = await refresh(await next(row));
    expect(now.files.map(({ path, action }) => `${path.split('/').at(-1)} ${action}`)).toEqual([
      ...['video.mp4 copy', 'cover.jpg own', '01.png own', 'caption.txt text'],
    ]);
    expect(now.issues).toEqual([{ ...issue('sound-lost', 'info', 'said: sound-lost') }]);
  });
});
