import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createImages } from '../../src/tools/sharp.ts';
import type { ImageSettings } from '../../src/tools/tools.ts';

const folder = await mkdtemp(join(tmpdir(), 'port-sharp-'));
const images = createImages();
const at = (name: string) => join(folder, name);
afterAll(async () => rm(folder, { recursive: true, force: true }));

const colours = { red: [255, 0, 0], green: [0, 255, 0], blue: [0, 0, 255], white: [255, 255, 255] } as const;

/** 200x100: red, green; blue, white. */
async function quadrants() {
  const tile = (background: string) =>
    sharp({ create: { width: 100, height: 50, channels: 3, background } })
      .png()
      .toBuffer();
  const places = [
    ['#f00', 0, 0],
    ['#0f0', 100, 0],
    ['#00f', 0, 50],
    ['#fff', 100, 50],
  ] as const;
  const parts = await Promise.all(
    places.map(async ([colour, left, top]) => ({ input: await tile(colour), left, top })),
  );
  return sharp({ create: { width: 200, height: 100, channels: 3, background: '#000' } }).composite(parts);
}

beforeAll(async () => {
  const picture = sharp(await (await quadrants()).png().toBuffer());
  await picture.clone().jpeg({ quality: 100 }).toFile(at('plain.jpg'));
  await picture.clone().png().toFile(at('plain.png'));
  await picture.clone().withMetadata({ orientation: 6 }).jpeg({ quality: 100 }).toFile(at('turned.jpg'));
  await picture
    .clone()
    .withExif({ IFD0: { Artist: 'maya' }, IFD3: { GPSLatitudeRef: 'N' } })
    .jpeg()
    .toFile(at('gps.jpg'));
  await picture.clone().toColourspace('cmyk').jpeg().toFile(at('cmyk.jpg'));
  await sharp({ create: { width: 20, height: 20, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } } })
    .png()
    .toFile(at('clear.png'));
  const frame = { create: { width: 20, height: 40, channels: 3, background: '#f00' } } as const;
  await sharp({ ...frame, create: { ...frame.create, pageHeight: 20 } })
    .gif()
    .toFile(at('moving.gif'));
  await writeFile(at('text.jpg'), 'no image');
  const whole = await readFile(at('plain.jpg'));
  await writeFile(at('broken.jpg'), whole.subarray(0, Math.floor(whole.length * 0.6)));
});

describe('probe', () => {
  it.each([
    [
      'plain.jpg',
      {
        format: 'jpeg',
        width: 200,
        height: 100,
        orientation: 1,
        frames: 1,
        space: 'srgb',
        hasLocation: false,
        hasAlpha: false,
      },
    ],
    ['turned.jpg', { width: 100, height: 200, orientation: 6 }],
    ['gps.jpg', { hasLocation: true }],
    ['cmyk.jpg', { space: 'cmyk' }],
    ['clear.png', { format: 'png', hasAlpha: true }],
  ])('%s', async (name, expected) => {
    expect(await images.probe(at(name))).toMatchObject(expected);
  });

  it.each(['text.jpg', 'broken.jpg', 'nowhere.jpg'])('%s is no image', async (name) => {
    await expect(images.probe(at(name))).rejects.toThrow();
  });
});

describe('render', () => {
  const settings: ImageSettings = { format: 'png', quality: 90, width: 100, height: 50, fit: 'scale' };

  async function pixels(source: string, odd: Partial<ImageSettings>) {
    const out = at(
      `out-${Math.abs(
        JSON.stringify([source, odd])
          .split('')
          .reduce((a, c) => (a * 31 + c.charCodeAt(0)) | 0, 7),
      )}.png`,
    );
    await images.render(at(source), { ...settings, ...odd }, out);
    const { data, info } = await sharp(out).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const nearest = (x: number, y: number) => {
      const at3 = (y * info.width + x) * info.channels;
      const [r = 0, g = 0, b = 0] = data.subarray(at3, at3 + 3);
      const named = Object.entries(colours).find(([, [cr, cg, cb]]) => Math.hypot(r - cr, g - cg, b - cb) < 40);
      return named?.[0] ?? `${r},${g},${b}`;
    };
    return { nearest, width: info.width, height: info.height };
  }

  it('scale keeps every corner in its place', async () => {
    const { nearest, width, height } = await pixels('plain.jpg', {});
    expect([width, height]).toEqual([100, 50]);
    expect([nearest(10, 10), nearest(90, 10), nearest(10, 40), nearest(90, 40)]).toEqual([
      'red',
      'green',
      'blue',
      'white',
    ]);
  });

  it('a picture stored on its side stands upright', async () => {
    const { nearest } = await pixels('turned.jpg', { width: 50, height: 100 });
    expect([nearest(10, 10), nearest(40, 10), nearest(10, 90), nearest(40, 90)]).toEqual([
      'blue',
      'red',
      'white',
      'green',
    ]);
  });

  it('pad shows all of it between black bars', async () => {
    const { nearest } = await pixels('plain.jpg', { width: 100, height: 100, fit: 'pad' });
    expect([nearest(10, 30), nearest(90, 70), nearest(50, 5)]).toEqual(['red', 'white', '0,0,0']);
  });

  it('blur shows all of it over itself, darkened', async () => {
    const { nearest } = await pixels('plain.jpg', { width: 100, height: 100, fit: 'blur' });
    expect([nearest(10, 30), nearest(90, 30), nearest(10, 70), nearest(90, 70)]).toEqual([
      'red',
      'green',
      'blue',
      'white',
    ]);
    expect(nearest(50, 3)).not.toBe('0,0,0');
    expect(['red', 'green', 'blue', 'white']).not.toContain(nearest(95, 97));
  });

  it('crop fills the frame', async () => {
    const { nearest, width, height } = await pixels('plain.jpg', { width: 50, height: 50, fit: 'crop' });
    expect([width, height]).toEqual([50, 50]);
    expect(Object.keys(colours)).toContain(nearest(2, 2));
  });

  it('what is transparent becomes white', async () => {
    expect((await pixels('clear.png', { width: 20, height: 20 })).nearest(10, 10)).toBe('white');
  });

  it('writes sRGB and nothing private', async () => {
    const out = at('clean.jpg');
    await images.render(at('gps.jpg'), { ...settings, format: 'jpeg' }, out);
    expect(await sharp(out).metadata()).toMatchObject({ format: 'jpeg', space: 'srgb' });
    expect((await readFile(out)).includes('maya')).toBe(false);
    expect((await images.probe(out)).hasLocation).toBe(false);
  });
});
