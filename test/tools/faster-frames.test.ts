import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProgramError } from '../../src/errors.ts';
import { withFasterFrames } from '../../src/tools/faster-frames.ts';
import { createFfmpeg, type Ffmpeg } from '../../src/tools/ffmpeg.ts';
import { askProgram, type Program } from '../../src/tools/programs.ts';
import { temporaryFolder } from '../media.ts';
import { bundledPair } from '../programs.ts';

const folder = await temporaryFolder();
const signal = new AbortController().signal;
const frame = { inputs: [{ options: [], source: { lavfi: 'color=red:s=4x2:r=1:d=2' } }] };
const job = { ...frame, outputOptions: ['-pix_fmt', 'rgb24', '-f', 'rawvideo'] };
const unreadable = { ...job, inputs: [{ options: ['-f', 'h264'], source: { stdin: [Buffer.from('no video')] } }] };

/** npm's ffmpeg as if it were on PATH, after a pause. */
async function programOnPath(seconds: number): Promise<Program> {
  const path = join(folder, `ffmpeg-${seconds}`);
  await writeFile(path, `#!/bin/sh\nsleep ${seconds}\nexec '${bundledPair.ffmpeg}' "$@"\n`, { mode: 0o755 });
  const found = await askProgram('ffmpeg', path, 'path');
  if (typeof found === 'string') throw new Error(found);
  return found;
}

/** How many frames came, and how often the own program was asked. */
async function look(program: Program, what: typeof job | typeof unreadable) {
  let asked = 0;
  let frames = 0;
  const real = createFfmpeg(program.path, program.libavcodec);
  const own: Ffmpeg = {
    ...real,
    async frames(...args) {
      asked++;
      await real.frames(...args);
    },
  };
  const error = await withFasterFrames(program, own)
    .frames(what, 4 * 2 * 3, signal, () => {
      frames++;
      return false;
    })
    .catch((thrown: unknown) => thrown);
  return { asked, frames, isError: error instanceof ProgramError };
}

describe.skipIf(process.platform === 'win32')('which ffmpeg looks at frames', () => {
  it("npm's, if the one on PATH starts slowly", async () => {
    expect(await look(await programOnPath(0.4), job)).toEqual({ asked: 0, frames: 2, isError: false });
  });

  it('the one that was named, however slowly it starts', async () => {
    const named: Program = { ...(await programOnPath(0.4)), from: 'environment' };
    expect(await look(named, job)).toEqual({ asked: 1, frames: 2, isError: false });
  });

  it("the own one, if npm's cannot read the file, and its error is the one that is thrown", async () => {
    expect(await look(await programOnPath(0.4), unreadable)).toEqual({ asked: 1, frames: 0, isError: true });
  });
});
