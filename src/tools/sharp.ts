import { open, readFile, stat, writeFile } from 'node:fs/promises';
import PQueue from 'p-queue';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { ImageError, PortError, ProgramError } from '../errors.ts';
import type { ImageProbe } from '../model/probe.ts';
import type { ImageSettings } from '../model/render-job.ts';
import { toldColours, withProfile } from '../probe/image-file/colours.ts';
import { exifOfMade } from '../probe/image-file/exif-of-made.ts';
import { hiddenIn } from '../probe/image-file/hidden.ts';
import { foreignProfile } from '../probe/image-file/icc.ts';
import { pictureAlone, pictureHash, segmentsOf } from '../probe/image-file/index.ts';
import { isScanSpoilt } from '../probe/image-file/jpeg-scan.ts';
import { isPng, pngFrames } from '../probe/image-file/png.ts';
import type { Segment } from '../probe/image-file/segment.ts';
import { imageFailure, reasonOf } from './image-failure.ts';

export interface Images {
  /**
   * @throws ProgramError where the file is no image that sharp can read; ImageError where it is one, and of a codec or
   * size that is not opened
   */
  probe(path: string): Promise<ImageProbe>;
  /**
   * Draws `source` (a path, or the bytes of an image) as `settings` say into `output`, sRGB and upright. All that it says
   * of itself is `time`, unix seconds, when the picture was made.
   */
  render(source: string | Uint8Array, settings: ImageSettings, output: string, time: number): Promise<void>;
  /**
   * Where in an image attention lies: the middle of the window of this shape that holds most of it, in shares of width and
   * height.
   * @param image the bytes of one
   */
  attention(
    image: Uint8Array,
    window: { readonly width: number; readonly height: number },
  ): Promise<{ readonly x: number; readonly y: number }>;
  /** Writes the picture of a JPEG, PNG or WebP into `output`, bit for bit, without anything that stands beside it. */
  strip(source: string, output: string): Promise<void>;
  /** Equal for two files that show the same picture, bit for bit; null where it cannot be told. */
  pictureHash(path: string): Promise<string | null>;
}

/** Larger pictures than any phone takes are refused before they are unpacked: 12,000 x 12,000 still passes. */
const maxPixels = 150_000_000;

/** Files are read whole to see what is hidden in them; no photo that a platform takes is larger. */
const maxFileBytes = 100_000_000;

/** What decoding one picture may take of the memory. */
const maxDecodeBytes = 1_000_000_000;

/** Pictures that take more than this wait for one another. */
const largeDecodeBytes = 250_000_000;
const large = new PQueue({ concurrency: 1 });

/**
 * Bytes of memory that decoding takes for each pixel: measured with libvips 8.18 on pictures of 49 million pixels, 2026-11.
 * Formats that are read line by line take next to none.
 */
function decodeBytes({ format, isProgressive, channels = 4, depth, width, height }: Metadata): number {
  const interlaced = channels * (depth === 'ushort' ? 2 : 1) + 0.5;
  const each =
    format === 'heif'
      ? 18.5
      : format === 'png' && isProgressive
        ? interlaced
        : format === 'jpeg' && isProgressive
          ? 6
          : format === 'webp'
            ? 8
            : format === 'gif'
              ? 5
              : 0.5;
  return width * height * each;
}

/** What photos come in. Everything else that libvips reads (SVG, PDF, formats of science) is kept away from foreign files. */
const loaders = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Tiff'].map((name) => `VipsForeignLoad${name}`);

export function createImages(): Images {
  // Files are read one at a time and never twice: a cache of operations would only hold memory.
  sharp.cache(false);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: loaders });
  return { probe, render, attention, strip, pictureHash: async (path) => pictureHash(await readFile(path)) };
}

/** Which image formats this build reads and writes, with the versions of sharp and of libvips below it. */
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
    // Before libvips reads it, which unpacks all texts of a PNG at once, however many they are.
    const segments = file && segmentsOf(file);
    if (file === null && isPng(Buffer.from(await readHead(path), 'latin1'))) {
      throw new ProgramError(`it is a PNG of more than ${maxFileBytes / 1_000_000} MB`, `sharp ${path}`, '');
    }
    // Only the header is read here, so that a picture which is too large can be told from a broken one.
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

/** Images whole kinds of which the sharp of npm does not read, by their first bytes; null for others. */
async function kindThatIsNotRead(path: string): Promise<string | null> {
  const head = await readHead(path).catch(() => '');
  if (head.startsWith('BM')) return 'BMP';
  if (head.startsWith('\u00ff\u000a') || head.slice(4, 8) === 'JXL ') return 'JPEG XL';
  return null;
}

