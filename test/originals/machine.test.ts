import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ExportError, PortError } from '../../src/errors.ts';
import { openProbeCache } from '../../src/state/probe-cache.ts';
import type { ArchiveFile } from '../../src/tools/archive.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { serve, startServer } from '../servers/fault-server.ts';
import { fakeMedia } from '../servers/media.ts';
import { temporaryFolder } from '../tools/folder.ts';
import { clockwork, folderOf, key, link, never, video, world, zip } from './world.ts';

const mp4 = fakeMedia('mp4', 5000);
const mov = fakeMedia('mov', 5000);

/** What comes of a post with a link whose file of `--media` cannot be read: the codes of its issues, or what is thrown. */
async function reading(made: (path: string) => Error): Promise<unknown> {
  const server = await startServer({ '/v': serve(mp4) });
  const post = video({ links: [link(server.url('/v'))] });
  const archive = await folderOf({ [`${key}.mp4`]: mp4 });
  const files = archive.files.map((file): ArchiveFile => {
    const error = made(file.path ?? '');
    return {
      ...file,
      // biome-ignore lint/correctness/useYield: it fails before there is a byte
      stream: async function* () {
        throw error;
      },
    };
  });
  const originals = await world().open({ posts: [post], media: [{ ...archive, files }] });
  return await originals.get(post, never).then(
    ({ original, issues }) => [original?.source, ...issues.map(({ code }) => code)],
    ({ message }: Error) => message,
  );
}

const system = (code: string, odd: object = {}) => Object.assign(new Error(code), { code, ...odd });

describe('a file of --media that cannot be read', () => {
  it.each<[string, (path: string) => Error, unknown]>([
    ['the disk is full', () => system('ENOSPC'), ['link', 'disk-full']],
    ['its disk fails', (path) => system('EIO', { path, syscall: 'read' }), ['link', 'disk-error']],
    ['it must not be opened', (path) => system('EACCES', { path, syscall: 'open' }), ['link', 'not-permitted']],
    ['it is gone', (path) => system('ENOENT', { path, syscall: 'open' }), ['link', 'damaged']],
    ['its content is damaged', () => new Error('invalid block'), ['link', 'damaged']],
    ['its archive is damaged', () => new ExportError('a part is missing'), ['link', 'damaged']],
    ['reading fails in an unknown way', () => system('EINVAL', { syscall: 'read' }), ['link', 'damaged']],
    ['opening it fails in an unknown way', (path) => system('EINVAL', { path, syscall: 'open' }), ['link', 'damaged']],
  ])('%s: the link is used, and the issue tells it', async (_name, made, expected) => {
    expect(await reading(made)).toEqual(expected);
  });

  it.each<[string, () => Error]>([
    ['another disk fails', () => system('EIO', { path: '/elsewhere', syscall: 'write' })],
    ['another file cannot be read', () => system('EIO', { path: '/elsewhere', syscall: 'read' })],
    ['another file must not be written', () => system('EACCES', { path: '/elsewhere', syscall: 'open' })],
    ['writing elsewhere fails in an unknown way', () => system('EINVAL', { path: '/elsewhere', syscall: 'write' })],
    ['the run cannot go on', () => new PortError('stop')],
  ])('%s: the file is not the cause, so the error is passed on', async (_name, made) => {
    expect(await reading(made)).toBe(made().message);
  });
});

describe('the time in a video of a ZIP', () => {
  it('is not read without room on the disk or if reading fails, and is read by the next run', async () => {
    const place = world();
    const probeCache = await openProbeCache(place.folder, createFiles());
    const path = join(temporaryFolder(), 'media.zip');
    writeFileSync(path, 'stands for the ZIP');
    const times = { 'look-1.mov': video().time };
    const run = async (content: Uint8Array | Error, free: number) => {
      const media = [{ ...zip({ 'IMG_4711.mov': content }), path }];
      const tools = { ffprobe: clockwork(times), disk: { free: async () => free } };
      const { original } = await (await place.open({ posts: [video()], media, probeCache }, tools)).get(video(), never);
      return original?.matchedBy ?? null;
    };
    expect(await run(mov, 1000)).toBeNull();
    expect(await run(new Error('invalid block'), 1e12)).toBeNull();
    expect(await run(mov, 1e12)).toBe('file-time');
    expect(place.files()).toEqual([`originals/${key}.mov`]);
  });
});
