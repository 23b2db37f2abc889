import { describe, expect, it } from 'vitest';
import { type LayerOptions, layersOf } from '../../src/originals/layers.ts';
import type { Archive, PortFolder } from '../../src/tools/archive.ts';
import { key, video, zip } from './world.ts';

const id = '7477122334455667788';
const options: LayerOptions = {
  ...{ accountFolder: 'maya', account: 'maya.makes', aliases: ['mayabakes'], shift: null },
  times: new Map([[key, video().time]]),
};
const of = (...names: readonly string[]) => zip(Object.fromEntries(names.map((name) => [name, 'x'])));
/** The names of the candidates, layer by layer. */
async function layers(archives: readonly Archive[], odd: Partial<LayerOptions> = {}): Promise<string[][]> {
  const found = await layersOf(archives, { ...options, ...odd });
  return found.layers.map((layer) => layer.flatMap(({ files }) => [...files.values()].map(({ name }) => name)).sort());
}

describe("files beside a folder with the account's name", () => {
  it('come after it: those at the top, and in folders named like a post', async () => {
    const own = ['MAYA/b.mp4', 'maya/leo/a.mp4'];
    const rest = [`${id}/01.jpg`, `${key}/01.jpg`, '20250302_091504/1.jpg', '2025-03-02 09.15/1.jpg', 'top.mp4'];
    expect(await layers([of(...own, ...rest, 'leo/20250302_091504.mp4', 'maya2/x.mp4')])).toEqual([
      own,
      [...rest].sort(),
    ]);
  });

  it('are only those: not in folders of other names, nor deeper', async () => {
    const others = ['leo/2025-03-02 09.15.04.mp4', `x/${id}/01.jpg`, 'harbour/a.mp4', 'mayax/a.mp4', 'may/a.mp4'];
    expect(await layers([of('maya/a.mp4', ...others)])).toEqual([['maya/a.mp4'], []]);
  });

  it('belong to an account whose name is written in capitals as well', async () => {
    expect(await layers([of('maya/a.mp4', 'leo/b.mp4')], { accountFolder: 'MAYA' })).toEqual([['maya/a.mp4'], []]);
  });

  it('are all equal where there is none', async () => {
    expect(await layers([of('leo/a.mp4', 'top.mp4', 'x/maya/b.mp4')])).toEqual([
      ['leo/a.mp4', 'top.mp4', 'x/maya/b.mp4'],
    ]);
  });

  it('of another archive are layers of their own', async () => {
    expect(await layers([of('a.mp4'), of('maya/b.mp4')])).toEqual([['a.mp4'], ['maya/b.mp4'], []]);
  });
});

describe('originals that port stored', () => {
  const folderOf = (account: string | null) => ({ account }) as PortFolder;
  const stored = (...marks: readonly (readonly [string, PortFolder])[]): Archive => {
    const kept = new Map(marks);
    const archive = of('person.mp4', ...kept.keys());
    const files = archive.files.map((file) => {
      const keptBy = kept.get(file.name);
      return keptBy === undefined ? file : { ...file, keptBy };
    });
    return { ...archive, files };
  };
  const name = (folder: string) => `${folder}/originals/${key}.mp4`;

  it("are one layer for each folder, after a person's files", async () => {
    const [a, b] = [folderOf('maya.makes'), folderOf('MayaBakes')];
    const photo = `a/originals/${key}/01.jpg`;
    expect(await layers([stored([name('a'), a], [name('b'), b], [photo, a])])).toEqual([
      ['person.mp4'],
      [name('a'), photo].sort(),
      [name('b')],
    ]);
  });

  it('of another account are left out, of an unknown one they are used', async () => {
    const both = [stored([name('a'), folderOf('leo')], [name('b'), folderOf(null)])];
    expect(await layers(both)).toEqual([['person.mp4'], [name('b')]]);
  });

  it("where the export has no user name, the account's folder says whose they are", async () => {
    const both = [stored([name('a'), folderOf('leo')], [name('b'), folderOf('maya')])];
    expect(await layers(both, { account: null })).toEqual([['person.mp4'], [name('b')]]);
  });

  it('are nothing of an unsupported kind', async () => {
    const { others } = await layersOf([stored([`a/originals/${key}.xyz`, folderOf('maya.makes')])], options);
    expect(others().flatMap(({ files }) => [...files.values()].map((file) => file.name))).toEqual(['person.mp4']);
  });
});

