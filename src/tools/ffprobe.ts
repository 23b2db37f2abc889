import { stat } from 'node:fs/promises';
import { InterruptedError, ProgramError } from '../errors.ts';
import { MachineError, throwIfMachine } from '../model/machine-errors.ts';
import type { Packet, VideoProbe } from '../model/probe.ts';
import { firstPacketIsKey, readPackets, readProbe } from '../probe/ffprobe-json.ts';
import type { Mp4Boxes } from '../probe/mp4/boxes.ts';
import { withBoxes } from '../probe/mp4/facts.ts';
import { byPackets } from './by-packets.ts';
import { maxFramePixels, mediaGuard } from './ffmpeg-command.ts';
import { readMp4Boxes, readPlainFile } from './mp4-file.ts';
import { packetReader } from './packet-times.ts';
import { pasteable, runProgram } from './run-program.ts';

import { whyUnreadable, whyUnreadableBy } from './unreadable.ts';

export interface Ffprobe {
  /**
   * Probes a media file: a plain MP4 or MOV in this process, which takes a few milliseconds, any other by ffprobe.
   * @throws ProgramError if ffprobe cannot read it
   */
  probe(path: string, signal: AbortSignal): Promise<VideoProbe>;
  /**
   * The packets of one stream (by its index among all streams) from the key frame before `from` to `to` (seconds of the
   * file's timestamps), in decoding order.
   * @throws ProgramError if the file cannot be read
   */
  packets(path: string, stream: number, from: number, to: number, signal: AbortSignal): Promise<readonly Packet[]>;
}

/**
 * Creates the interface to ffprobe.
 * @param path path of the program
 */
export function createFfprobe(path: string): Ffprobe {
  const { probe, packets } = createFfprobeProgram(path);
  return {
    async probe(file, signal) {
      if (signal.aborted) throw new InterruptedError('Interrupted');
      // A file that cannot be opened is reported as ffprobe does.
      const plain = await readPlainFile(file).catch(() => null);
      return plain === null ? await probe(file, signal) : plain.probe;
    },
    packets,
  };
}

/** The same by the program alone. */
export function createFfprobeProgram(path: string): Ffprobe {
  return {
    async probe(file, signal) {
      const args = ['-v', 'error', ...mediaGuard, ...described, '-i', `file:${file}`];
      let errors = '';
      const onErrors = (printed: string) => {
        errors = printed;
      };
      const printed = await ask(path, args, file, signal, undefined, onErrors).catch(async (error: unknown) => {
        // If the file is gone, its boxes cannot be read either.
        const boxes = error instanceof ProgramError ? await readMp4Boxes(file).catch(() => null) : null;
        throw (boxes && whyUnreadableBy(boxes, file)) || error;
      });
      const { size } = await stat(file);
      const boxes = await readMp4Boxes(file);
      const early = boxes.end - size;
      if (early > 0) throw new ProgramError(`it ends ${early} bytes early`, pasteable([path, ...args]), '');
      const found = withBoxes(readProbe(printed, size, boxes.order), boxes);
      const [, tooLarge] = /Picture size (\d+x\d+) exceeds/.exec(errors) ?? [];
      if (tooLarge && !(found.video && found.video.width > 0)) {
        const why = `its frames are ${tooLarge} pixels; port decodes up to ${maxFramePixels / 1_000_000} million a frame`;
        throw new ProgramError(why, pasteable([path, ...args]), errors);
      }
      const unreadable = await whyUnreadable(file, found, boxes);
      if (unreadable) throw unreadable;
      const measured = needsPackets(found, printed) ? await measure(path, file, found, signal) : found;
      if (measured === null) throw new ProgramError(noTimes, pasteable([path, ...args]), '');
      const video = measured.video && {
        ...measured.video,
        interlaced: await hasFields(path, file, measured, signal),
        changesSize: await hasSeveralSizes(path, file, measured, boxes.changes, signal),
      };
      return { ...measured, video };
    },
    async packets(file, stream, from, to, signal) {
      const what = [
        '-select_streams',
        `${stream}`,
        '-show_entries',
        'packet=pts_time,dts_time,flags',
        '-of',
        'csv=p=0',
      ];
      const stretch = ['-read_intervals', `${from.toFixed(3)}%${to.toFixed(3)}`];
      const args = ['-v', 'error', ...mediaGuard, ...what, ...stretch, '-i', `file:${file}`];
      return readPackets(await ask(path, args, file, signal, 32_000_000));
    },
  };
}

const neverInterlaced = ['vp8', 'vp9', 'av1', 'mjpeg', 'gif', 'png'];

/**
 * Whether the picture is interlaced. MP4 and MOV store that. Matroska and AVI often omit it or are wrong, so the first
 * frame is decoded.
 */
