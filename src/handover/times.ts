import { momentOf } from '../posting/local-time.ts';
import type { HandOverContext, Package } from './contract.ts';
import type { Remark } from './reasons.ts';

/** How far ahead a tool can plan a post, in seconds. */
export interface Window {
  readonly least: number;
  readonly most: number;
}

export const hour = 3600;
export const day = 24 * hour;

export interface Timing {
  /** Unix seconds; 0: not planned. */
  readonly epoch: number;
  /** Whether the tool can plan it, as of now. The scripts judge it again when they run. */
  readonly isInWindow: boolean;
  readonly remark: Remark | null;
}

/** Whether the tool can plan the time of a package, as of now. */
export function timing({ planned }: Pick<Package, 'planned'>, { least, most }: Window, now: number): Timing {
  if (planned === null) return { epoch: 0, isInWindow: false, remark: null };
  const epoch = Math.floor(Date.parse(planned) / 1000);
  const ahead = epoch - now / 1000;
  const code = ahead <= 0 ? 'past' : ahead < least ? 'too-near' : ahead > most ? 'too-far' : null;
  return { epoch, isInWindow: code === null, remark: code && { code, actual: formatMoment(planned) } };
}

/** `2026-12-01 12:00`, as on the clock of this machine. */
export function clockTime(planned: string, { zone }: Pick<HandOverContext, 'zone'>): string {
  return formatMoment(momentOf(Date.parse(planned), zone));
}

function formatMoment(moment: string): string {
  return moment.slice(0, 16).replace('T', ' ');
}
