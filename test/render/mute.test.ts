import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Measurements } from '../../src/plan/measure.ts';
import { planPost } from '../../src/plan/post.ts';
import { render } from '../../src/render/index.ts';
import { openStills } from '../../src/render/stills.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { createFfmpeg } from '../../src/tools/ffmpeg.ts';
import { createFfprobe } from '../../src/tools/ffprobe.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { planOptions, post } from '../builders.ts';
import { makeMedia, outside, recipes, temporaryFolder } from '../media.ts';
import { bundledPair, type Pair, pairs } from '../programs.ts';

const signal = new AbortController().signal;
const folder = await temporaryFolder();

describe.each(pairs)('--sound mute, with $name', (pair: Pair) => {
  const tools = {
    ...{ ffmpeg: createFfmpeg(pair.ffmpeg), ffprobe: createFfprobe(pair.ffprobe), files: createFiles() },
  } as unknown as Tools;
  const ffmpeg = async (path: string, stream: string, how: readonly string[]) =>
    outside(pair.ffmpeg, ['-v', 'error', '-i', `file:${path}`, '-map', stream, ...how, '-']);

  it.each<['compliant' | 'hevc', string]>([
    ['compliant', 'remux'],
    ['hevc', 'transcode'],
  ])(
    'somebody else’s track on a video that is %s is silent all through, the picture is there: %s',
    async (recipe, action) => {
      const path = await makeMedia(folder, `${recipe}.mp4`, recipes[recipe], pairs.at(-1));
      const probe = await tools.ffprobe.probe(path, signal);
      const file = { path, bytes: probe.bytes, sha256: await tools.files.sha256(path, signal) };
      const options = planOptions({ sound: 'mute', names: ['maya'] });
      const song = post({ sound: 'Espresso - Sabrina Carpenter' });
      const plan = planPost(
        song,
        { kind: 'video', file, probe, still: null },
        null,
        rednote,
        options,
        new Measurements(),
      );
      const video = plan.kind === 'deliver' ? plan.parts[0]?.files[0] : undefined;
      if (!video) throw new Error(JSON.stringify(plan));
      expect(video.operation.kind).toBe(action);
      expect(video.why.map(({ code }) => code)).toContain('sound-muted');

      const out = join(folder, `${pair.libavcodec[0]}-${recipe}.mp4`);
      const making = { time: song.time, threads: 1, owned: true, signal, onProgress: () => {} };
      expect(
        await render(
          video,
          out,
          [rednote],
          { ...making, stills: openStills(tools, signal), probeSource: async () => probe },
          tools,
        ),
      ).toEqual([]);

      const heard = Buffer.from(await ffmpeg(out, '0:a:0', ['-ac', '1', '-ar', '8000', '-f', 's8']), 'latin1');
      expect(heard.length / 8000).toBeCloseTo(probe.seconds, 0);
      expect(new Set(heard)).toEqual(new Set([0]));
      const asked = ['-v', 'error', '-show_entries', 'stream=codec_name,nb_frames', '-of', 'csv=p=0', `file:${out}`];
      const [seen, sound, ...more] = (await outside(bundledPair.ffprobe, asked)).trim().split(/\s+/);
      expect([seen, sound?.split(',')[0], more]).toEqual(['h264,25', 'aac', []]);
      if (action === 'transcode') return;
      const packets = ['-c', 'copy', '-f', 'hash'];
      expect(await ffmpeg(out, '0:v:0', packets)).toBe(await ffmpeg(path, '0:v:0', packets));
    },
  );
});
