import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { combineSettings } from '../../src/config/config-file.ts';
import { checkOptions } from '../../src/config/options.ts';
import type { RunEvent } from '../../src/model/event.ts';
import { port } from '../../src/pipeline/port.ts';
import { createTools } from '../../src/tools/create-tools.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { damagedExport, damagedKey as key } from '../damaged-export.ts';
import { temporaryFolder } from '../media.ts';

const signal = new AbortController().signal;

it('what is copied and comes out wrong is encoded once for all platforms, and the next run finds it', async () => {
  const folder = await temporaryFolder();
  const { json, media } = await damagedExport(folder);
  const out = join(folder, 'out');
  const names = ['rednote', 'lemon8', 'shorts'];
  const settings = combineSettings({ to: names.join(','), media: [media], out, offline: true }, null, checkOptions);
  const world = await createTools();
  const encodes: string[] = [];
  const watched: Tools = {
    ...world,
    ffmpeg: {
      ...world.ffmpeg,
      async run(job, ...rest) {
        encodes.push(job.outputOptions.includes('libx264') ? 'encode' : 'copy');
        await world.ffmpeg.run(job, ...rest);
      },
    },
  };
  const run = async () => {
    const ended: string[] = [];
    const tell = (event: RunEvent) => {
      if (event.type === 'post')
        ended.push(`${event.target} ${event.status} ${event.actions.join()} ${event.unchanged}`);
    };
    const { exitCode } = await port([json], settings, watched, tell, signal, { forecasts: false });
    expect(exitCode, ended.join('\n')).toBe(0);
    return ended.toSorted();
  };
  expect(await run()).toEqual(names.toSorted().map((name) => `${name} delivered transcode false`));
  const first = [...encodes];
  expect(first.filter((each) => each === 'encode')).toHaveLength(1);
  const [video, ...others] = await Promise.all(
    names.map(async (name) => readFile(join(out, 'maya', name, key, 'video.mp4'))),
  );
  for (const other of others) expect(other.equals(video ?? Buffer.alloc(0))).toBe(true);

  expect(await run()).toEqual(names.toSorted().map((name) => `${name} delivered transcode true`));
  expect(encodes).toEqual(first);
});
