import { inspectDocument, inspectPage } from '../../../report/inspect.ts';
import { message } from '../../../report/messages.ts';
import { createArchives } from '../../../tools/archives.ts';
import { inspect, skeleton } from './inspect.ts';

/** `port inspect`: needs no ffmpeg, so it works before anything is installed. */
export async function runInspect(path: string, flags: { json?: true; skeleton?: true }): Promise<string> {
  const world = { archives: createArchives(), now: () => Math.floor(Date.now() / 1000) };
  if (flags.skeleton) return await skeleton(path, world);
  const inspection = await inspect(path, world);
  return flags.json ? inspectDocument(inspection, message) : inspectPage(inspection, path, message, world.now());
}
