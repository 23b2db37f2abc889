import type { RunEvent } from '../../model/event.ts';
import type { PlatformForecast } from './api.ts';

export type Counts = NonNullable<PlatformForecast['counts']>;
type PlanEvent = Pick<RunEvent & { readonly type: 'plan' }, 'actions' | 'expected'>;

export const noCounts: Counts = {
  ...{ asTheyAre: 0, encoded: 0, split: 0, slideshows: 0 },
  ...{ toFetch: 0, held: 0, rejected: 0, failed: 0 },
};

/** The count to which a post belongs on a platform: each post counts once, by its largest change. */
export function kindOf({ actions, expected }: PlanEvent): keyof Counts | null {
  if (expected === undefined) return null;
  if (expected.status !== 'delivered') return expected.status;
  if (expected.toFetch) return 'toFetch';
  if (expected.issues.some(({ code }) => code === 'duration-split')) return 'split';
  if (actions.includes('slideshow')) return 'slideshows';
  return actions.some((action) => action === 'transcode' || action === 'image') ? 'encoded' : 'asTheyAre';
}
