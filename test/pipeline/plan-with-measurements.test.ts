import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { InterruptedError, ToolMissingError } from '../../src/errors.ts';
import type { VideoProbe } from '../../src/model/probe.ts';
import { type Measuring, planForAll } from '../../src/pipeline/plan-with-measurements.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { Material, PlanOptions } from '../../src/plan/post.ts';
import { openStills } from '../../src/render/stills.ts';
import { openProbeCache, readFacts } from '../../src/state/probe-cache.ts';
import { targetsOfAll } from '../../src/targets/index.ts';
import { rednote } from '../../src/targets/rednote/index.ts';
import { reels } from '../../src/targets/reels.ts';
import { shorts } from '../../src/targets/shorts.ts';
import { cite, type Target } from '../../src/targets/target.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { imageProbe, originalFile, planOptions, post } from '../builders.ts';
import { temporaryFolder } from '../media.ts';
import { realTools } from './account-run.ts';
import { tinyPhoto, tinyVideo } from './tiny-media.ts';

const signal = new AbortController().signal;
let folder: string;
let world: Tools;
const at = (name: string) => join(folder, name);
const probes: Record<string, VideoProbe> = {};

beforeAll(async () => {
  [folder, world] = [await temporaryFolder(), await realTools()];
  for (const name of ['whole.mp4', 'wide.mp4', 'silent.mp4', 'four.mp4']) {
    await tinyVideo(folder, name);
    probes[name] = await world.ffprobe.probe(at(name), signal);
  }
  await tinyPhoto(folder, '01.jpg');
});

const pictureOf = (name: string) => probes[name]?.video as NonNullable<VideoProbe['video']>;

function videoOf(name: string, odd: Partial<VideoProbe> = {}): Material {
  const probe = { ...(probes[name] as VideoProbe), ...odd };
  return { kind: 'video', file: { ...originalFile(), path: at(name) }, probe, still: null };
}

/** The tools, which count the programs that are started to measure. */
function counting(tools: Tools): { readonly tools: Tools; readonly started: () => number } {
  let count = 0;
  type Run = (...args: unknown[]) => unknown;
  const counted = <T extends object>(program: T): T => {
    const calls = Object.entries(program).map(([name, run]: [string, Run]) => {
      const call: Run = (...args) => {
        if (name !== 'filters') count++;
        return run(...args);
      };
      return [name, call];
    });
    return Object.fromEntries(calls) as T;
  };
  const { ffmpeg, ffprobe } = tools;
  return { tools: { ...tools, ffmpeg: counted(ffmpeg), ffprobe: counted(ffprobe) }, started: () => count };
}

interface Run {
  readonly targets?: readonly Target[];
  readonly options?: Partial<PlanOptions>;
  readonly measuring?: Measuring;
  readonly tools?: Tools;
  /** The folder with the cache. */
  readonly own?: string;
}

/** Plans a post as a run does: the plans, the kinds of measurements in the cache afterwards, and the starts of programs. */
async function planned(material: Material, { targets = [rednote], options = {}, measuring, ...run }: Run = {}) {
  const { tools, started } = counting(run.tools ?? world);
  const own = run.own ?? (await temporaryFolder());
  const cache = await openProbeCache(own, tools.files);
  const kind = material.kind === 'video' ? 'video' : 'photos';
  const stills = openStills(tools, signal);
  const plans = await planForAll(
    ...([
      post({ kind }),
      material,
      null,
      targets,
      planOptions(options),
      cache,
      tools,
      signal,
      measuring,
      stills,
    ] as const),
  );
  await cache.save();
  const facts = [...(await readFacts(own, tools.files)).values()].flatMap((each) => Object.keys(each));
  const kinds = facts.map((each) => (JSON.parse(each) as string[][]).find(([name]) => name === 'kind')?.[1]);
  return { plans, measured: [...new Set(kinds)].sort(), started: started(), stills, own };
}

/** The operation for each file, by target. */
function operations(plans: Awaited<ReturnType<typeof planned>>['plans']) {
  if (!Array.isArray(plans)) throw new Error(`not planned: ${JSON.stringify(plans)}`);
  return (plans as readonly Plan[]).map((plan) =>
    plan.kind === 'reject' ? [] : plan.parts.flatMap(({ files }) => files.map(({ operation }) => operation)),
  );
}
const actions = (plans: Awaited<ReturnType<typeof planned>>['plans']) =>
  operations(plans).map((files) => files.map(({ kind }) => kind).join(' '));

