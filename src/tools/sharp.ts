import { stat } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { ProgramError } from '../errors.ts';
import type { ImageProbe } from '../model.ts';
import type { ImageSettings, Images } from './tools.ts';

/** Larger pictures than any phone takes are refused before they are unpacked: 12,000 x 12,000 still passes. */
const maxPixels = 150_000_000;

export function createImages(): Images {
  // Files are read one at a time and never twice: a cache of operations would only hold memory.
  sharp.cache(false);
  return { probe, render };
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
    const found = await sharp(path, { limitInputPixels: maxPixels }).metadata();
    // A file that broke off has a whole header: only reading it to its end tells.
    await sharp(path, { limitInputPixels: maxPixels, failOn: 'truncated' }).resize(16, 16).raw().toBuffer();
    return {
      format: found.format ?? 'unknown',
      width: found.autoOrient.width,
      height: found.autoOrient.height,
      bytes: size,
      orientation: found.orientation ?? 1,
      hasAlpha: found.hasAlpha ?? false,
      frames: found.pages ?? 1,
      space: found.space ?? 'unknown',
      hasLocation: found.exif !== undefined && hasGpsDirectory(found.exif),
    };
  } catch (error) {
    throw new ProgramError(reasonOf(error), `sharp ${path}`, '', error);
  }
}

async function render(source: string | Uint8Array, settings: ImageSettings, output: string): Promise<void> {
  try {
    // Laying one picture over another (`blur`) adds an alpha channel, though nothing shows through.
    const picture = (await shaped(source, settings)).toColourspace('srgb').removeAlpha();
    await encoded(picture, settings).toFile(output);
  } catch (error) {
    throw new ProgramError(reasonOf(error), `sharp ${typeof source === 'string' ? source : 'a frame'}`, '', error);
  }
}

function encoded(picture: Sharp, { format, quality }: ImageSettings): Sharp {
  switch (format) {
    case 'jpeg':
      return picture.jpeg({ quality, mozjpeg: true });
    case 'png':
      return picture.png();
    case 'webp':
      return picture.webp({ quality });
  }
}

/** Upright, on white where the source is transparent, in the wanted frame. */
async function shaped(source: string | Uint8Array, { width, height, fit }: ImageSettings): Promise<Sharp> {
  const open = () =>
    sharp(source, { limitInputPixels: maxPixels, failOn: 'error' }).autoOrient().flatten({ background: '#fff' });
  switch (fit) {
    case 'scale':
      return open().resize(width, height, { fit: 'fill' });
    case 'crop':
      return open().resize(width, height, { fit: 'cover', position: sharp.strategy.attention });
    case 'pad':
      return open().resize(width, height, { fit: 'contain', background: '#000' });
    case 'blur': {
      const front = await open().resize(width, height, { fit: 'inside' }).png({ compressionLevel: 1 }).toBuffer();
      return open()
        .resize(width, height, { fit: 'cover' })
        .blur(Math.max(1, width / 40))
        .modulate({ brightness: 0.75 })
        .composite([{ input: front }]);
    }
  }
}

/** Looks for tag 0x8825, the pointer to the GPS directory, in the first directory of an EXIF block (TIFF 6.0, EXIF 2.3 4.6.3). */
function hasGpsDirectory(exif: Buffer): boolean {
  const tiff = exif.subarray(exif.toString('latin1', 0, 4) === 'Exif' ? 6 : 0);
  if (tiff.length < 8) return false;
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const word = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (directory + 2 > tiff.length) return false;
  for (let entry = 0; entry < word(directory); entry++) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > tiff.length) return false;
    if (word(at) === 0x8825) return true;
  }
  return false;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? error.message) : String(error);
}
