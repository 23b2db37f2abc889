import type { Issue, VideoProbe } from '../model.ts';
import { whyNotImage, whyNotVideo } from '../plan/accept.ts';
import { contentHashArgs, decodeArgs, packetHashArgs } from '../plan/ffmpeg-args.ts';
import type { Operation, PlannedFile } from '../plan/plan.ts';
import type { Target } from '../targets/target.ts';
import type { Tools } from '../tools/tools.ts';

/** Two frames at 24 a second, and one packet of AAC. */
const lengthTolerance = 0.11;

/**
 * Looks at a finished file as if a stranger had made it, before it gets its name: the platforms' own predicate must find
 * nothing, a remux must hold the same packets, what was encoded must decode. A copy is the original, byte for byte
 * (link, or a copy that the file system makes), and needs none of it.
 * @returns what is wrong; empty if it is what was planned
 */
export async function check(
  file: PlannedFile,
  made: string,
  targets: readonly Target[],
  tools: Tools,
  signal: AbortSignal,
): Promise<Issue[]> {
  if (file.operation.kind === 'copy') return [];
  if (file.operation.kind === 'image' || file.operation.kind === 'strip') {
    return await checkImage(file, file.operation, made, targets, tools);
  }

  const probe = await tools.ffprobe.probe(made, signal);
  const refused = targets.flatMap((target) => whyNotVideo(probe, target.video.accept));
  const wrong = [...refused.map((issue) => failed(issue.code, issue.actual, issue.limit)), ...checkLength(file, probe)];
  if (wrong.length > 0) return wrong;
  if (file.operation.kind === 'remux' || file.operation.picture === 'copy') {
    if (!(await sameStream(file.source.path, made, 'v:0', tools, signal))) {
      return [failed('picture packets', 'changed', 'the same')];
    }
  }
  if (file.operation.sound === 'copy' && probe.audio.length > 0) {
    if (!(await sameStream(file.source.path, made, 'a:0', tools, signal))) {
      return [failed('sound packets', 'changed', 'the same')];
    }
  }
  if (file.operation.kind === 'transcode') await tools.ffmpeg.capture(decodeArgs(made), 1000, signal);
  return [];
}

async function checkImage(
  file: PlannedFile,
  operation: Extract<Operation, { readonly kind: 'image' | 'strip' }>,
  made: string,
  targets: readonly Target[],
  tools: Tools,
): Promise<Issue[]> {
  const probe = await tools.images.probe(made);
  const wrong: Issue[] = [];
  if (operation.kind === 'strip') {
    const [before, after] = await Promise.all([file.source.path, made].map(tools.images.pictureHash));
    if (before === null || before !== after) wrong.push(failed('picture', 'changed', 'the same'));
  } else {
    const { format, width, height } = operation.settings;
    if (probe.format !== format) wrong.push(failed('format', probe.format, format));
    if (probe.width !== width || probe.height !== height) {
      wrong.push(failed('size', `${probe.width}x${probe.height}`, `${width}x${height}`));
    }
  }
  if (file.role === 'cover') return wrong;
  for (const { photos } of targets) {
    if (!photos) continue;
    wrong.push(...whyNotImage(probe, photos.accept).map(({ code, actual, limit }) => failed(code, actual, limit)));
  }
  return wrong;
}

function checkLength({ seconds }: PlannedFile, probe: VideoProbe): Issue[] {
  if (seconds === null || Math.abs(probe.seconds - seconds) <= lengthTolerance) return [];
  return [failed('duration', Math.round(probe.seconds * 100) / 100, Math.round(seconds * 100) / 100)];
}

/** The same packets; or, where a container changed their form, packets that decode to the same. */
async function sameStream(
  a: string,
  b: string,
  stream: 'v:0' | 'a:0',
  tools: Tools,
  signal: AbortSignal,
): Promise<boolean> {
  for (const args of [packetHashArgs, contentHashArgs]) {
    const hashes = await Promise.all([a, b].map((path) => tools.ffmpeg.capture(args(path, stream), 1000, signal)));
    const [first = '', second = ''] = hashes.map((hash) => new TextDecoder().decode(hash));
    if (first !== '' && first === second) return true;
  }
  return false;
}

function failed(what: string, actual: Issue['actual'], limit: Issue['limit']): Issue {
  return { code: 'check-failed', severity: 'error', actual: `${what}: ${actual}`, limit: `${limit}` };
}