const loud = { options: { loudness: -14 } };
/** Takes three seconds at most. */
const briefly: Target = {
  ...shorts,
  video: {
    ...shorts.video,
    accept: { ...shorts.video.accept, maxSeconds: cite('A', 'https://example.com', '2026-10').limit(3) },
  },
};

describe('what is measured of a video', () => {
  it.each<[string, string, Run, readonly string[]]>([
    ['the best cover', 'whole.mp4', {}, ['cover']],
    ['no cover where a forecast only wants the outcome', 'whole.mp4', { measuring: 'decisive' }, []],
    ['nothing where a forecast may take no time', 'whole.mp4', { measuring: 'quick' }, []],
    ['the loudness that was asked for', 'whole.mp4', loud, ['cover', 'loudness']],
    [
      'the loudness in a forecast, as it can be a warning',
      'whole.mp4',
      { measuring: 'decisive', ...loud },
      ['loudness'],
    ],
    ['no loudness where a forecast may take no time', 'whole.mp4', { measuring: 'quick', ...loud }, []],
    ['no loudness of a silent video', 'silent.mp4', loud, ['cover']],
    ['where to crop', 'wide.mp4', { targets: [shorts], options: { fit: 'crop' } }, ['attention', 'cover']],
    [
      'not where to crop, where a forecast only wants the outcome',
      ...(['wide.mp4', { targets: [shorts], options: { fit: 'crop' }, measuring: 'decisive' }, []] as const),
    ],
    [
      'where to cut what is too long, which decides whether it goes out',
      ...([
        'four.mp4',
        { targets: [briefly], options: { long: 'split' }, measuring: 'decisive' },
        ['cut-points', 'sound'],
      ] as const),
    ],
  ])('%s', async (_name, name, run, kinds) => {
    const { measured, started } = await planned(videoOf(name), run);
    expect(measured).toEqual(kinds);
    expect(started > 0).toBe(kinds.length > 0);
  });

  it('a forecast says the same of the files as the run, apart from what it did not measure', async () => {
    for (const measuring of ['all', 'decisive', 'quick'] as const) {
      const { plans } = await planned(videoOf('wide.mp4'), { targets: [rednote, shorts], measuring });
      expect([measuring, actions(plans)]).toEqual([measuring, ['copy image', 'transcode image']]);
    }
  });

  it('once for all platforms, and never again', async () => {
    const alone = await planned(videoOf('whole.mp4'));
    const all = await planned(videoOf('whole.mp4'), { targets: targetsOfAll });
    expect(all.started).toBe(alone.started);
    const again = await planned(videoOf('whole.mp4'), { targets: targetsOfAll, own: all.own });
    expect([again.started, again.plans]).toEqual([0, all.plans]);
  });

  it('the frame of the best cover is kept for the run that draws it', async () => {
    const { plans, stills } = await planned(videoOf('whole.mp4'));
    const cover = operations(plans)[0]?.find((operation) => operation.kind === 'image');
    expect(cover?.at).toBeTypeOf('number');
    expect(stills.has(at('whole.mp4'), 0, cover?.at ?? -1)).toBe(true);
  });

  it.each<[string, Measuring]>([
    ['run', 'all'],
    ['quick forecast', 'quick'],
  ])('in a %s, platforms that allow other bit rates share an encoding', async (_name, measuring) => {
    const long = {
      seconds: 200,
      bytes: 500_000_000,
      video: { ...pictureOf('four.mp4'), codec: 'vp9', width: 1080, height: 1920 },
    };
    const { plans } = await planned(videoOf('four.mp4', long), { targets: [rednote, reels], measuring });
    const keys = (plans as Plan[]).map((plan) => plan.kind === 'deliver' && plan.parts[0]?.files[0]?.key);
    expect(actions(plans)).toEqual(['transcode image', 'transcode image']);
    expect(keys[0]).toBe(keys[1]);
  });

  it('nothing of photos', async () => {
    const photo = { file: { ...originalFile(), path: at('01.jpg') }, probe: imageProbe({ width: 120, height: 160 }) };
    const found = await planned({ kind: 'photos', photos: [photo] }, { targets: [rednote] });
    expect([found.started, found.measured, actions(found.plans)]).toEqual([0, [], ['copy image']]);
  });

  it('whether ffmpeg has zscale is asked anew, also in a quick forecast: the next machine may have another one', async () => {
    const video = { ...pictureOf('whole.mp4'), transfer: 'smpte2084' };
    const own = await temporaryFolder();
    const light = async (filters: readonly string[]) => {
      const tools = { ...world, ffmpeg: { ...world.ffmpeg, filters: async () => new Set(filters) } };
      const { plans } = await planned(videoOf('whole.mp4', { video }), { own, tools, measuring: 'quick' });
      const [encoded] = operations(plans)[0] ?? [];
      return encoded?.kind === 'transcode' && encoded.picture !== 'copy' && encoded.picture.light;
    };
    expect([await light(['zscale']), await light([])]).toEqual(['zscale', 'curves']);
  });

  it.each([
    ['a cover', {}, /"kind\\+",\\+"cover\\+".*?:/, '"soon"'],
    ['a loudness', { loudness: -14 }, /"kind\\+",\\+"loudness\\+".*?:/, '{"integrated":"loud"}'],
  ])('%s in the cache that is forged is measured again', async (_name, options, place, forged) => {
    const { own, plans, started } = await planned(videoOf('whole.mp4'), { options });
    const path = join(own, '.port/cache.json');
    const cache = JSON.parse(await readFile(path, 'utf8')) as { files: Record<string, string> };
    const files = Object.fromEntries(
      Object.entries(cache.files).map(([name, text]) => {
        const entry = JSON.parse(text) as { facts: Record<string, unknown> };
        const facts = Object.entries(entry.facts).map(([what, value]) => [
          what,
          place.test(`${JSON.stringify(JSON.stringify(what))}:`) ? JSON.parse(forged) : value,
        ]);
        return [name, JSON.stringify({ ...entry, facts: Object.fromEntries(facts) })];
      }),
    );
    expect(files).not.toEqual(cache.files);
    await writeFile(path, JSON.stringify({ ...cache, files }));
    const again = await planned(videoOf('whole.mp4'), { options, own });
    expect(again.plans).toEqual(plans);
    expect([again.started > 0, again.started <= started]).toEqual([true, true]);
  });
});

