import { randomBytes } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { ProgramError } from '../../src/errors.ts';
import type { Frame, ImageSettings } from '../../src/model/render-job.ts';
import { createImages } from '../../src/tools/sharp.ts';
import { temporaryFolder } from '../media.ts';

type Colour = readonly [number, number, number];
const red: Colour = [255, 0, 0];
const green: Colour = [0, 255, 0];
const blue: Colour = [0, 0, 255];
const yellow: Colour = [255, 255, 0];
const white: Colour = [255, 255, 255];
const black: Colour = [0, 0, 0];

const images = createImages();
let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder();
});

/** Red and green above blue and yellow. */
function quadrants(width: number, height: number): Sharp {
  const quarter = (background: Colour) => {
    const [r, g, b] = background;
    return { create: { width: width / 2, height: height / 2, channels: 3 as const, background: { r, g, b } } };
  };
  return sharp({ create: { width, height, channels: 3, background: '#000' } }).composite([
    { input: quarter(red), left: 0, top: 0 },
    { input: quarter(green), left: width / 2, top: 0 },
    { input: quarter(blue), left: 0, top: height / 2 },
    { input: quarter(yellow), left: width / 2, top: height / 2 },
  ]);
}

async function save(name: string, picture: Sharp): Promise<string> {
  const path = join(folder, name);
  await picture.toFile(path);
  return path;
}

/** Whether the pixels at these places (shares of width and height) have these colours, give or take a lossy format. */
async function expectPixels(path: string, places: readonly (readonly [number, number, Colour])[]): Promise<void> {
  const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
  expect(info.channels).toBe(3);
  for (const [x, y, colour] of places) {
    const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 3;
    const found = [...data.subarray(at, at + 3)];
    const off = Math.max(...found.map((value, index) => Math.abs(value - (colour[index] ?? 0))));
    expect(off, `${x},${y} is ${found}, not ${colour}`).toBeLessThan(24);
  }
}

async function render(source: string | Frame, settings: Partial<ImageSettings>): Promise<string> {
  const all: ImageSettings = {
    format: 'jpeg',
    quality: 92,
    maxBytes: 8_000_000,
    width: 300,
    height: 400,
    fit: 'scale',
    ...settings,
  };
  const output = join(folder, `out-${Math.random()}.${all.format}`);
  await images.render(source, all, output, 1_740_906_904);
  return output;
}

describe('probe', () => {
  test('a simple picture', async () => {
    expect(await images.probe(await save('plain.jpg', quadrants(60, 80)))).toMatchObject({
      ...{ format: 'jpeg', width: 60, height: 80, orientation: 1, hasAlpha: false, frames: 1, space: 'srgb' },
      hasLocation: false,
    });
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation %d', async (orientation) => {
    const path = await save(`turned ${orientation}.jpg`, quadrants(60, 80).withMetadata({ orientation }));
    const [width, height] = orientation > 4 ? [80, 60] : [60, 80];
    expect(await images.probe(path)).toMatchObject({ orientation, width, height });
  });

  test('a location in EXIF', async () => {
    const gps = {
      GPSLatitudeRef: 'N',
      GPSLatitude: '52/1 22/1 3/1',
      GPSLongitudeRef: 'E',
      GPSLongitude: '4/1 54/1 0/1',
    };
    for (const name of ['place.jpg', 'place.webp', 'place.png']) {
      expect(await images.probe(await save(name, quadrants(60, 80).withExif({ IFD3: gps })))).toMatchObject({
        hasLocation: true,
      });
    }
    const plain = await save('no place.jpg', quadrants(60, 80).withExif({ IFD0: { Copyright: 'somebody' } }));
    expect((await images.probe(plain)).hasLocation).toBe(false);
  });

  test('transparency', async () => {
    expect(await images.probe(await save('clear.png', quadrants(60, 80).ensureAlpha(0.5)))).toMatchObject({
      ...{ format: 'png', hasAlpha: true },
    });
  });

  test('frames of an animation', async () => {
    const frames = await Promise.all([red, green, blue].map((colour) => solid(40, 40, colour).png().toBuffer()));
    const path = await save('moves.gif', sharp(frames, { join: { animated: true } }).gif());
    expect(await images.probe(path)).toMatchObject({ format: 'gif', frames: 3, width: 40, height: 40 });
    expect((await images.probe(await save('still.gif', quadrants(40, 40)))).frames).toBe(1);
  });

  test('CMYK and 16 bits', async () => {
    const cmyk = await save('print.jpg', quadrants(60, 80).toColourspace('cmyk'));
    expect(await images.probe(cmyk)).toMatchObject({ space: 'cmyk', format: 'jpeg' });
    const deep = await save('deep.png', quadrants(60, 80).toColourspace('rgb16'));
    expect(await images.probe(deep)).toMatchObject({ space: 'rgb16' });
  });

  test.each([
    ['text', 'Hello, this is no picture.'],
    ['nothing', ''],
    ['a web page', '<!DOCTYPE html><html></html>'],
  ])('%s that calls itself .jpg', async (name, content) => {
    const path = join(folder, `${name}.jpg`);
    await writeFile(path, content);
    await expect(images.probe(path)).rejects.toThrow(ProgramError);
  });

  test('a missing file', async () => {
    await expect(images.probe(join(folder, 'absent.jpg'))).rejects.toThrow(ProgramError);
  });
});

