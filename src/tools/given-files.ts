import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FfmpegInput, FfmpegJob } from '../model/render-job.ts';
import { makeTemporary } from './temporary.ts';

type Job = Pick<FfmpegJob, 'inputs'>;

/**
 * Writes inputs that are given as bytes into temporary files for the duration of a job. A pipe to the program would
 * save that, but a program for Windows under wine may wait forever at its end.
 */
export async function withGivenFiles<J extends Job, T>(job: J, work: (job: J) => Promise<T>): Promise<T> {
  if (!job.inputs.some(({ source }) => 'bytes' in source)) return await work(job);
  const folder = await makeTemporary('port-frames-');
  try {
    const inputs: FfmpegInput[] = [];
    for (const [index, { options, source }] of job.inputs.entries()) {
      const file = join(folder.path, String(index));
      if ('bytes' in source) await writeFile(file, source.bytes);
      inputs.push({ options, source: 'bytes' in source ? { file } : source });
    }
    return await work({ ...job, inputs });
  } finally {
    await folder.remove();
  }
}
