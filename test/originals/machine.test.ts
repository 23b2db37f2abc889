import { describe, expect, it } from 'vitest';
import { ExportError, PortError } from '../../src/errors.ts';
import type { ArchiveFile } from '../../src/tools/archive.ts';
import { serve, startServer } from '../servers/fault-server.ts';
import { fakeMedia } from '../servers/media.ts';
import { folderOf, key, link, never, video, world } from './world.ts';

const mp4 = fakeMedia('mp4', 5000);

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
    ['another file must not be written', () => system('EACCES', { path: '/elsewhere', syscall: 'open' })],
    ['writing elsewhere fails in an unknown way', () => system('EINVAL', { path: '/elsewhere', syscall: 'write' })],
    ['the run cannot go on', () => new PortError('stop')],
  ])('%s: the file is not the cause, so the error is passed on', async (_name, made) => {
    expect(await reading(made)).toBe(made().message);
  });
});
