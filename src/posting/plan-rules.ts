import type * as z from 'zod';
import { choice, wholeNumber } from '../config/option-values.ts';
import { checkTargets } from '../config/options.ts';
import { seeHelp, UsageError } from '../errors.ts';
import type { Target } from '../targets/target.ts';
import { didYouMean } from '../text/nearest.ts';
import { addDays, dayOf, isDay, isZone, machineZone, momentOf } from './local-time.ts';
import type { PlanRules } from './plan.ts';

/** The options of `port plan` as written. */
export interface PlanFlags {
  readonly perDay?: string;
  readonly at?: string;
  readonly start?: string;
  readonly zone?: string;
  readonly order?: string;
  readonly to?: string;
  readonly account?: string;
  readonly gap?: string;
  readonly skip?: string;
  readonly clear?: true;
  readonly json?: true;
}

export interface PlanOptions {
  readonly rules: PlanRules;
  readonly order: 'oldest' | 'newest' | 'likes';
  /** null: all platforms that have something. */
  readonly targets: readonly Target[] | null;
  /** `--zone` was given. */
  readonly isZoneGiven: boolean;
}

const orders = choice('--order', ['oldest', 'newest', 'likes']);
const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const units = { d: 24 * 60, h: 60, m: 1, min: 1 } as const;
const longestGapMinutes = 30 * units.d;

/**
 * Checks the options.
 * @param zone the zone of an earlier plan, for when none is given
 * @throws UsageError
 */
export function planOptions(flags: PlanFlags, zone: string | null, now: number): PlanOptions {
  const known = flags.zone ?? zone ?? machineZone();
  if (!isZone(known)) wrong(`--zone takes an IANA name such as Europe/Lisbon, not “${known}”.${nearZone(known)}`);
  return {
    rules: {
      perDay: checked(wholeNumber('--per-day', 100), flags.perDay ?? '2'),
      at: times(flags.at ?? '12:00,18:00'),
      start: startDay(flags.start ?? addDays(dayOf(momentOf(now, known)), 1)),
      zone: known,
      gap: minutesOf(flags.gap ?? '2h') * 60_000,
      skip: weekdays(flags.skip ?? ''),
    },
    order: checked(orders, flags.order ?? 'oldest'),
    targets: flags.to === undefined ? null : checkTargets(flags.to),
    isZoneGiven: flags.zone !== undefined,
  };
}

function wrong(sentence: string): never {
  throw new UsageError(seeHelp(sentence));
}

function checked<S extends z.ZodType>(schema: S, written: string): z.output<S> {
  const { data, error } = schema.safeParse(written);
  if (error) wrong(error.issues[0]?.message ?? '');
  return data as z.output<S>;
}

function nearZone(written: string): string {
  const zones = Intl.supportedValuesOf('timeZone');
  const city = written.trim().toLowerCase().replaceAll(' ', '_');
  const ofCity = zones.find((zone) => city !== '' && zone.toLowerCase().endsWith(`/${city}`));
  return ofCity === undefined ? didYouMean(written, zones) : ` Did you mean “${ofCity}”?`;
}

function list(written: string): string[] {
  return written
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}

function times(written: string): string[] {
  const found = list(written).map((each) => {
    const [, hour, minute] = /^(\d{1,2}):(\d\d)$/.exec(each) ?? [];
    if (hour === undefined || minute === undefined || Number(hour) > 23 || Number(minute) > 59)
      wrong(`--at takes times such as 12:00,18:30, not “${each}”`);
    return `${hour.padStart(2, '0')}:${minute}`;
  });
  if (found.length === 0) wrong('--at takes times such as 12:00,18:30');
  return [...new Set(found)].sort();
}

function startDay(written: string): string {
  if (!isDay(written)) wrong(`--start takes a day such as 2026-12-01, not “${written}”`);
  return written;
}

function minutesOf(written: string): number {
  const parts = [...written.replace(/\s/g, '').matchAll(/(\d{1,5})(d|h|min|m)/gi)];
  const isWhole = parts.map(([part]) => part).join('') === written.replace(/\s/g, '');
  const minutes = parts.reduce(
    (sum, [, number, unit]) => sum + Number(number) * units[(unit ?? 'm').toLowerCase() as keyof typeof units],
    0,
  );
  if (written.trim() === '0') return 0;
  if (parts.length === 0 || !isWhole || minutes > longestGapMinutes)
    wrong(`--gap takes a time such as 2h, 90m or 1d, up to 30 days, not “${written}”`);
  return minutes;
}

function weekdays(written: string): number[] {
  const found = list(written).map((each) => {
    const word = each.toLowerCase();
    const index = days.findIndex((day) => day === word || (word.length >= 2 && day.startsWith(word)));
    if (index < 0) wrong(`--skip takes weekdays such as sat,sun, not “${each}”`);
    return index + 1;
  });
  if (new Set(found).size === 7) wrong('--skip leaves no day of the week');
  return found;
}
