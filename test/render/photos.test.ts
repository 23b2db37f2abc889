import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { Measurements } from '../../src/plan/measure.ts';
import type { Fit, PlannedFile } from '../../src/plan/plan.ts';
import { type Photo, planPost } from '../../src/plan/post.ts';
import { render } from '../../src/render/index.ts';
import { openStills } from '../../src/render/stills.ts';
import { lemon8 } from '../../src/targets/lemon8.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { reels } from '../../src/targets/reels.ts';
import type { Target } from '../../src/targets/target.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { createFfmpeg } from '../../src/tools/ffmpeg.ts';
import { createFfprobe } from '../../src/tools/ffprobe.ts';
import { createImages } from '../../src/tools/sharp.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { planOptions, post } from '../builders.ts';
import { outside, probedOnce, temporaryFolder } from '../media.ts';
import { exif, film, noise, plain, withChunk, withSegment } from '../probe/image-file/files.ts';
import { pairs } from '../programs.ts';

const pair = pairs.at(-1) ?? pairs[0];
if (!pair) throw new Error('no programs');
const images = createImages();
const tools = {
  ffmpeg: createFfmpeg(pair.ffmpeg),
  ffprobe: createFfprobe(pair.ffprobe),
  files: createFiles(),
  images,
} as unknown as Tools;
const signal = new AbortController().signal;
const making = {
  probeSource: probedOnce(tools.ffprobe, signal),
  time: post().time,
  threads: 1,
  owned: false,
  stills: openStills(tools, signal),
  signal,
  onProgress: () => {},
};

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

type Colour = readonly [number, number, number];
const [red, green, blue, yellow, black]: readonly Colour[] = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 0],
  [0, 0, 0],
];

/** Red and green above blue and yellow. */
function quadrants(width: number, height: number): Sharp {
  const quarter = ([r, g, b]: Colour = [0, 0, 0], left: number, top: number) => {
    const background = { r, g, b };
    const size = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
    return { input: { create: { ...size, channels: 3 as const, background } }, left, top };
  };
  const [x, y] = [Math.floor(width / 2), Math.floor(height / 2)];
  return sharp({ create: { width, height, channels: 3, background: '#000' } }).composite([
    quarter(red, 0, 0),
    quarter(green, x, 0),
    quarter(blue, 0, y),
    quarter(yellow, x, y),
  ]);
}

let count = 0;
async function photo(content: Sharp | Buffer, extension: string): Promise<Photo> {
  const path = join(folder, `source ${count++}.${extension}`);
  await writeFile(path, Buffer.isBuffer(content) ? content : await content.toBuffer());
  const probe = await images.probe(path);
  return { file: { path, bytes: probe.bytes, sha256: await tools.files.sha256(path, signal) }, probe };
}

function plannedPhotos(photos: readonly Photo[], target: Target, fit: Fit = 'blur'): PlannedFile[] {
  const plan = planPost(
    post({ kind: 'photos' }),
    { kind: 'photos', photos },
    null,
    target,
    planOptions({ fit }),
    new Measurements(),
  );
  if (plan.kind === 'reject') throw new Error(JSON.stringify(plan.issues));
  return plan.parts.flatMap(({ files }) => files.filter(({ role }) => role === 'photo'));
}

async function made(file: PlannedFile, target: Target): Promise<string> {
  const path = join(folder, `made ${count++} ${file.name}`);
  expect(await render(file, path, [target], making, tools)).toEqual([]);
  return path;
}

/** What another decoder says, in words of its own. */
async function ffprobe(path: string): Promise<Record<string, unknown>> {
  const args = ['-v', 'error', '-show_streams', '-of', 'json', path];
  const { streams } = JSON.parse(await outside(pair?.ffprobe ?? '', args)) as { streams: Record<string, unknown>[] };
  return streams[0] ?? {};
}

async function pixels(path: string, places: readonly (readonly [number, number])[]): Promise<number[][]> {
  const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
  return places.map(([x, y]) => {
    const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
    return [...data.subarray(at, at + 3)];
  });
}

function expectNear(found: readonly number[] | undefined, expected: Colour | undefined, tolerance = 24): void {
  const off = (found ?? []).map((value, index) => Math.abs(value - (expected?.[index] ?? 999)));
  expect(Math.max(999 * Number(off.length === 0), ...off), `${found}, not ${expected}`).toBeLessThan(tolerance);
}

