import { expect, it } from 'vitest';
import type { VideoProbe } from '../../src/model.ts';
import { Measurements } from '../../src/plan/measure.ts';
import { planPost } from '../../src/plan/post.ts';
import { shareRenditions } from '../../src/plan/share.ts';
import { targets } from '../../src/targets/index.ts';
import { originalFile, planOptions, post, videoProbe } from '../builders.ts';

/** How many encodings there are for all four platforms, and what each does with the video. */
function shared(probe: VideoProbe) {
  const measured = new Measurements();
  const material = { kind: 'video', file: originalFile(), probe, still: null } as const;
  const plans = targets.map((target) => planPost(post(), material, null, target, planOptions(), measured));
  const videos = shareRenditions(post(), plans, targets).map((plan) =>
    plan.kind === 'reject' ? null : (plan.parts[0]?.files.find(({ role }) => role === 'video') ?? null),
  );
  const encoded = videos.filter((file) => file?.operation.kind === 'transcode');
  const actions = videos.map((file) => file?.operation.kind ?? 'reject').join(' ');
  return { encodings: new Set(encoded.map((file) => file?.key)).size, actions, videos };
}

const vp9 = { codec: 'vp9' };

it.each<[string, VideoProbe, number, string]>([
  ['compliant', videoProbe(), 0, 'copy copy copy copy'],
  ['HEVC, which two of them take', videoProbe({}, { codec: 'hevc' }), 1, 'transcode transcode copy copy'],
  ['a codec that none takes', videoProbe({}, vp9), 1, 'transcode transcode transcode transcode'],
  [
    '15 frames a second, too few for Reels',
    videoProbe({}, { ...vp9, fps: 15, baseFps: 15 }),
    1,
    'transcode transcode transcode transcode',
  ],
  [
    'landscape, upright on Shorts only',
    videoProbe({}, { ...vp9, width: 1920, height: 1080 }),
    2,
    'transcode transcode transcode transcode',
  ],
  ['landscape that others take', videoProbe({}, { width: 1920, height: 1080 }), 1, 'copy copy transcode copy'],
  [
    'so long that Reels can have 11 Mb/s',
    videoProbe({ seconds: 200, bytes: 500_000_000 }, vp9),
    1,
    'transcode transcode reject transcode',
  ],
  [
    'so long that Reels can have 4 Mb/s',
    videoProbe({ seconds: 600, bytes: 500_000_000 }, vp9),
    2,
    'transcode transcode reject transcode',
  ],
  ['too large for Reels', videoProbe({ seconds: 200, bytes: 400_000_000 }), 1, 'copy copy reject transcode'],
])('%s', (_odd, probe, encodings, actions) => {
  const made = shared(probe);
  expect(made.actions).toBe(actions);
  expect(made.encodings).toBe(encodings);
});

it('what is shared is within the strictest cap and rate', () => {
  const { videos } = shared(videoProbe({ seconds: 200, bytes: 500_000_000 }, { ...vp9, fps: 15, baseFps: 15 }));
  const caps = videos.flatMap((file) =>
    file?.operation.kind === 'transcode' && file.operation.picture !== 'copy' ? [file.operation.picture] : [],
  );
  expect(caps).toHaveLength(3);
  for (const { fps, maxKbps } of caps) {
    expect(fps).toBe(30);
    expect((maxKbps + 192) * 125 * 200).toBeLessThan(300_000_000);
  }
});
