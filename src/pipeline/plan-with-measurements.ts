import * as z from 'zod';
import { asError, stopsRun } from '../errors.ts';
import type { Caption } from '../model/caption.ts';
import type { Issue } from '../model/issue.ts';
import { machineIssue } from '../model/machine-errors.ts';
import type { Post } from '../model/post.ts';
import { sizeOnce } from '../plan/caption.ts';
import { type Answers, type Measure, Measurements, measureName } from '../plan/measure.ts';
import type { Plan } from '../plan/plan.ts';
import { type Material, type PlanOptions, planPost } from '../plan/post.ts';
import { shareRenditions } from '../plan/share.ts';
import { measure } from '../render/measure.ts';
import type { Stills } from '../render/stills.ts';
import type { ProbeCache } from '../state/probe-cache.ts';
import type { Target } from '../targets/target.ts';
import type { Tools } from '../tools/tools.ts';

/** Schemas for cached measurements: the cache is a file and therefore untrusted. */
const number = z.number();
const loudness = z.object({ integrated: number, truePeak: number }).nullable();
const answers: { readonly [Kind in keyof Answers]: z.ZodType<Answers[Kind]> } = {
  cover: number,
  'cut-points': z.object({
    keyFrames: z.array(z.object({ at: number, decodedAt: number })),
    stills: z.array(z.object({ from: number, to: number.nullable() })),
    silences: z.array(z.object({ from: number, to: number })),
    scenes: z.array(z.object({ at: number, score: number })),
  }),
  sound: z.boolean(),
  loudness,
  'limited-loudness': loudness,
  attention: z.object({ x: number, y: number }),
  zscale: z.boolean(),
};

/**
 * Plans a post for all targets together. Measurements of a video are made once for all of them, and cached.
 * @param measuring what may be measured; a plan that needs more is only a forecast
 * @param stills gets the frame of the best cover
 * @returns a plan for each target, in their order; or why the video could not be measured
 */
export async function planForAll(
  post: Post,
  material: Material,
  caption: Caption | null,
  targets: readonly Target[],
  options: PlanOptions,
  probeCache: ProbeCache,
  tools: Tools,
  signal: AbortSignal,
  measuring: Measuring = 'all',
  stills?: Stills,
): Promise<readonly Plan[] | Issue> {
  const measurements = new Measurements();
  const size = sizeOnce();
  try {
    for (;;) {
      const plans = targets.map((target) => planPost(post, material, caption, target, options, measurements, size));
      const wanted = measurements.takeWanted();
      if (wanted.length === 0 || material.kind !== 'video') return shareRenditions(post, plans, targets);
      let news = 0;
      for (const each of wanted) {
        const answer = await cachedAnswer(each, material, probeCache, async () =>
          mayMeasure(each, measuring) ? measure(each, material, tools, signal, stills) : notNow(),
        );
        if (answer === unknown) continue;
        measurements.answer(each, answer);
        news++;
      }
      if (news === 0) return shareRenditions(post, plans, targets);
    }
  } catch (error) {
    if (stopsRun(error)) throw error;
    return machineIssue(error) ?? { code: 'damaged', severity: 'error', actual: asError(error).message, limit: null };
  }
}

/**
 * `decisive`: measurements that can change the status or the warnings of a post, so not the best cover frame or the crop.
 * `quick`: only those that take no time.
 */
export type Measuring = 'all' | 'decisive' | 'quick';

function mayMeasure({ kind }: Measure, measuring: Measuring): boolean {
  if (measuring === 'all' || kind === 'zscale') return true;
  return measuring === 'decisive' && kind !== 'cover' && kind !== 'attention';
}

type Answer = Answers[Measure['kind']];

/** Placeholder for a measurement that was not made. */
const unknown = Symbol('unknown');
class Unknown extends Error {}

async function notNow(): Promise<never> {
  throw new Unknown('not measured in a forecast');
}

async function cachedAnswer(
  wanted: Measure,
  video: Material & { kind: 'video' },
  probeCache: ProbeCache,
  make: () => Promise<Answer>,
): Promise<Answer | typeof unknown> {
  try {
    if (wanted.kind === 'zscale') return await make();
    return await probeCache.get(video.file.path, measureName(wanted), answers[wanted.kind], make);
  } catch (error) {
    if (error instanceof Unknown) return unknown;
    throw error;
  }
}
