import { readFile, stat, writeFile } from 'node:fs/promises';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { ImageError, PortError, ProgramError } from '../errors.ts';
import type { ImageProbe } from '../model/probe.ts';
import type { Frame, ImageSettings } from '../model/render-job.ts';
import { taggedColours, withProfile } from '../probe/image-file/colours.ts';
import { exifOfMade } from '../probe/image-file/exif-of-made.ts';
import { hiddenIn } from '../probe/image-file/hidden.ts';
import { foreignProfile } from '../probe/image-file/icc.ts';
import { pictureAlone, pictureHash, segmentsOf } from '../probe/image-file/index.ts';
import { isScanSpoilt } from '../probe/image-file/jpeg-scan.ts';
import { isPng, pngFrames } from '../probe/image-file/png.ts';
import type { Segment } from '../probe/image-file/segment.ts';
import { imageFailure, reasonOf } from './image-failure.ts';
import { kindThatIsNotRead, readHead } from './image-head.ts';
import { decodeBytes, inTurn, maxDecodeBytes, maxFileBytes, maxPixels } from './image-memory.ts';
import type { Images } from './images.ts';

/**
 * The formats of photos. All other loaders of libvips (SVG, PDF, scientific formats) are disabled for untrusted files.
 */
const loaders = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Tiff'].map((name) => `VipsForeignLoad${name}`);

export function createImages(): Images {
  // Each file is read once, so a cache of operations would only use memory.
  sharp.cache(false);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: loaders });
  return { probe, render, attention, strip, pictureHash: async (path) => pictureHash(await readFile(path)) };
}

/** The image formats that this build reads and writes, with the versions of sharp and libvips. */
export function imageAbilities(): {
  readonly sharp: string;
  readonly libvips: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
} {
  const formats = Object.values(sharp.format).filter(({ id }) => /^(?:jpeg|png|webp|gif|heif|tiff|svg|jxl)$/.test(id));
  const able = (way: 'input' | 'output') => formats.filter((each) => each[way].file).map(({ id }) => id);
  const { sharp: own = 'unknown', vips: libvips = 'unknown' } = sharp.versions;
  return { sharp: own, libvips, reads: able('input'), writes: able('output') };
}

async function probe(path: string): Promise<ImageProbe> {
  try {
    const { size } = await stat(path);
    const file = size <= maxFileBytes ? await readFile(path) : null;
    // Before libvips reads the file, because that unpacks all texts of a PNG at once, however many there are.
    const segments = file && segmentsOf(file);
    if (file === null && isPng(Buffer.from(await readHead(path), 'latin1'))) {
      throw new ProgramError(`it is a PNG of more than ${maxFileBytes / 1_000_000} MB`, `sharp ${path}`, '');
    }
    // Only the header is read here, to distinguish an image that is too large from a broken one.
    const found = await sharp(path, { limitInputPixels: false }).metadata();
    const warned = await inTurn(found, async () => decode(path, found));
    const flawed = warned || (file !== null && found.format === 'jpeg' && isScanSpoilt(file));
    const hidden = hiddenIn(segments ?? blocksOf(found));
    return {
      format: found.format ?? 'unknown',
      width: found.autoOrient.width,
      height: found.autoOrient.height,
      bytes: size,
      orientation: found.orientation ?? 1,
      hasAlpha: found.hasAlpha ?? false,
      frames: Math.max(found.pages ?? 1, file ? pngFrames(file) : 1),
      space: found.space ?? 'unknown',
      profile: (file && coloursBeside(file, found)?.name) ?? (found.icc ? foreignProfile(found.icc) : null),
      flawed,
      hasLocation: hidden.location,
      hasSerial: hidden.serial,
      hasAttachment: hidden.attachment,
      strippable: segments !== null,
    };
  } catch (error) {
    if (error instanceof ProgramError) throw error;
    const unknown = await kindThatIsNotRead(path);
    if (unknown !== null) throw new ImageError('image-codec', unknown, 'JPEG', `sharp ${path}`, error);
    throw imageFailure(error, `sharp ${path}`, path);
  }
}

/** cICP takes precedence over an ICC profile, everything else does not. */
function coloursBeside(file: Uint8Array, { icc, format }: Metadata): ReturnType<typeof taggedColours> {
  return icc === undefined || format === 'png' ? taggedColours(file) : null;
}

