import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCsv } from '../../src/captions/csv.ts';
import { parseRecordedCells, readOwnSheet } from '../../src/captions/own-sheet.ts';
import { readSidecar } from '../../src/captions/sidecar.ts';
import { combineSettings, readConfig } from '../../src/config/config-file.ts';
import { checkOptions } from '../../src/config/options.ts';
import { readCaptionText } from '../../src/deliver/caption-text.ts';
import { UsageError } from '../../src/errors.ts';
import { hiddenIn } from '../../src/probe/image-file/hidden.ts';
import { foreignProfile } from '../../src/probe/image-file/icc.ts';
import { pictureAlone, pictureHash, segmentsOf } from '../../src/probe/image-file/index.ts';
import { entry, fromJson } from '../../src/state/documents.ts';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { fixture, runPort } from '../e2e/run-port.ts';
import { cases } from './how-long.ts';
import { mutator } from './mutate.ts';
import { makeSmallMedia } from './small-export.ts';

let folder: string;
let media: Readonly<Record<string, Buffer>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'port-mutation-'));
  media = await makeSmallMedia(join(folder, 'made'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Runs a reader on mutations of what it is used to; whatever it throws that is none of `expected` is a bug. */
function torment(samples: readonly Uint8Array[], seed: number, read: (bytes: Uint8Array) => unknown): void {
  const { bytes, json } = mutator(seed);
  const parsed = samples.map((sample) => {
    try {
      return JSON.parse(text(sample)) as unknown;
    } catch {
      return undefined;
    }
  });
  for (let index = 0; index < cases(1500, 100_000); index++) {
    const at = index % samples.length;
    const structured = index % 2 === 0 && parsed[at] !== undefined;
    const mutated = structured
      ? Buffer.from(JSON.stringify(json(parsed[at])) ?? 'null')
      : bytes(samples[at] ?? Buffer.alloc(1));
    try {
      read(mutated);
    } catch (error) {
      if (error instanceof UsageError) continue;
      const shown = mutated.length < 3000 ? mutated.toString('latin1') : mutated.subarray(0, 300).toString('latin1');
      throw new Error(`case ${index} of seed ${seed}: ${shown}`, { cause: error });
    }
  }
}

describe('foreign data, broken in every way: a result or a sentence', () => {
  it('sidecars of yt-dlp and gallery-dl', async () => {
    const names = await readdir(fixture('export/sidecars'));
    const samples = await Promise.all(names.map(async (name) => readFile(fixture(`export/sidecars/${name}`))));
    torment(samples, 11, (bytes) => readSidecar(text(bytes), 'a.info.json'));
  });

  it('spreadsheets: foreign ones and our own', () => {
    const own = `\ufeffkey,createdAt,kind,sound,location,likes,tiktokUrl,caption,title,hashtags,source\n2025-03-02_09-15-04,2025-03-02T09:15:04Z,video,"a, ""b""",,12,,"two\nlines #x",'=title,"#a #b",csv\n`;
    const foreign = 'createdAt;caption\n2025-03-02 09:15:04;"Ein ""Satz"""\n02.03.2025 09:15;x\n';
    const wide = Buffer.from(`\ufeff${own}`, 'utf16le');
    const samples = [Buffer.from(own), Buffer.from(foreign), wide];
    torment(samples, 12, (bytes) => readCsv(bytes, 'a.csv'));
    torment(samples, 13, (bytes) => readOwnSheet(bytes));
  });

  it('a config', () => {
    const config = {
      ...{ to: ['rednote', 'shorts'], out: 'out', media: ['a'], limit: 3, strict: true, since: '2025-01-01' },
      ...{ tags: 'a,b', captionShift: -3600, jobs: 2, include: ['private'], slideSeconds: 3, loudness: -14 },
      accounts: { maya: { to: 'reels', tags: 'x' }, bo: { only: ['2025-03-02_09-15-04'] } },
    };
    const read = (bytes: Uint8Array) =>
      combineSettings({}, readConfig(text(bytes), '/x/port.config.json', true), checkOptions);
    read(Buffer.from(JSON.stringify(config)));
    torment([Buffer.from(JSON.stringify(config))], 14, read);
  });

  it('captions and documents that a person edited', () => {
    const caption = 'Title \u{1f389}\n\nBody https://a.example #in text\n\n#one #two\n#three\n';
    torment([Buffer.from(caption)], 15, (bytes) =>
      [true, false].map((title) => readCaptionText(text(bytes), { hasTitle: title, hasThreads: !title })),
    );
    const row = {
      ...{ key: 'k', target: 'rednote', status: 'delivered', issues: [], original: null, declarations: [] },
      caption: { title: 'a', body: 'b', hashtags: ['c'], source: 'csv', removed: [] },
      files: [{ path: 'a', role: 'video', bytes: 1, sha256: 'x', action: 'copy', why: [], rendition: 'r' }],
    };
    torment([Buffer.from(JSON.stringify(row))], 16, (bytes) => [
      fromJson(text(bytes), entry),
      parseRecordedCells(text(bytes)),
    ]);
  });

  it('headers of pictures', async () => {
    const drawn = sharp({ create: { width: 32, height: 32, channels: 3, background: 'teal' } }).withExif({
      IFD0: { Make: 'camera' },
    });
    const formats = ['jpeg', 'png', 'webp', 'tiff', 'gif', 'avif'] as const;
    const samples = await Promise.all(
      formats.map(async (format) => drawn.clone().keepIccProfile().toFormat(format).toBuffer()),
    );
    torment(samples, 17, (bytes) => {
      const segments = segmentsOf(bytes);
      if (segments) hiddenIn(segments);
      return [pictureAlone(bytes), pictureHash(bytes), foreignProfile(bytes)];
    });
  });
});

describe('media with broken headers', () => {
  it('end as delivered or failed, each for itself: no crash of a program is one of the run', async () => {
    for (let round = 0; round < cases(1, 100); round++) {
      const { bytes, next } = mutator(1000 + round);
      const place = join(folder, `round ${round}`);
      const VideoList: Record<string, string>[] = [];
      for (let index = 0; index < 10; index++) {
        const photos = index >= 7;
        const key = `2025-06-01_10-00-0${index}`;
        const source =
          media[photos ? (['/one', '/two'][next(2)] ?? '') : (['/copy', '/hevc', 'wide'][next(3)] ?? '')] ??
          Buffer.alloc(1);
        // Of a video what counts lies at the front: `moov`.
        const broken = bytes(source, photos ? source.length : 3000);
        const path = join(place, 'media', photos ? `${key}/01.jpg` : `${key}.mp4`);
        await mkdir(join(path, '..'), { recursive: true });
        await writeFile(path, broken);
        VideoList.push({
          ...{ Date: `2025-06-01 10:00:0${index}`, Link: 'N/A', WhoCanView: 'Everyone' },
          ...(photos && { Title: 'A photo' }),
        });
      }
      const Profile = { 'Profile Info': { ProfileMap: { userName: 'broken' } } };
      await writeFile(join(place, 'export.json'), JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
      const args = ['export.json', '--media', 'media', '--to', 'rednote,lemon8', '--offline'];
      const { code, stderr } = await runPort(args, place);
      expect([0, 1], `round ${round}: ${stderr}`).toContain(code);
      expect(stderr, `round ${round}`).not.toContain('    at ');
      await expectConsistentFolder(join(place, 'ported/broken'));
      await rm(place, { recursive: true });
    }
  });
});
