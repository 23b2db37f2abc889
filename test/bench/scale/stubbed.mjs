/** The real world, but for what programs and libraries do to media: each kind of question is asked once. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { spareBuffers } from '../../../build/tools/spare-buffers.js';

/** @param world as `createTools` gives it */
export function stubbed(world) {
  const known = new Map();
  const once = (name, ask) => {
    if (!known.has(name)) known.set(name, ask());
    return known.get(name);
  };
  /** A job without what differs from post to post: paths, and the bytes of what is the same clip in all of them. */
  const general = (value) =>
    JSON.stringify(value, (key, each) => {
      if (key === 'stdin') return each.map((bytes) => bytes.length);
      return typeof each === 'string' && /[\\/](?:media|ported)[\\/]/.test(each) ? '*' : each;
    });
  /** What a job passes on piece by piece. */
  const heard = async (name, listen) =>
    once(name, async () => {
      const pieces = [];
      await listen((piece) => {
        pieces.push(piece);
        return true;
      });
      return pieces;
    });
  const sizeOf = (path) => statSync(path).size;
  const made = async (name, output, make) => {
    const bytes = await once(name, async () => {
      await make();
      return readFileSync(output);
    });
    writeFileSync(output, bytes);
  };
  const hashOf = (path) =>
    createHash('sha256')
      .update(`${sizeOf(path)}`)
      .digest('hex');
  const { ffmpeg, ffprobe, images, files } = world;
  return {
    ...world,
    files: { ...files, sha256: async (path) => hashOf(path) },
    ffprobe: {
      probe: async (path, signal) => once(`probe ${sizeOf(path)}`, async () => ffprobe.probe(path, signal)),
      packets: async (path, ...rest) => once(`packets ${sizeOf(path)}`, async () => ffprobe.packets(path, ...rest)),
    },
    ffmpeg: {
      ...ffmpeg,
      run: async (job, ...rest) => made(`run ${general(job)}`, job.output, async () => ffmpeg.run(job, ...rest)),
      capture: async (job, ...rest) => once(`capture ${general(job)}`, async () => ffmpeg.capture(job, ...rest)),
      frames: async (job, bytes, signal, onFrame) => {
        const listen = async (hear) => ffmpeg.frames(job, bytes, signal, hear);
        let buffer = spareBuffers.take(bytes);
        for (const frame of await heard(`frames ${general(job)}`, listen)) {
          buffer.set(frame);
          if (onFrame(buffer)) buffer = spareBuffers.take(bytes);
        }
        spareBuffers.give(buffer);
      },
      lines: async (job, signal, onLine) => {
        const listen = async (hear) => ffmpeg.lines(job, signal, hear);
        for (const line of await heard(`lines ${general(job)}`, listen)) onLine(line);
      },
      report: async (job, ...rest) => once(`report ${general(job)}`, async () => ffmpeg.report(job, ...rest)),
    },
    images: {
      ...images,
      probe: async (path) => once(`image ${sizeOf(path)}`, async () => images.probe(path)),
      render: async (source, settings, output, time) =>
        made(`draw ${JSON.stringify(settings)}`, output, async () => {
          await images.render(source, settings, output, time);
          // As small as can be: a hundred thousand have to fit into memory.
          writeFileSync(output, await sharp(readFileSync(output)).jpeg({ quality: 1, mozjpeg: true }).toBuffer());
        }),
      attention: async (image, window) =>
        once(`attention ${JSON.stringify(window)}`, async () => images.attention(image, window)),
    },
  };
}