/** The image with an added colour profile if the file describes its colours in another way; otherwise unchanged. */
async function profiled(source: string, found: Metadata): Promise<string | Uint8Array> {
  if (!['jpeg', 'png', 'webp'].includes(found.format ?? '')) return source;
  const { size } = await stat(source);
  const colours = size <= maxFileBytes ? coloursBeside(await readFile(source), found) : null;
  if (colours === null) return source;
  const plain = sharp(source, { limitInputPixels: maxPixels, ignoreIcc: true }).autoOrient();
  const deep = found.space === 'rgb16' || found.space === 'grey16';
  const highest = colours.isHdr ? await highestNumber(source, deep ? 65_535 : 255) : 1;
  const png = await plain
    .toColourspace(deep ? 'rgb16' : 'srgb')
    .png({ compressionLevel: 1 })
    .toBuffer();
  return withProfile(png, colours.profile(highest));
}

async function highestNumber(source: string, full: number): Promise<number> {
  const { channels } = await sharp(source, { limitInputPixels: maxPixels, ignoreIcc: true }).stats();
  return Math.max(...channels.slice(0, 3).map(({ max }) => max)) / full;
}

/** libjpeg's warning about damaged data, which it displays as well as it can. Other warnings are harmless. */
const spoilt = /Corrupt JPEG data(?!: \d+ extraneous bytes before marker 0xd9)/;

/**
 * Decodes the file completely, because a truncated file has an intact header.
 * @returns whether it is damaged but can be shown
 */
async function decode(path: string, found: Metadata): Promise<boolean> {
  const { format, compression, width, height } = found;
  const most = Math.min(maxPixels, (maxDecodeBytes * width * height) / decodeBytes(found));
  if (width * height > most) {
    const limit = `${Math.floor(most / 1_000_000)} million`;
    throw new ImageError('image-pixels', `${width}x${height}`, limit, `sharp ${path}`);
  }
  const read = async (failOn: 'truncated' | 'warning') =>
    sharp(path, { limitInputPixels: maxPixels, failOn }).resize(16, 16).raw().toBuffer();
  try {
    // A JPEG that ends early at a valid position causes only a warning, and the missing part is grey. Other warnings
    // are harmless.
    return await read('warning').then(
      () => false,
      async (error: unknown) => {
        if (reasonOf(error).includes('premature end')) throw error;
        await read('truncated');
        return spoilt.test(error instanceof Error ? error.message : '');
      },
    );
  } catch (error) {
    // npm's sharp supports the container of HEIC but, because of patents, not the codec.
    if (format !== 'heif' || compression !== 'hevc') throw error;
    throw new ImageError('image-codec', 'HEIC', 'JPEG', `sharp ${path}`, error);
  }
}

/** The metadata blocks that sharp finds, for files that cannot be stripped. */
function blocksOf({ exif, xmp, iptc }: Metadata): Segment[] {
  const blocks = [
    ['exif', exif?.subarray(exif.toString('latin1', 0, 4) === 'Exif' ? 6 : 0)],
    ['xmp', xmp],
    ['iptc', iptc],
  ] as const;
  return blocks.flatMap(([kind, data]) => (data ? [{ kind, bytes: data, data }] : []));
}

async function strip(source: string, output: string): Promise<void> {
  const picture = pictureAlone(await readFile(source));
  if (picture === null) throw new ProgramError('it is not a whole JPEG, PNG or WebP', `strip ${source}`, '');
  await writeFile(output, picture);
}

async function render(source: string | Frame, settings: ImageSettings, output: string, time: number): Promise<void> {
  const drawn = async () => {
    if (typeof source !== 'string') return await draw(source, settings, time);
    const found = await sharp(source, { limitInputPixels: maxPixels }).metadata();
    return await inTurn(found, async () => draw(await profiled(source, found), settings, time));
  };
  try {
    await writeFile(output, await drawn());
  } catch (error) {
    if (error instanceof PortError) throw error;
    throw imageFailure(error, `sharp ${typeof source === 'string' ? source : 'a frame'}`);
  }
}

async function draw(source: string | Uint8Array | Frame, settings: ImageSettings, time: number): Promise<Uint8Array> {
  const exif = exifOfMade(time);
  // Compositing (`blur`) adds an alpha channel, although nothing is transparent.
  const picture = async () => (await shaped(source, settings)).toColourspace('srgb').removeAlpha().withExif(exif);
  return await encoded(picture, settings);
}

/** Below this quality a photo looks bad. */
const lowestQuality = 40;
const qualityStep = 8;