describe('the sidecar of a file', () => {
  const withNote = async (files: Readonly<Record<string, string>>) => {
    const [layer = []] = (await layersOf([zip({ ...files })], options)).layers;
    return layer.map(({ sidecar, files: own }) => [own.get(0)?.name, sidecar?.time ?? null]);
  };
  const note = (odd: object = {}) => JSON.stringify({ id, timestamp: 1_740_906_904, extractor: 'TikTok', ...odd });

  it('counts for its own file only; one that cannot be read counts as none', async () => {
    const files = { 'a.mp4': 'x', 'a.info.json': note(), 'b.mp4': 'x', 'b.json': '{', 'c.mp4': 'x' };
    expect(await withNote(files)).toEqual([
      ['a.mp4', 1_740_906_904],
      ['b.mp4', null],
      ['c.mp4', null],
    ]);
  });

  it('is the one that yt-dlp writes, else the one with the full name, else the one with the stem', async () => {
    const files: Record<string, string> = { 'a.mp4': 'x' };
    const found: unknown[] = [];
    for (const [index, name] of ['a.json', 'a.mp4.json', 'a.info.json'].entries()) {
      files[name] = note({ timestamp: 1_740_906_904 + index });
      found.push(...(await withNote(files)));
    }
    expect(found.map((each) => (each as unknown[])[1])).toEqual([1_740_906_904, 1_740_906_905, 1_740_906_906]);
  });

  it('is no other file of that name', async () => {
    expect(await withNote({ 'a.mp4': 'x', 'a.json.bak': note(), 'a.xjson': note(), 'b.json': note() })).toEqual([
      ['a.mp4', null],
    ]);
  });

  it('is read for a media file only', async () => {
    const read: string[] = [];
    const archive = zip({ 'a.mp4': 'x', 'a.json': note(), 'b.json': note(), 'c.txt': 'x', 'c.json': note() });
    const files = archive.files.map((file) => ({
      ...file,
      read: async () => {
        read.push(file.name);
        return await file.read(1 << 20);
      },
    }));
    await layersOf([{ ...archive, files }], options);
    expect(read).toEqual(['a.json']);
  });

  it('of another uploader makes the file one of another account; a former name does not', async () => {
    const files = { 'a.mp4': 'x', 'a.json': note({ uploader: 'leo' }) };
    expect(await withNote(files)).toEqual([]);
    expect(await withNote({ ...files, 'a.json': note({ uploader: 'mayabakes' }) })).toHaveLength(1);
  });
});

describe('--media-shift', () => {
  const stem = '20250302_101504';
  const timesOf = async (shift: number | null) => {
    const found = await layersOf([of(`${stem}.mp4`, `${stem}.mov.part`, `${stem}.swf`)], { ...options, shift });
    return [...found.layers, found.rejected, found.others()].map((some) =>
      some.map(({ nameTimes }) => (nameTimes[0] ?? 0) - video().time),
    );
  };

  it('is added to the times in names of originals, of leftovers, and of files of unsupported kinds', async () => {
    // Of an unsupported kind: a video, and the photos of one post.
    expect(await timesOf(null)).toEqual([[3600], [3600], [3600, 3600]]);
    expect(await timesOf(-3600)).toEqual([[0], [0], [0, 0]]);
  });
});

describe('files that look like originals and are none', () => {
  const told = async (...names: readonly string[]) => {
    const { layers: own, rejected } = await layersOf([of(...names)], options);
    return [own.flat(), rejected].map((some) =>
      some.flatMap(({ files }) => [...files.values()].map(({ name }) => name)).sort(),
    );
  };

  it('unfinished downloads, and thumbnails unless the key of a post is their name', async () => {
    expect(await told(`${key}.mp4.part`, 'a.mp4')).toEqual([['a.mp4'], [`${key}.mp4.part`]]);
    const still = [`${id}.mp4`, `${id}.jpg`];
    expect(await told(...still)).toEqual([[still[0]], [still[1]]]);
    const named = [`${key}.jpg`, `${key}.info.json`];
    expect(await told(...named)).toEqual([[named[0]], []]);
    expect(await told(...named.map((each) => `x/${each}`))).toEqual([[`x/${named[0]}`], []]);
    expect(await told('other.jpg', 'other.info.json')).toEqual([[], ['other.jpg']]);
    expect(await told(`${key}/other.jpg`, `${key}/other.info.json`)).toEqual([[], [`${key}/other.jpg`]]);
    expect(await told(`${key}.jpg.part`, `${key}.info.json`)).toEqual([[], [`${key}.jpg.part`]]);
  });

  it('with the reason, as the finished file that they would be', async () => {
    const { rejected } = await layersOf(
      [of(`${key}.mp4.part`, `${key}/01.jpg.part`, `${id}.jpg`, `${id}.mp4`)],
      options,
    );
    const told = rejected.map(({ kind, key: own, files, reasons }) => [kind, own, [...files.keys()], [...reasons]]);
    const unfinished = 'A downloader left it there: it is not the finished file.';
    expect(told).toEqual([
      ['video', key, [0], [[0, unfinished]]],
      ['photos', key, [0], [[0, unfinished]]],
      ['photos', null, [0], [[0, expect.stringContaining('It is the still')]]],
    ]);
  });
});
