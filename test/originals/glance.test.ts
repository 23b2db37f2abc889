import { mkdirSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Post } from '../../src/model/post.ts';
import type { OriginalsOptions } from '../../src/originals/index.ts';
import { createArchives } from '../../src/tools/archives.ts';
import { temporaryFolder } from '../tools/folder.ts';
import { key, link, now, photos, video, world, zip } from './world.ts';

const url = 'https://v.example/x';
const another = '2025-03-02_09-20-04';
const neighbour = video({ key: another, time: video().time + 300 });

/** An account's store and a `--media`, and one look after the other at a post's original there, as one run after the other. */
function places() {
  const media = temporaryFolder();
  const { folder, open } = world();
  const put = (path: string, content = 'x', time = now) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    utimesSync(path, time, time);
  };
  return {
    put,
    given: (name: string) => join(media, name),
    stored: (name: string) => join(folder, 'originals', name),
    incoming: (name: string) => join(folder, '.port', 'incoming', name),
    async look(post: Post = video(), options: Partial<OriginalsOptions> = {}) {
      const archive = await createArchives().open(media);
      const originals = await open({ posts: [post, neighbour], media: [archive], ...options });
      return JSON.stringify(await originals.glance(post));
    },
  };
}

const { stringify } = JSON;
const nothing = stringify(null);
type Places = ReturnType<typeof places>;

describe('a glance at an original', () => {
  it.each<[string, (at: Places) => string]>([
    ['in --media', ({ given }) => given(`${key}.mp4`)],
    ['in the store', ({ stored }) => stored(`${key}.mp4`)],
  ])('%s: sees the same while it lies as it did, and something else when it was touched', async (_name, where) => {
    const at = places();
    const path = where(at);
    at.put(path);
    const first = await at.look();
    expect(first).not.toBe(nothing);
    expect(await at.look()).toBe(first);
    utimesSync(path, now + 1, now + 1);
    const touched = await at.look();
    at.put(path, 'y', now - 1);
    const replaced = await at.look();
    at.put(path, 'longer');
    const longer = await at.look();
    expect(new Set([first, touched, replaced, longer, nothing]).size).toBe(5);
  });

  it.each<[string, (at: Places) => void]>([
    ['is gone', ({ given }) => rmSync(given(`${key}.mp4`))],
    ['is empty', ({ given }) => truncateSync(given(`${key}.mp4`))],
    ['is not alone any more', ({ given, put }) => put(given(`more/${key}.mp4`))],
    [
      'has the watermark in its name now',
      ({ given }) => renameSync(given(`${key}.mp4`), given(`${key}_watermark.mp4`)),
    ],
    ['is half-fetched too', ({ incoming, put }) => put(incoming(`${key}.page`), 'ha')],
  ])('that %s has to be asked for', async (_name, change) => {
    const at = places();
    at.put(at.given(`${key}.mp4`));
    expect(await at.look()).not.toBe(nothing);
    change(at);
    expect(await at.look()).toBe(nothing);
  });

  it('that was moved, or fits by another name, is another one', async () => {
    const at = places();
    at.put(at.given(`${key}.mp4`));
    const first = await at.look();
    mkdirSync(at.given('a'));
    renameSync(at.given(`${key}.mp4`), at.given(`a/${key}.mp4`));
    const moved = await at.look();
    renameSync(at.given(`a/${key}.mp4`), at.given('20250302_091504.mp4'));
    expect(new Set([first, moved, await at.look(), nothing]).size).toBe(4);
  });

  it('of the store says nothing where a video of --media may be the one, by the time that is written in it', async () => {
    const at = places();
    at.put(at.stored(`${key}.mp4`));
    expect(await at.look()).not.toBe(nothing);
    at.put(at.given('holiday.mp4'));
    expect(await at.look()).toBe(nothing);
    // What fits another post is not this one's.
    renameSync(at.given('holiday.mp4'), at.given(`${another}.mp4`));
    expect(await at.look()).not.toBe(nothing);
  });

  it.each(['bundled', 'media'] as const)(
    'media in a ZIP (%s) are to be written out, until they are',
    async (source) => {
      const at = places();
      const inside = { [source]: [zip({ [`${key}.mp4`]: 'x', [`${another}.mp4`]: 'x' })] };
      expect(await at.look(video(), inside)).toBe(nothing);
      at.put(at.stored(`${key}.mp4`));
      const written = await at.look(video(), inside);
      expect(written).not.toBe(nothing);
      expect(await at.look()).toBe(written);
      const two = { [source]: [zip({ [`${key}.mp4`]: 'x', [`more/${key}.mp4`]: 'x' })] };
      expect(await at.look(video(), two)).toBe(nothing);
    },
  );

  it('photos in a ZIP, of which the store has some, are not whole', async () => {
    const at = places();
    const inside = { bundled: [zip({ [`${key}/01.jpg`]: 'x', [`${key}/02.jpg`]: 'x' })] };
    at.put(at.stored(`${key}/01.jpg`));
    expect(await at.look(photos([]), inside)).toBe(nothing);
    at.put(at.stored(`${key}/02.jpg`));
    expect(await at.look(photos([]), inside)).not.toBe(nothing);
  });

  it('of --media, of which the store or the export has one too, has to be asked for', async () => {
    const at = places();
    at.put(at.given(`${key}.mp4`));
    expect(await at.look(video(), { bundled: [zip({ [`${key}.mp4`]: 'x' })] })).toBe(nothing);
    at.put(at.stored(`${key}.mp4`));
    expect(await at.look()).toBe(nothing);
  });

  it('its cover counts, and one that may still be had has to be asked for', async () => {
    const at = places();
    at.put(at.given(`${key}.mp4`));
    const living = video({ coverLink: link(url) });
    const dead = video({ coverLink: link(url, { expiresAt: now }) });
    const without = await at.look(dead);
    expect(without).not.toBe(nothing);
    expect(await at.look(living)).toBe(nothing);
    expect(await at.look(living, { offline: true })).toBe(without);
    at.put(at.stored(`${key}.cover.jpg`));
    const first = await at.look(living);
    at.put(at.stored(`${key}.cover.jpg`), 'y', now - 1);
    expect(new Set([first, await at.look(living), without, nothing]).size).toBe(4);
    truncateSync(at.stored(`${key}.cover.jpg`));
    expect(await at.look(living)).toBe(nothing);
  });

  it.each(['given', 'stored'] as const)('photos, %s: all of them, each as it lies', async (where) => {
    const at = places();
    const post = photos([1, 2].map((n) => link(`${url}${n}`)));
    const path = (n: number) => at[where](`${key}/0${n}.jpg`);
    at.put(path(1));
    expect(await at.look(post)).toBe(nothing);
    at.put(path(2));
    const first = await at.look(post);
    at.put(path(2), 'y', now - 1);
    const touched = await at.look(post);
    at.put(path(3));
    const more = await at.look(post);
    expect(new Set([first, touched, more, nothing]).size).toBe(4);
    rmSync(path(2));
    expect(await at.look(post)).toBe(nothing);
  });

  it('nothing is opened or remembered', async () => {
    const { open, files } = world();
    const at = places();
    at.put(at.given(`${key}.mp4`));
    const memory = new Proxy({} as OriginalsOptions['memory'], {
      get: () => () => Promise.reject(new Error('not at a glance')),
    });
    const archive = await createArchives().open(dirname(at.given('x')));
    const originals = await open({ posts: [video()], media: [archive], memory });
    expect(await originals.glance(video())).not.toBeNull();
    expect(files()).toEqual([]);
  });
});