const frames = async (...colours: readonly string[]) =>
  sharp(
    await Promise.all(
      colours.map(async (background) =>
        sharp({ create: { width: 400, height: 500, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    ),
    { join: { animated: true } },
  );
const p3 = async () => {
  const tagged = await sharp(await noise().withIccProfile('p3').png().toBuffer()).metadata();
  const { deflateSync } = await import('node:zlib');
  const grey = { width: 400, height: 500, channels: 3, background: { r: 200, g: 100, b: 50 } } as const;
  const chunk = Buffer.concat([Buffer.from('P3\0\0'), deflateSync(tagged.icc ?? Buffer.alloc(0))]);
  return withChunk(await sharp({ create: grey }).png().toBuffer(), 'iCCP', chunk);
};
const apng = async () => {
  const control = Buffer.alloc(8);
  control.writeUInt32BE(3, 0);
  return withChunk(await quadrants(400, 500).png().toBuffer(), 'acTL', control);
};
const gps = exif({ gps: [1, 2, 3, 4] });

/** Odd photos, and what becomes of them: RedNote takes JPEG, PNG, WebP; Lemon8 JPEG, PNG; Instagram JPEG. */
const odd: readonly (readonly [string, string, () => Promise<Sharp | Buffer>, readonly [string, string, string]])[] = [
  ['a JPEG', 'jpg', async () => quadrants(400, 500).jpeg(), ['copy', 'copy', 'copy']],
  ['a progressive JPEG', 'jpg', async () => quadrants(400, 500).jpeg({ progressive: true }), ['copy', 'copy', 'copy']],
  ['a PNG', 'png', async () => quadrants(400, 500).png(), ['copy', 'copy', '400x500']],
  ['a PNG with alpha', 'png', async () => quadrants(400, 500).ensureAlpha(0.5).png(), ['copy', 'copy', '400x500']],
  ['a WebP', 'webp', async () => quadrants(400, 500).webp(), ['copy', '400x500', '400x500']],
  ['an AVIF', 'avif', async () => quadrants(400, 500).avif({ effort: 0 }), ['400x500', '400x500', '400x500']],
  ['a TIFF', 'tif', async () => quadrants(400, 500).tiff(), ['400x500', '400x500', '400x500']],
  ['CMYK', 'jpg', async () => quadrants(400, 500).toColourspace('cmyk').jpeg(), ['400x500', '400x500', '400x500']],
  ['16 bits', 'png', async () => quadrants(400, 500).toColourspace('rgb16').png(), ['400x500', '400x500', '400x500']],
  [
    '16 bits with alpha',
    'png',
    async () => quadrants(400, 500).ensureAlpha(0.5).toColourspace('rgb16').png(),
    ['400x500', '400x500', '400x500'],
  ],
  ['grey', 'jpg', async () => quadrants(400, 500).toColourspace('b-w').jpeg(), ['copy', 'copy', 'copy']],
  ['Display P3', 'png', p3, ['400x500', '400x500', '400x500']],
  [
    'sRGB by its profile',
    'jpg',
    async () => quadrants(400, 500).withIccProfile('srgb').jpeg(),
    ['copy', 'copy', 'copy'],
  ],
  [
    'on its side',
    'jpg',
    async () => quadrants(500, 400).withMetadata({ orientation: 6 }).jpeg(),
    ['400x500', '400x500', '400x500'],
  ],
  ['an animated GIF', 'gif', async () => (await frames('#f00', '#0f0')).gif(), ['400x500', '400x500', '400x500']],
  ['an animated WebP', 'webp', async () => (await frames('#f00', '#0f0')).webp(), ['400x500', '400x500', '400x500']],
  ['an animated PNG', 'png', apng, ['400x500', '400x500', '400x500']],
  ['one pixel', 'jpg', async () => quadrants(2, 2).resize(1, 1).jpeg(), ['copy', 'copy', '320x320']],
  ['one pixel of GIF', 'gif', async () => quadrants(2, 2).resize(1, 1).gif(), ['1x1', '1x1', '320x320']],
  ['a JPEG that calls itself PNG', 'png', async () => quadrants(400, 500).jpeg(), ['copy', 'copy', 'copy']],
  [
    'a place in a JPEG',
    'jpg',
    async () => withSegment(await quadrants(400, 500).jpeg().toBuffer(), 0xe1, 'Exif\0\0', gps),
    ['strip', 'strip', 'strip'],
  ],
  [
    'a place in a PNG',
    'png',
    async () => withChunk(await quadrants(400, 500).png().toBuffer(), 'eXIf', gps),
    ['strip', 'strip', '400x500'],
  ],
  [
    'a motion photo',
    'jpg',
    async () => Buffer.concat([await quadrants(400, 500).jpeg().toBuffer(), film]),
    ['strip', 'strip', 'strip'],
  ],
  ['9:16', 'jpg', async () => quadrants(450, 800).jpeg(), ['copy', 'copy', '600x800']],
  ['9:16 of GIF', 'gif', async () => quadrants(450, 800).gif(), ['600x800', '450x800', '600x800']],
];

describe.each(odd)('%s', (_name, extension, content, [onRednote, onLemon8, onReels]) => {
  it.each([
    [rednote, onRednote],
    [lemon8, onLemon8],
    [reels, onReels],
  ] as const)(`$name`, async (target, expected) => {
    const source = await photo(await content(), extension);
    const before = await readFile(source.file.path);
    const [file] = plannedPhotos([source], target);
    if (!file) throw new Error('no photo');
    const path = await made(file, target);
    expect((await readFile(source.file.path)).equals(before), 'the original').toBe(true);

    const { operation } = file;
    expect(
      operation.kind === 'image' ? `${operation.settings.width}x${operation.settings.height}` : operation.kind,
    ).toBe(expected);
    const { accept } = target.photos ?? rednote.photos ?? {};
    const [width, height] =
      operation.kind === 'image' ? expected.split('x').map(Number) : [source.probe.width, source.probe.height];
    const seen = await sharp(path).metadata();
    expect(seen).toMatchObject({ width, height });
    expect(accept?.formats.value).toContain(seen.format);
    expect(file.name.slice(3)).toBe({ jpeg: 'jpg' }[seen.format as string] ?? seen.format);
    expect(seen.space).toMatch(/^(srgb|b-w)$/);
    expect([undefined, 1]).toContain(seen.orientation);
    expect(seen.pages ?? 1).toBe(1);
    expect((await readFile(path)).length).toBeLessThanOrEqual(accept?.maxBytes?.value ?? 8_000_000);
    expect(await images.probe(path)).toMatchObject({
      profile: null,
      hasLocation: false,
      hasSerial: false,
      hasAttachment: false,
    });
    // npm's ffprobe of 2018 reads WebP; no need to leave one out.
    const codec = { jpeg: 'mjpeg' }[seen.format as string] ?? seen.format;
    expect(await ffprobe(path)).toMatchObject({ codec_name: codec, width, height });

    if (operation.kind === 'copy') expect((await readFile(path)).equals(before)).toBe(true);
    if (operation.kind === 'strip') {
      const [a, b] = await Promise.all([source.file.path, path].map(async (each) => sharp(each).raw().toBuffer()));
      expect(b?.equals(a ?? Buffer.alloc(0))).toBe(true);
    }
    if (operation.kind === 'image') {
      expect(seen).toMatchObject({ format: 'jpeg', chromaSubsampling: '4:4:4', orientation: 1, channels: 3 });
      expect(seen.exif?.toString('latin1')).toContain('2025:03:02 09:15:04');
    }
  });
});

describe('colours', () => {
  it('converts Display P3 to visually equal sRGB', async () => {
    const [file] = plannedPhotos([await photo(await p3(), 'png')], reels);
    // (200, 100, 50) in P3, by the matrices of both.
    if (file) expectNear((await pixels(await made(file, reels), [[0.5, 0.5]]))[0], [214, 95, 35], 5);
  });

  it.each([
    ['8 bits', 'srgb'],
    ['16 bits', 'rgb16'],
  ] as const)('transparent becomes white, in %s', async (_bits, space) => {
    const clear = sharp({
      create: { width: 400, height: 500, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    });
    const [file] = plannedPhotos([await photo(clear.toColourspace(space).png(), 'png')], reels);
    if (file) expectNear((await pixels(await made(file, reels), [[0.5, 0.5]]))[0], [255, 255, 255]);
  });

  it.each([
    ['CMYK', 'jpg', () => quadrants(450, 800).toColourspace('cmyk').jpeg()],
    ['16 bits', 'png', () => quadrants(450, 800).toColourspace('rgb16').png()],
    ['grey', 'png', () => quadrants(450, 800).toColourspace('b-w').png()],
  ] as const)('%s stays what it is over its blurred fill', async (_name, extension, content) => {
    const source = await photo(content(), extension);
    const [file] = plannedPhotos([source], reels);
    if (!file) throw new Error('no photo');
    const path = await made(file, reels);
    const before = await sharp(source.file.path).toColourspace('srgb').raw({ depth: 'uchar' }).toBuffer();
    const channels = before.length / 450 / 800;
    const first = [0, 1, 2].map((channel) => before[Math.min(channel, channels - 1)] ?? 0) as unknown as Colour;
    const [inside, fill] = await pixels(path, [
      [0.2, 0.1],
      [0.05, 0.1],
    ]);
    expectNear(inside, first);
    expect(fill?.[0]).toBeLessThan((inside?.[0] ?? 0) - 10);
  });

  it('takes the first frame of an animation', async () => {
    for (const source of [(await frames('#f00', '#0f0')).gif(), (await frames('#f00', '#0f0')).webp()]) {
      const [file] = plannedPhotos([await photo(source, 'gif')], reels);
      if (file) expectNear((await pixels(await made(file, reels), [[0.5, 0.5]]))[0], red);
    }
  });
});

describe('a carousel in the aspect ratio of its first photo', () => {
  const corners = [
    [0.02, 0.02],
    [0.98, 0.02],
    [0.02, 0.98],
    [0.98, 0.98],
  ] as const;

  async function carousel(fit: Fit) {
    const photos = [
      await photo(quadrants(400, 500).jpeg(), 'jpg'),
      await photo(quadrants(450, 800).jpeg(), 'jpg'),
      await photo(quadrants(800, 500).png(), 'png'),
    ];
    const files = plannedPhotos(photos, reels, fit);
    expect(files.map(({ name }) => name)).toEqual(['01.jpg', '02.jpg', '03.jpg']);
    expect(files.map(({ source }) => source)).toEqual(photos.map(({ file }) => file));
    expect(files[0]?.operation.kind).toBe('copy');
    const paths = [];
    for (const file of files) paths.push(await made(file, reels));
    for (const path of paths) {
      const { width, height } = await sharp(path).metadata();
      expect(width / height).toBeCloseTo(0.8, 2);
    }
    return paths as [string, string, string];
  }

  it('pad: whole, on black', async () => {
    const [, tall, wide] = await carousel('pad');
    for (const pixel of await pixels(tall, corners)) expectNear(pixel, black);
    // 450 of 640 pixels in the middle.
    const inside = [
      [0.17, 0.02],
      [0.83, 0.02],
      [0.17, 0.98],
      [0.83, 0.98],
    ] as const;
    const found = await pixels(tall, inside);
    for (const [index, colour] of [red, green, blue, yellow].entries()) expectNear(found[index], colour);
    for (const pixel of await pixels(wide, corners)) expectNear(pixel, black);
    const across = await pixels(wide, [
      [0.02, 0.27],
      [0.98, 0.27],
      [0.02, 0.73],
      [0.98, 0.73],
    ]);
    for (const [index, colour] of [red, green, blue, yellow].entries()) expectNear(across[index], colour);
  });

  it('blur: whole, over a darker copy of itself', async () => {
    const [, tall] = await carousel('blur');
    const [left] = await pixels(tall, [[0.02, 0.1]]);
    expect(left?.[0]).toBeGreaterThan(120);
    expect(left?.[0]).toBeLessThan(240);
    const found = await pixels(tall, [
      [0.17, 0.02],
      [0.83, 0.02],
      [0.17, 0.98],
      [0.83, 0.98],
    ]);
    for (const [index, colour] of [red, green, blue, yellow].entries()) expectNear(found[index], colour);
  });

  it('crop: no bars, no enlargement, and the full width of a tall photo', async () => {
    const [, tall, wide] = await carousel('crop');
    expect(await sharp(tall).metadata()).toMatchObject({ width: 450, height: 563 });
    expect(await sharp(wide).metadata()).toMatchObject({ width: 400, height: 500 });
    const [first, second] = await pixels(tall, [
      [0.02, 0.5],
      [0.98, 0.5],
    ]);
    expect(first?.[1], 'red or blue on the left').toBeLessThan(30);
    expect(second?.[1], 'green or yellow on the right').toBeGreaterThan(220);
    const [above, below] = await pixels(wide, [
      [0.5, 0.02],
      [0.5, 0.98],
    ]);
    expect(above?.[2], 'red or green above').toBeLessThan(30);
    expect((below?.[2] ?? 0) > 220 || (below?.[0] ?? 0) > 220, 'blue or yellow below').toBe(true);
  });
});

describe('images that are refused', () => {
  const save = async (name: string, content: Buffer) => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };

  it('HEIC, which this sharp cannot decode, with any file name', async () => {
    const heic = await readFile(join(import.meta.dirname, '../../fixtures/photos/photo.heic'));
    for (const name of ['photo.heic', 'heic.jpg']) {
      await expect(images.probe(await save(name, heic))).rejects.toMatchObject({ code: 'image-codec', actual: 'HEIC' });
    }
  });

  it('a decompression bomb: a few bytes that declare 30,000 x 30,000', async () => {
    const bomb = Buffer.from(plain.png);
    bomb.writeUInt32BE(30_000, 16);
    bomb.writeUInt32BE(30_000, 20);
    const header = Buffer.from(bomb.subarray(16, 29));
    const right = withChunk(plain.png, 'IHDR', header).subarray(33, 33 + 25);
    const path = await save('bomb.png', Buffer.concat([bomb.subarray(0, 8), right, bomb.subarray(33)]));
    await expect(images.probe(path)).rejects.toMatchObject({ code: 'image-pixels', actual: '30000x30000' });
  });

  it('a truncated JPEG', async () => {
    const whole = await sharp({
      create: {
        width: 400,
        height: 500,
        channels: 3,
        background: '#000',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .jpeg()
      .toBuffer();
    const path = await save('broken.jpg', whole.subarray(0, whole.length / 2));
    await expect(images.probe(path)).rejects.toThrow('premature end');
  });

  it('a JPEG of a few pixels that declares 12,000 x 12,000', async () => {
    const bytes = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#48c' } })
      .jpeg()
      .toBuffer();
    const sizes = bytes.indexOf(Buffer.from([0xff, 0xc0])) + 5;
    bytes.writeUInt16BE(12_000, sizes);
    bytes.writeUInt16BE(12_000, sizes + 2);
    await expect(images.probe(await save('bomb.jpg', bytes))).rejects.toThrow('premature end');
  });

  it('a JPEG with a harmless warning is accepted: extra bytes between two segments', async () => {
    const bytes = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#48c' } })
      .jpeg()
      .toBuffer();
    const end = bytes.length - 2;
    const odd = Buffer.concat([bytes.subarray(0, end), Buffer.from([0, 1, 2, 3]), bytes.subarray(end)]);
    expect(await images.probe(await save('odd.jpg', odd))).toMatchObject({ width: 64, height: 64 });
  });

  it('an SVG, which may refer to other files', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>';
    await expect(images.probe(await save('drawing.jpg', Buffer.from(svg)))).rejects.toThrow();
  });
});

describe('size limits', () => {
  const settings = { format: 'jpeg', quality: 92, width: 400, height: 500, fit: 'scale' } as const;
  const rich = () =>
    sharp({
      create: {
        width: 400,
        height: 500,
        channels: 3,
        background: '#000',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    });

  it('lowers the quality until the file fits', async () => {
    const source = join(folder, 'rich.png');
    await rich().png().toFile(source);
    const sizes = [];
    for (const maxBytes of [8_000_000, 150_000, 90_000]) {
      const path = join(folder, `fits ${maxBytes}.jpg`);
      await images.render(source, { ...settings, maxBytes }, path, 0);
      const { length } = await readFile(path);
      expect(length).toBeLessThanOrEqual(maxBytes);
      sizes.push(length);
    }
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(new Set(sizes).size).toBe(3);
  });

  it('a photo that does not fit at any quality is not delivered', async () => {
    const source = await photo(await rich().png().toBuffer(), 'png');
    const [file] = plannedPhotos([source], reels);
    if (file?.operation.kind !== 'image' || !reels.photos) throw new Error('not drawn');
    const maxBytes = { ...reels.photos.accept.minWidth, value: 2000, kind: 'limit' } as NonNullable<
      typeof reels.photos.accept.maxBytes
    >;
    const strict = { ...reels, photos: { ...reels.photos, accept: { ...reels.photos.accept, maxBytes } } };
    const tight = {
      ...file,
      operation: { ...file.operation, settings: { ...file.operation.settings, maxBytes: 2000 } },
    };
    const wrong = await render(tight, join(folder, 'never.jpg'), [strict], making, tools);
    expect(wrong).toMatchObject([{ code: 'check-failed' }]);
    expect(await tools.files.facts(join(folder, 'never.jpg'))).toBeNull();
  });
});