describe('render', () => {
  test('noise of five megapixels fits into two megabytes', async () => {
    const frame = { width: 1440, height: 3470, pixels: new Uint8Array(randomBytes(1440 * 3470 * 3)) };
    const output = await render(frame, { width: 1440, height: 3470, maxBytes: 2_000_000 });
    expect((await stat(output)).size).toBeLessThanOrEqual(2_000_000);
  });

  let upright: string;

  beforeAll(async () => {
    upright = await save('upright.png', quadrants(600, 800));
  });

  test('scale: the same aspect ratio, smaller', async () => {
    await expectPixels(await render(upright, { fit: 'scale' }), [
      ...([
        [0.1, 0.1, red],
        [0.9, 0.1, green],
        [0.1, 0.9, blue],
        [0.9, 0.9, yellow],
      ] as const),
      [0.45, 0.45, red],
      [0.55, 0.55, yellow],
    ]);
  });

  test('pad: complete, on black', async () => {
    await expectPixels(await render(await save('wide.png', quadrants(400, 200)), { fit: 'pad' }), [
      // 300 x 150 in the middle of 300 x 400.
      [0.5, 0.1, black],
      [0.5, 0.9, black],
      [0.02, 0.34, red],
      [0.98, 0.34, green],
      [0.02, 0.66, blue],
      [0.98, 0.66, yellow],
    ]);
  });

  test('crop: fills the frame', async () => {
    const output = await render(await save('tall.png', quadrants(300, 800)), { fit: 'crop' });
    const { data } = await sharp(output).raw().toBuffer({ resolveWithObject: true });
    const colours = [data.subarray(0, 3), data.subarray(-3)].map((pixel) => [...pixel].map((value) => value > 128));
    expect(colours).not.toContainEqual([false, false, false]);
    // Nothing of the width is lost: red or blue on the left, green or yellow on the right.
    const { data: row, info } = await sharp(output).raw().toBuffer({ resolveWithObject: true });
    expect(row[1]).toBeLessThan(24);
    expect(row[(info.width - 1) * 3 + 1]).toBeGreaterThan(230);
  });

  test('crop keeps the most salient part', async () => {
    const dull = sharp({ create: { width: 800, height: 200, channels: 3, background: '#888' } });
    const path = await save(
      'off centre.png',
      dull.composite([{ input: await solid(60, 120, red).png().toBuffer(), left: 700, top: 40 }]),
    );
    const { data } = await sharp(await render(path, { fit: 'crop' }))
      .raw()
      .toBuffer({ resolveWithObject: true });
    let reds = 0;
    for (let at = 0; at < data.length; at += 3) if ((data[at] ?? 0) > 200 && (data[at + 1] ?? 255) < 60) reds++;
    expect(reds).toBeGreaterThan(5000);
  });

  test('blur: complete, over a blurred copy', async () => {
    const output = await render(await save('wide too.png', quadrants(400, 200)), { fit: 'blur' });
    await expectPixels(output, [
      [0.02, 0.35, red],
      [0.98, 0.35, green],
      [0.02, 0.65, blue],
      [0.98, 0.65, yellow],
    ]);
    const { data, info } = await sharp(output).raw().toBuffer({ resolveWithObject: true });
    const corner = [...data.subarray(0, 3)];
    expect(corner[0], `the fill is ${corner}: red, and darker`).toBeGreaterThan(100);
    expect(corner[0]).toBeLessThan(240);
    expect(info).toMatchObject({ width: 300, height: 400 });
  });

  test.each(['pad', 'blur'] as const)('%s: a small picture is centred in its box', async (fit) => {
    const source = await save(`small ${fit}.png`, quadrants(40, 40));
    const output = await render(source, { fit, within: { width: 80, height: 80 } });
    await expectPixels(output, [
      // 80 x 80 in the middle of 300 x 400.
      [0.4, 0.43, red],
      [0.6, 0.43, green],
      [0.4, 0.57, blue],
      [0.6, 0.57, yellow],
    ]);
    const { data, info } = await sharp(output).raw().toBuffer({ resolveWithObject: true });
    const beside = (info.height / 2 - 20) * info.width * info.channels + 100 * info.channels;
    expect(Math.max(...data.subarray(beside, beside + 3)), 'nothing of it lies outside').toBeLessThan(225);
  });

  test.each(['scale', 'pad', 'crop', 'blur'] as const)('%s: the size is exact, also for odd sizes', async (fit) => {
    for (const [width, height] of [
      [301, 403],
      [1, 1],
      [1080, 1440],
    ] as const) {
      const output = await render(upright, { fit, width, height });
      expect(await sharp(output).metadata()).toMatchObject({ width, height });
    }
  });

  test.each(['scale', 'pad', 'crop', 'blur'] as const)('%s: transparent becomes white', async (fit) => {
    const clear = sharp({
      create: { width: 300, height: 400, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    });
    const path = await save(`clear ${fit}.png`, clear);
    await expectPixels(await render(path, { fit }), [[0.5, 0.5, white]]);
    const png = await render(path, { fit, format: 'png' });
    expect((await sharp(png).metadata()).hasAlpha).toBe(false);
  });

  test.each(['scale', 'pad', 'crop', 'blur'] as const)('%s: upright, whatever EXIF says', async (fit) => {
    // Stored on its side: turned clockwise by 90 degrees (6) its left column is on top.
    const path = await save(`side ${fit}.jpg`, quadrants(800, 600).withMetadata({ orientation: 6 }));
    await expectPixels(await render(path, { fit, format: 'png' }), [
      [0.1, 0.1, blue],
      [0.9, 0.1, red],
      [0.1, 0.9, yellow],
      [0.9, 0.9, green],
    ]);
  });

  test.each(['jpeg', 'png', 'webp'] as const)('%s: sRGB in 8 bits, without metadata', async (format) => {
    const rich = quadrants(600, 800)
      .withExif({ IFD0: { Copyright: 'somebody' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 22/1 3/1' } })
      .withIccProfile('p3')
      .withXmp('<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta>');
    const output = await render(await save(`rich ${format}.jpg`, rich), { format });
    const found = await sharp(output).metadata();
    expect(found).toMatchObject({ format, space: 'srgb', depth: 'uchar', channels: 3 });
    expect([found.icc, found.xmp, found.iptc]).toEqual(Array(3).fill(undefined));
    expect(found.orientation).toBe(1);
    const said = found.exif?.toString('latin1') ?? '';
    expect(said).toContain('2025:03:02 09:15:04');
    expect(said).toContain('+00:00');
    expect(said).not.toContain('somebody');
    expect(await images.probe(output)).toMatchObject({ hasLocation: false, hasSerial: false });
  });

  test('a wide gamut becomes the same colour in sRGB', async () => {
    const path = await save('p3.png', solid(300, 400, [200, 60, 60]).withIccProfile('p3'));
    expect((await sharp(path).metadata()).icc).toBeDefined();
    await expectPixels(await render(path, { format: 'png' }), [[0.5, 0.5, [200, 60, 60]]]);
  });

  test('CMYK, 16 bits and grey become sRGB', async () => {
    for (const [name, picture] of [
      ['cmyk.jpg', quadrants(300, 400).toColourspace('cmyk')],
      ['deep too.png', quadrants(300, 400).toColourspace('rgb16')],
      ['grey.png', quadrants(300, 400).toColourspace('b-w')],
    ] as const) {
      const found = await images.probe(await render(await save(name, picture), {}));
      expect(found, name).toMatchObject({ width: 300, height: 400, hasAlpha: false });
      expect(found.space, name).toMatch(/^(?:srgb|b-w)$/);
    }
  });

  test('the first frame of an animation', async () => {
    const frames = await Promise.all([red, green].map((colour) => solid(30, 40, colour).png().toBuffer()));
    const path = await save('moves too.gif', sharp(frames, { join: { animated: true } }).gif());
    const output = await render(path, { format: 'webp' });
    await expectPixels(output, [[0.5, 0.5, red]]);
    expect((await images.probe(output)).frames).toBe(1);
  });

  test('renders a frame', async () => {
    const pixels = await quadrants(60, 80).removeAlpha().raw().toBuffer();
    const output = await render({ width: 60, height: 80, pixels }, {});
    await expectPixels(output, [[0.2, 0.2, red]]);
  });

  test('a frame with fewer pixels than it says is a ProgramError', async () => {
    await expect(render({ width: 60, height: 80, pixels: new Uint8Array(100) }, {})).rejects.toThrow(ProgramError);
  });

  test('a file that is not an image, or truncated, is a ProgramError', async () => {
    for (const [name, bytes] of Object.entries({ text: Buffer.from('text'), empty: new Uint8Array() })) {
      await writeFile(join(folder, name), bytes);
      await expect(render(join(folder, name), {})).rejects.toThrow(ProgramError);
    }
    await expect(render(join(folder, 'absent.png'), {})).rejects.toThrow(ProgramError);
    const noisy = sharp({
      create: {
        width: 600,
        height: 800,
        channels: 3,
        background: '#000',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    });
    for (const bytes of [await noisy.clone().jpeg().toBuffer(), await noisy.clone().png().toBuffer()]) {
      await writeFile(join(folder, 'half'), bytes.subarray(0, bytes.length / 2));
      await expect(render(join(folder, 'half'), {})).rejects.toThrow(ProgramError);
    }
  });
});

function solid(width: number, height: number, [r, g, b]: Colour): Sharp {
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } });
}

test('the reason why a picture cannot be read contains no path', async () => {
  const path = join(folder, 'broken.heic');
  const box = [Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(200)];
  await writeFile(path, Buffer.concat(box));
  const message = await images.probe(path).catch(({ message: said }: Error) => said);
  expect(message).toContain('corrupt header');
  expect(message).not.toContain(folder);
});
