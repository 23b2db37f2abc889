import { dirname, join, parse } from 'node:path';
import { stopsRun } from '../errors.ts';
import type { Issue } from '../model/issue.ts';
import { failureOf, isMachineIssue } from '../model/machine-trouble.ts';
import type { VideoProbe } from '../model/probe.ts';
import type { PlannedFile } from '../plan/plan.ts';
import type { Target } from '../targets/target.ts';
import type { Tools } from '../tools/tools.ts';
import { check } from './check.ts';
import { type Encoders, softwareOnly } from './encoders.ts';
import { lighter } from './fit-bytes.ts';
import { type Making, make } from './make.ts';

/** What it takes to make a rendition and to check it. */
export interface Rendering extends Making {
  /** The facts that a source was planned with. */
  readonly probeSource: (path: string) => Promise<VideoProbe>;
}

/**
 * Makes one rendition, looks at the result, and only then gives it its name.
 * @param targets that will have it: it must please all of them
 * @param encoders what encodes pictures; where one fails that is not libx264, that has a try
 * @returns what went wrong; empty if the file is there and is what was planned
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
      // Where software fails too, it is the video's fault.
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