describe('a video that cannot be measured', () => {
  it('because it was damaged since it was probed is named as damaged', async () => {
    await copyFile(at('whole.mp4'), at('lost.mp4'));
    probes['lost.mp4'] = await world.ffprobe.probe(at('lost.mp4'), signal);
    await writeFile(at('lost.mp4'), Buffer.alloc((await readFile(at('whole.mp4'))).length));
    const { plans } = await planned(videoOf('lost.mp4'));
    expect(plans).toMatchObject({ code: 'damaged', severity: 'error', actual: expect.stringMatching(/\w/) });
  });

  const failing = (thrown: unknown): Tools => {
    const fail = async () => Promise.reject(thrown);
    return { ...world, ffmpeg: { ...world.ffmpeg, capture: fail, lines: fail, frames: fail, report: fail } };
  };
  const system = (code: string) => Object.assign(new Error(`${code}: write`), { code, syscall: 'write', path: 'a' });

  it.each<[string, unknown, string]>([
    ['because a program fails: that is its trouble', new Error('no frame'), 'damaged no frame'],
    ['and the program does not say why', null, 'damaged a program failed and did not say why'],
    ['because the disk is full: the file is not damaged', system('ENOSPC'), 'disk-full null'],
    ['because the disk is gone: the file is not damaged', system('EIO'), 'disk-error a'],
  ])('%s', async (_name, thrown, expected) => {
    const { plans } = await planned(videoOf('whole.mp4'), { tools: failing(thrown) });
    expect('code' in plans && `${plans.code} ${plans.actual}`).toBe(expected);
  });

  it.each<[string, Error]>([
    ['an interruption', new InterruptedError('Interrupted')],
    ['a missing program', new ToolMissingError('There is no ffmpeg.')],
  ])('because of %s ends the run', async (_name, thrown) =>
    expect(planned(videoOf('whole.mp4'), { tools: failing(thrown) })).rejects.toBe(thrown),
  );
});
