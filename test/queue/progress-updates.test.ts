import { expect, it } from 'vitest';
import { progressUpdates } from '../../src/queue/progress-updates.ts';

it('progress goes out at once with the plans, then once a second without them', () => {
  const sent: object[] = [];
  let now = 0;
  const onProgress = progressUpdates(
    (progress) => sent.push(progress),
    () => now,
  );
  const plans = [{ target: 'rednote', actions: ['copy'] }];
  for (const [at, share] of [
    [0, 0],
    [999, 0.1],
    [1000, 0.2],
    [1500, 0.3],
    [1999, 0.4],
    [2000, 0.5],
    [9000, 1],
  ] as const) {
    now = at;
    onProgress(share, plans);
  }
  expect(sent).toEqual([{ share: 0, plans }, { share: 0.2 }, { share: 0.5 }, { share: 1 }]);
});