async function readHead(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** cICP comes before an ICC profile, all else behind it. */
function coloursBeside(file: Uint8Array, { icc, format }: Metadata): ReturnType<typeof toldColours> {
  return icc === undefined || format === 'png' ? toldColours(file) : null;
}

/** As bytes with a profile that says in which colours it is, where a file does not say it by one; else as it was given. */
async function profiled(source: string | Uint8Array, found: Metadata): Promise<string | Uint8Array> {
  if (typeof source !== 'string' || !['jpeg', 'png', 'webp'].includes(found.format ?? '')) return source;
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

async function inTurn<T>(found: Metadata, work: () => Promise<T>): Promise<T> {
  return decodeBytes(found) > largeDecodeBytes ? await large.add(work) : await work();
}

/** Of a JPEG whose data are spoilt, all of which libjpeg shows as it can; other warnings are harmless. */
const spoilt = /Corrupt JPEG data(?!: \d+ extraneous bytes before marker 0xd9)/;

/**
 * A file that broke off has a whole header: only reading it to its end tells.
 * @returns whether it can be shown, and part of it will look wrong
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
    // A JPEG that ends early but in good order draws a mere warning: what is missing is grey. Other warnings are harmless.
    return await read('warning').then(
      () => false,
      async (error: unknown) => {
        if (reasonOf(error).includes('premature end')) throw error;
        await read('truncated');
        return spoilt.test(error instanceof Error ? error.message : '');
      },
    );
  } catch (error) {
    // The sharp of npm knows the container of HEIC, and for its patents not the codec inside.
    if (format !== 'heif' || compression !== 'hevc') throw error;
    throw new ImageError('image-codec', 'HEIC', 'JPEG', `sharp ${path}`, error);
  }
}

/** What sharp itself finds beside a picture, for files of which nothing can be cut out. */
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

async function render(
  source: string | Uint8Array,
  settings: ImageSettings,
  output: string,
  time: number,
): Promise<void> {
  try {
    const found = await sharp(source, { limitInputPixels: maxPixels }).metadata();
    const drawn = await inTurn(found, async () => draw(await profiled(source, found), settings, time));
    await writeFile(output, drawn);
  } catch (error) {
    if (error instanceof PortError) throw error;
    throw imageFailure(error, `sharp ${typeof source === 'string' ? source : 'a frame'}`);
  }
}

async function draw(source: string | Uint8Array, settings: ImageSettings, time: number): Promise<Uint8Array> {
  // Laying one picture over another (`blur`) adds an alpha channel, though nothing shows through.
  const picture = (await shaped(source, settings)).toColourspace('srgb').removeAlpha().withExif(exifOfMade(time));
  return await encoded(picture, settings);
}

/** Below this a photo is no pleasure any more. */
const lowestQuality = 40;
const qualityStep = 8;

/** At the wanted quality or, where that is too large, at the best that is not. */
async function encoded(picture: Sharp, { format, quality, maxBytes }: ImageSettings): Promise<Uint8Array> {
  let bytes = await picture.clone().toFormat(format, optionsOf(format, quality)).toBuffer();
  for (let less = quality - qualityStep; bytes.length > maxBytes && less >= lowestQuality; less -= qualityStep) {
    bytes = await picture.clone().toFormat(format, optionsOf(format, less)).toBuffer();
  }
  return bytes;
}

/**
 * Colours at full resolution: photo posts carry coloured words, whose edges 4:2:0 smears, and the platform will encode
 * once more. For that reason no mozjpeg either: it takes twelve times as long, for a few bytes that nobody keeps. Nor
 * Huffman tables of the picture's own, for which libjpeg holds its coefficients whole: 12 MB for a frame of 1080 x 1920
 * and as much again in each thread (four covers: 194 MB with them, 122 MB without; 2026-11). They would save a tenth of the
 * bytes of most pictures, and a third of those that are flat like a drawing.
 */
function optionsOf(format: ImageSettings['format'], quality: number) {
  if (format === 'jpeg') return { quality, chromaSubsampling: '4:4:4', optimiseCoding: false };
  // A PNG with a quality has a palette.
  return format === 'png' ? {} : { quality };
}

/** Upright, on white where the source is transparent, in the wanted frame. */
async function shaped(
  source: string | Uint8Array,
  { width, height, fit, within = { width, height } }: ImageSettings,
): Promise<Sharp> {
  const open = () =>
    sharp(source, { limitInputPixels: maxPixels, failOn: 'error' }).autoOrient().flatten({ background: '#fff' });
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
      // What is blurred has no detail: at an eighth of the size it looks the same and takes a third of the time.
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
    // Offsets are those by which the picture is moved: to the left and upwards, so below zero.
    const middle = (offset = 0, part: number, whole: number) => (Math.abs(offset) + part / 2) / whole;
    return {
      x: middle(info.cropOffsetLeft, info.width, Math.max(width, info.width)),
      y: middle(info.cropOffsetTop, info.height, Math.max(height, info.height)),
    };
  } catch (error) {
    throw imageFailure(error, 'sharp a frame');
  }
}
