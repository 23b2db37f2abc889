import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { softwareArgs } from '../../src/plan/encoder-args.ts';
import { createFfmpeg } from '../../src/tools/ffmpeg.ts';
import { temporaryFolder } from '../media.ts';
import { pairs } from '../programs.ts';

const folder = await temporaryFolder();
/** A wall that stands still, with the noise of a small camera. */
const filmed = 'color=0x507090:s=360x640:r=30:d=1,noise=alls=4:allf=t,format=yuv420p';

it.each(pairs)('a calm scene by a noisy camera stays small, with $name', async ({ ffmpeg, libavcodec }) => {
  const options = softwareArgs({ fps: 30, crf: 18, maxKbps: 12_000 }, 2);
  const bytesWith = async (name: string, ...more: string[]) => {
    const output = join(folder, `${libavcodec[0]}-${name}.mp4`);
    const inputs = [{ options: [], source: { lavfi: filmed } }];
    const job = { inputs, outputOptions: [...options, ...more], output };
    await createFfmpeg(ffmpeg, libavcodec).run(job, new AbortController().signal);
    return statSync(output).size;
  };
  // Whoever does not look ahead spends the bytes on noise that is gone in the next frame.
  expect(await bytesWith('ahead')).toBeLessThan((await bytesWith('at once', '-mbtree', '0', '-rc-lookahead', '0')) / 5);
});
