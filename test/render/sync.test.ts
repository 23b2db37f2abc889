import { describe, expect, it } from 'vitest';
import type { VideoProbe } from '../../src/model/probe.ts';
import type { Operation } from '../../src/plan/plan.ts';
import { check } from '../../src/render/check.ts';
import { outOfStep } from '../../src/render/sync.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { createFfmpeg } from '../../src/tools/ffmpeg.ts';
import { createFfprobe } from '../../src/tools/ffprobe.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { audioStream, originalFile, pictureSettings, streams, videoProbe } from '../builders.ts';
import { makeMedia, picture, temporaryFolder, tone } from '../media.ts';
import { type Pair, pairs } from '../programs.ts';

/** A video whose picture and sound set in at these moments. */
const at = (shown: number, heard: number, fps = 30): VideoProbe =>
  videoProbe({ audio: [audioStream({ startsAt: heard })] }, { startsAt: shown, fps });
const mute = videoProbe({ audio: [] });

type Written = Parameters<typeof outOfStep>[0];
const remux: Written = { kind: 'remux', sound: 'copy' };
const silent: Written = { kind: 'remux', sound: 'silence' };
const newSound: Written = {
  ...{ kind: 'transcode', picture: 'copy', sound: { kbps: 128, channels: 2, downmix: false, gain: 0 } },
};
const newPicture: Written = { kind: 'transcode', picture: pictureSettings(), sound: 'copy' };
const allNew: Written = { ...newSound, picture: pictureSettings() };
const from = (seconds: number, operation: Written): Written => ({
  ...operation,
  span: { from: seconds, to: null, decodedTo: null },
});

describe('in sync', () => {
  it.each<[string, Written, VideoProbe, VideoProbe]>([
    ['both at once, as before', remux, at(0, 0), at(0, 0)],
    ['late sound that is copied is as late', remux, at(0, 0.5), at(0, 0.5)],
    ['a late picture that is copied is as late', remux, at(0.5, 0), at(0.5, 0)],
    ['a file that begins later as a whole', remux, at(0, 0), at(0.7, 0.7)],
    ['late sound made anew, as late', newSound, at(0, 0.5), at(0, 0.5)],
    ['late sound made anew, silence put before it', newSound, at(0, 0.5), at(0, 0)],
    ['a late picture made anew, its first frame put before it', newPicture, at(0.5, 0), at(0, 0)],
    ['a late picture made anew, as late', newPicture, at(0.5, 0), at(0.5, 0)],
    ['both late, both made anew and filled up', allNew, at(0.4, 0.5), at(0, 0)],
    ['a packet of sound', remux, at(0, 0), at(0, 0.05)],
    ['a frame, where one lasts long', newPicture, at(0, 0, 5), at(0.25, 0, 5)],
    ['silence begins with the picture', silent, at(0, 0.5), at(0, 0)],
    ['no sound, before or after', remux, mute, mute],
    ['a stretch after all has set in', from(9, remux), at(0, 0.5), at(0, 0)],
    ['a stretch before the sound sets in', from(2, remux), at(0, 2.5), at(0, 0.5)],
  ])('%s', (_, operation, source, result) => {
    expect(outOfStep(operation, source, result)).toBe(0);
  });
});

describe('out of sync', () => {
  it.each<[string, Written, VideoProbe, VideoProbe, number]>([
    ['copied sound comes late', remux, at(0, 0), at(0, 0.2), 0.2],
    ['copied sound comes early', remux, at(0, 0.5), at(0, 0.2), 0.3],
    ['the copied picture comes late', remux, at(0, 0), at(0.3, 0), 0.3],
    ['late sound lost its wait, though it was copied', remux, at(0, 0.5), at(0, 0), 0.5],
    ['new sound comes later than it should', newSound, at(0, 0.5), at(0, 0.8), 0.3],
    ['new sound comes before its picture', newSound, at(0.5, 0.5), at(0.5, -0.2), 0.2],
    ['a new picture comes late', newPicture, at(0, 0), at(0.2, 0), 0.2],
    ['silence begins late', silent, at(0, 0), at(0, 1), 1],
    ['a stretch: the sound kept the wait of the whole', from(2, remux), at(0, 2.5), at(0, 2.5), 2],
    ['two frames, where one lasts long', newPicture, at(0, 0, 5), at(0.4, 0, 5), 0.4],
  ])('%s', (_, operation, source, result, seconds) => {
    expect(outOfStep(operation, source, result)).toBe(seconds);
  });
});

const signal = new AbortController().signal;

describe.each(pairs)('with $name', (pair: Pair) => {
  it('fails a result whose sound moved by 0.3 s, passes one whose sound did not', async () => {
    const folder = await temporaryFolder();
    const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-ac', '2'];
    const front = ['-movflags', '+faststart'];
    const source = await makeMedia(folder, 'source.mp4', [...picture('90x160', 2), ...tone(2), ...codecs], pair);
    const copy = ['-map', '0:v', '-map', '1:a', '-c', 'copy', ...front];
    const again = ['-i', `file:${source}`];
    const good = await makeMedia(folder, 'good.mp4', [...again, ...again, ...copy], pair);
    const moved = await makeMedia(
      folder,
      'moved.mp4',
      [...again, '-itsoffset', '0.3', ...again, ...copy, '-t', '2'],
      pair,
    );
    const tools = {
      ...{ ffmpeg: createFfmpeg(pair.ffmpeg), ffprobe: createFfprobe(pair.ffprobe), files: createFiles() },
    } as unknown as Tools;
    const operation: Operation = { kind: 'remux', sound: 'copy' };
    const file = {
      ...({ name: 'video.mp4', role: 'video', source: { ...originalFile(), path: source }, operation } as const),
      ...{ streams, seconds: null, why: [], key: 'a' },
    };
    expect(
      await check(file, good, [rednote], async (path) => tools.ffprobe.probe(path, signal), tools, signal),
    ).toEqual([]);
    const [wrong] = await check(
      file,
      moved,
      [rednote],
      async (path) => tools.ffprobe.probe(path, signal),
      tools,
      signal,
    );
    expect(wrong).toMatchObject({ code: 'check-failed', limit: 'in step' });
    expect(wrong?.actual).toMatch(/^sound against picture: 0\.(2|3)/);
  });
});
