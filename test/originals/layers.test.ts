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

  it('of another uploader makes the file one of another account; a former name does not', async () => {
    const files = { 'a.mp4': 'x', 'a.json': note({ uploader: 'leo' }) };
    expect(await withNote(files)).toEqual([]);
    expect(await withNote({ ...files, 'a.json': note({ uploader: 'mayabakes' }) })).toHaveLength(1);
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
  });
});