/**
 * Encodes with the wanted quality or, if the result is too large, with the best quality that fits: as a last resort with
 * halved colours, in which even noise fits into 0.4 bytes a pixel (`pixelsOfByte` in plan/photo-frame.ts).
 */
async function encoded(
  picture: () => Promise<Sharp>,
  { format, quality, maxBytes }: ImageSettings,
): Promise<Uint8Array> {
  // Drawn again for each quality: a copy of what was drawn would be a copy of its source, too.
  const encode = async (each: number) => (await picture()).toFormat(format, optionsOf(format, each)).toBuffer();
  let bytes = await encode(quality);
  for (let less = quality - qualityStep; bytes.length > maxBytes && less >= lowestQuality; less -= qualityStep) {
    bytes = await encode(less);
  }
  if (format !== 'jpeg') return bytes;
  for (let less = quality - qualityStep; bytes.length > maxBytes && less >= lowestQuality; less -= qualityStep) {
    bytes = await (await picture()).jpeg({ ...optionsOf(format, less), chromaSubsampling: '4:2:0' }).toBuffer();
  }
  return bytes;
}

/**
 * Chroma at full resolution: photo posts contain coloured text, whose edges 4:2:0 blurs, and the platform encodes once
 * more. No mozjpeg for the same reason: it takes twelve times as long to save a few bytes. No optimised Huffman tables,
 * because libjpeg then holds all coefficients: 12 MB for a frame of 1080 x 1920, and as much again in each thread (four
 * covers: 194 MB with them, 122 MB without; 2026-11). They would save a tenth of the bytes of most pictures, and a
 * third of flat ones like drawings.
 */
function optionsOf(format: ImageSettings['format'], quality: number) {
  if (format === 'jpeg') return { quality, chromaSubsampling: '4:4:4', optimiseCoding: false };
  // A PNG with a quality would get a palette.
  return format === 'png' ? {} : { quality };
}

/** Scales into the frame: upright, on white where the source is transparent. */
async function shaped(
  source: string | Uint8Array | Frame,
  { width, height, fit, within = { width, height } }: ImageSettings,
): Promise<Sharp> {
  const open = () =>
    typeof source === 'object' && 'pixels' in source
      ? sharp(source.pixels, { raw: { width: source.width, height: source.height, channels: 3 } })
      : sharp(source, { limitInputPixels: maxPixels, failOn: 'error' }).autoOrient().flatten({ background: '#fff' });
  const flat = async (picture: Sharp) => picture.toColourspace('srgb').png({ compressionLevel: 1 }).toBuffer();
  switch (fit) {
    case 'scale':
      return open().resize(width, height, { fit: 'fill' });
    case 'crop':
      return open().resize(width, height, { fit: 'cover', position: sharp.strategy.attention });
    case 'pad': {
      const front = await flat(open().resize(within.width, within.height, { fit: 'inside' }));
      return sharp({ create: { width, height, channels: 3, background: '#000' } }).composite([{ input: front }]);
    }
    case 'blur': {
      const front = await flat(open().resize(within.width, within.height, { fit: 'inside' }));
      // Blurring at an eighth of the size looks the same and takes a third of the time.
      const small = open().resize(Math.ceil(width / 8), Math.ceil(height / 8), { fit: 'cover' });
      const fill = await flat(small.blur(Math.max(0.5, width / 320)).modulate({ brightness: 0.75 }));
      return sharp(fill)
        .resize(width, height, { fit: 'fill' })
        .composite([{ input: front }]);
    }
  }
}

async function attention(
  image: Uint8Array,
  window: { readonly width: number; readonly height: number },
): Promise<{ readonly x: number; readonly y: number }> {
  try {
    const { width, height } = await sharp(image, { limitInputPixels: maxPixels }).metadata();
    const scale = Math.min(width / window.width, height / window.height);
    const [across, down] = [window.width, window.height].map((side) => Math.max(1, Math.round(side * scale)));
    const { info } = await sharp(image, { limitInputPixels: maxPixels })
      .resize(across, down, { fit: 'cover', position: sharp.strategy.attention })
      .raw()
      .toBuffer({ resolveWithObject: true });
    // sharp returns the offsets by which the picture is moved left and up, so they are negative.
    const middle = (offset = 0, part: number, whole: number) => (Math.abs(offset) + part / 2) / whole;
    return {
      x: middle(info.cropOffsetLeft, info.width, Math.max(width, info.width)),
      y: middle(info.cropOffsetTop, info.height, Math.max(height, info.height)),
    };
  } catch (error) {
    throw imageFailure(error, 'sharp a frame');
  }
}
