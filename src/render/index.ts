import { dirname, join, parse } from 'node:path';
import { stopsRun } from '../errors.ts';
import type { Issue } from '../model/issue.ts';
import { failureOf, isMachineIssue } from '../model/machine-errors.ts';
import type { VideoProbe } from '../model/probe.ts';
import type { PlannedFile } from '../plan/plan.ts';
import type { Target } from '../targets/target.ts';
import type { Tools } from '../tools/tools.ts';
import { check } from './check.ts';
import { type Encoders, softwareOnly } from './encoders.ts';
import { lighter } from './fit-bytes.ts';
import { type Making, make } from './make.ts';

/** The input for making and checking a rendition. */
export interface Rendering extends Making {
  /** Returns the probe with which a source was planned. */
  readonly probeSource: (path: string) => Promise<VideoProbe>;
}

/**
 * Makes one rendition, checks the result, and only then renames it to its final name.
 * @param targets the platforms that share it: it must pass the checks of all of them
 * @param encoders selects the picture encoder; if a hardware encoder fails, libx264 is tried
 * @returns what went wrong; empty if the file exists and is as planned
 * @throws InterruptedError
 */
export async function render(
  file: PlannedFile,
  path: string,
  targets: readonly Target[],
  making: Rendering,
  tools: Tools,
  encoders: Encoders = softwareOnly,
): Promise<readonly Issue[]> {
  const { name, ext } = parse(path);
  const part = join(dirname(path), `.${name}.part${ext}`);
  const attempt = async (encoder: string): Promise<readonly Issue[]> => {
    try {
      await tools.files.remove(part);
      await make(file, part, making, tools, encoder);
      const made = await tools.files.facts(part);
      const again = lighter(file, made?.bytes ?? 0, targets);
      if (again) await make(again, part, making, tools, encoder);
      return await check(file, part, targets, making.probeSource, tools, making.signal);
    } catch (error) {
      if (stopsRun(error)) throw error;
      return [failureOf(error)];
    }
  };
  try {
    const encoder = await encoders.choose(file.operation, making.signal);
    let wrong = await attempt(encoder);
    if (wrong.length > 0 && encoder !== 'software' && !wrong.some(isMachineIssue)) {
      const [reason] = wrong;
      wrong = await attempt('software');
      // If software fails too, the cause is the video and not the encoder.
      if (wrong.length === 0) encoders.giveUp(encoder, String(reason?.actual ?? reason?.code));
    }
    if (wrong.length === 0) await tools.files.move(part, path);
    return wrong;
  } catch (error) {
    if (stopsRun(error)) throw error;
    return [failureOf(error)];
  } finally {
    await tools.files.remove(part);
  }
}
