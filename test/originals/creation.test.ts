import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { VideoProbe } from '../../src/model/probe.ts';
import { creationTimes } from '../../src/originals/creation.ts';
import { createHostQueue } from '../../src/originals/host-queue.ts';
import type { SourceContext } from '../../src/originals/source.ts';
import { openProbeCache } from '../../src/state/probe-cache.ts';
import type { Archive } from '../../src/tools/archive.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { temporaryFolder } from '../tools/folder.ts';
import { folderOf, never, zip } from './world.ts';

const packed = (content: string | Error): Archive => {
  const path = join(temporaryFolder(), 'media.zip');
  writeFileSync(path, 'stands for the ZIP');
  return { ...zip({ 'x/IMG_1.mov': content }), path };
};

/** Asks for the time of the one file of an archive, which is what `read` makes of the file's content. */
async function asking(archive: Archive, read: (content: string) => number | null) {
  const incoming = temporaryFolder();
  const files = createFiles();
  const probed: string[] = [];
  const ffprobe = {
    probe: async (path: string) => {
      probed.push(basename(path));
      return { createdAt: read(readFileSync(path, 'utf8')) ?? undefined } as unknown as VideoProbe;
    },
  };
  const asked = { bytes: [] as number[], free: true };
  const context = {
    ...{ tools: { files, ffprobe }, store: { incoming }, diskQueue: createHostQueue(2, 2) },
    probeCache: await openProbeCache(temporaryFolder(), files),
    hasRoom: async (bytes: number) => {
      asked.bytes.push(bytes);
      return asked.free;
    },
  } as unknown as SourceContext;
  const times = creationTimes([zip({ 'other.mov': 'x' }), archive], context);
  const [file] = archive.files;
  if (file === undefined) throw new Error('no file');
  const ask = async (signal = never) => times(file, signal);
  return { ask, probed, asked, left: () => readdirSync(incoming) };
}

const failing = () => {
  throw new Error('invalid data');
};

describe('the creation time in a file', () => {
  it('of a folder is read in its place, once', async () => {
    const { ask, probed, left, asked } = await asking(await folderOf({ 'IMG_1.mov': '77' }), Number);
    expect([await ask(), await ask()]).toEqual([77, 77]);
    expect([probed, left(), asked.bytes]).toEqual([['IMG_1.mov'], [], []]);
  });

  it('of a ZIP is read from a temporary file with its ending, once, which is deleted', async () => {
    const { ask, probed, left, asked } = await asking(packed('77'), Number);
    expect([await ask(), await ask()]).toEqual([77, 77]);
    expect([probed.map((name) => extname(name)), left(), asked.bytes]).toEqual([['.mov'], [], [2]]);
  });

  it.each<[string, () => Promise<Archive>]>([
    ['a folder', async () => folderOf({ 'IMG_1.mov': '77' })],
    ['a ZIP', async () => packed('77')],
  ])('of %s: none where the file has none, or cannot be read as media', async (_where, made) => {
    for (const read of [() => null, failing]) {
      const { ask, left, probed } = await asking(await made(), read);
      expect([await ask(), await ask(), left(), probed.length]).toEqual([null, null, [], 1]);
    }
  });

  it.each<[string, () => Promise<Archive>]>([
    ['a folder', async () => folderOf({ 'IMG_1.mov': '77' })],
    ['a ZIP', async () => packed('77')],
  ])('of %s: a run that is stopped meanwhile ends, and the next one reads it', async (_where, made) => {
    const stop = new AbortController();
    const { ask, left } = await asking(await made(), (content) => {
      if (!stop.signal.aborted) {
        stop.abort(new Error('stopped'));
        failing();
      }
      return Number(content);
    });
    await expect(ask(stop.signal)).rejects.toThrow('stopped');
    expect([await ask(), left()]).toEqual([77, []]);
  });

  it('of a ZIP: none while there is no room, and read when there is', async () => {
    const { ask, asked, probed } = await asking(packed('77'), Number);
    asked.free = false;
    expect([await ask(), probed]).toEqual([null, []]);
    asked.free = true;
    expect(await ask()).toBe(77);
  });

  it('of a damaged ZIP: none, and nothing is left of it', async () => {
    const { ask, left, probed } = await asking(packed(new Error('invalid block')), Number);
    expect([await ask(), await ask(), probed, left()]).toEqual([null, null, [], []]);
  });
});