async function hasFields(
  path: string,
  file: string,
  { container, video }: VideoProbe,
  signal: AbortSignal,
): Promise<boolean> {
  if (video === null || video.interlaced || container !== 'other' || neverInterlaced.includes(video.codec)) {
    return video?.interlaced ?? false;
  }
  const first = [
    '-select_streams',
    `${video.index}`,
    '-read_intervals',
    '%+#1',
    '-show_entries',
    'frame=interlaced_frame',
  ];
  try {
    return /^1\b/m.test(
      await ask(path, ['-v', 'error', ...mediaGuard, ...first, '-of', 'csv=p=0', '-i', `file:${file}`], file, signal),
    );
  } catch (error) {
    throwIfMachine(error);
    // A frame that cannot be decoded is found when the video is rendered.
    if (error instanceof ProgramError) return false;
    throw error;
  }
}

/** Codecs that can be remuxed, and those of recordings whose size follows a connection or a window. */
const resizable = ['h264', 'hevc', 'vp8', 'vp9', 'av1'];

/**
 * Whether the frame size changes, as in recordings of streams and calls. Sizes change at key frames, so these are
 * decoded. An MP4 with a sample table is examined only if its boxes show a change.
 */
async function hasSeveralSizes(
  path: string,
  file: string,
  { container, fragmented, video }: VideoProbe,
  changes: Mp4Boxes['changes'],
  signal: AbortSignal,
): Promise<boolean> {
  if (video === null || !resizable.includes(video.codec)) return false;
  if (video.changesSize || (changes === null && container !== 'other' && !fragmented)) return video.changesSize;
  const what = ['-skip_frame', 'nokey', '-select_streams', `${video.index}`, '-show_entries', 'frame=width,height'];
  try {
    const args = ['-v', 'error', ...mediaGuard, ...what, '-of', 'csv=p=0', '-i', `file:${file}`];
    const sizes = [...(await ask(path, args, file, signal)).matchAll(/^(\d+),(\d+)/gm)].map(([size]) => size);
    return new Set(sizes).size > 1;
  } catch (error) {
    throwIfMachine(error);
    if (error instanceof ProgramError) return false;
    throw error;
  }
}

/** Besides streams and format also the first packets, which show whether the picture starts with a key frame. */
const described = ['-show_format', '-show_streams', '-show_packets', '-read_intervals', '%+#8', '-of', 'json'];

const noTimes = 'none of its frames says when it is shown; play it into a new file with a player or an editor';

/**
 * Whether packets have to be counted, which reads the whole file: if there is no sample table with durations, or it is
 * empty, or the picture starts between two key frames.
 */
function needsPackets({ container, fragmented, seconds, video }: VideoProbe, printed: string): boolean {
  if (video === null && seconds > 0) return false;
  if (container === 'other' || fragmented || !(seconds > 0)) return true;
  return firstPacketIsKey(printed, video?.index) === false;
}

/** The slowest disk speed assumed, in bytes a second, and the output size per packet line. */
const slowestDisk = 10_000_000;
const listedBytes = 4_000_000_000;

/** Measures the file by all its packets, in constant memory. */
async function measure(path: string, file: string, probe: VideoProbe, signal: AbortSignal): Promise<VideoProbe | null> {
  const what = ['-show_entries', 'packet=stream_index,pts_time,dts_time,duration_time,flags'];
  const args = ['-v', 'error', ...mediaGuard, ...what, '-of', 'compact=p=0:nk=1', '-i', `file:${file}`];
  const reader = packetReader(probe.format === 'mpegts');
  let begun = '';
  const onChunk = (chunk: Buffer) => {
    const text = begun + chunk.toString('latin1');
    const lines = text.split('\n');
    begun = lines.pop() ?? '';
    for (const line of lines) reader.take(line);
  };
  try {
    const seconds = 60 + probe.bytes / slowestDisk;
    await runProgram(path, args, { seconds, outputBytes: listedBytes, signal, reads: file, onChunk });
  } catch (error) {
    throwIfMachine(error);
    // What was read before the error is used anyway.
    if (!(error instanceof ProgramError)) throw error;
  }
  reader.take(begun);
  return byPackets(probe, reader.times());
}

async function ask(
  path: string,
  args: readonly string[],
  file: string,
  signal: AbortSignal,
  outputBytes = 4_000_000,
  onErrors?: (errors: string) => void,
): Promise<string> {
  try {
    return await runProgram(path, args, {
      seconds: 60,
      outputBytes,
      signal,
      reads: file,
      ...(onErrors && { onErrors }),
    });
  } catch (error) {
    if (!(error instanceof ProgramError) || error instanceof MachineError) throw error;
    // The file name is reported elsewhere; only the reason remains.
    throw new ProgramError(error.message.replace(`file:${file}: `, ''), error.command, error.lastLines, error);
  }
}
