import { expect, it } from 'vitest';
import type { FfmpegJob } from '../../src/model/render-job.ts';
import type { PlannedFile } from '../../src/plan/plan.ts';
import { calibrate } from '../../src/render/calibrate.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { originalFile, pictureSettings, streams } from '../builders.ts';

/** A trial that reads to the end of a long video takes minutes, and then says that encoding is slow. */
it.each(['copy', 'silence'] as const)('two seconds of a long video are tried, no more; sound: %s', async (sound) => {
  const jobs: FfmpegJob[] = [];
  const tools = {
    ffmpeg: { run: async (job: FfmpegJob) => jobs.push(job) },
    files: { remove: async () => {} },
  } as unknown as Tools;
  const operation = { kind: 'transcode', picture: pictureSettings(), sound } as const;
  const file: PlannedFile = {
    ...{ name: 'video.mp4', role: 'video', source: originalFile(), streams, operation, seconds: 600 },
    ...{ why: [], key: 'a' },
  };
  const pace = await calibrate(file, 1, '/tmp', tools, new AbortController().signal);
  expect(pace).toBeGreaterThan(0);
  const read = jobs.flatMap(({ inputs }) => inputs.filter(({ source }) => 'file' in source));
  expect(read.length).toBeGreaterThan(0);
  for (const { options } of read) expect(options.join(' ')).toBe('-ss 299.000 -t 2.000');
});
