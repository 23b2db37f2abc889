import { count } from '../../../plan/counting.ts';
import { cut } from '../../../plan/cut.ts';
import { dayOf, timeOf } from '../../../posting/local-time.ts';
import { safeText } from '../../../report/safe-text.ts';

export interface PlannedLine {
  readonly target: string;
  /** The title of the platform. */
  readonly platform: string;
  readonly key: string;
  readonly name: string;
  readonly at: string;
}

const dayName = new Intl.DateTimeFormat('en-GB', {
  ...{ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' },
});

/** `Tue 1 Dec 2026` */
export function dayWords(day: string): string {
  return dayName.format(Date.parse(`${day}T12:00:00Z`)).replace(',', '');
}

/** The plan of an account, a heading for each day: at most 80 columns. */
export function calendarPage(account: string, planned: readonly PlannedLine[], zone: string): string {
  const days = [...new Set(planned.map(({ at }) => dayOf(at)))];
  const [first = '', last = ''] = [days[0], days.at(-1)];
  const span =
    first === last ? `on ${dayWords(first)}` : `on ${days.length} days, ${dayWords(first)} to ${dayWords(last)}`;
  const width = Math.max(...planned.map(({ platform }) => platform.length));
  const lines = [safeText(`${account}: ${planned.length} to post ${span} (${zone})`)];
  let day = '';
  for (const { at, platform, key, name } of planned) {
    if (dayOf(at) !== day) lines.push('', dayWords(dayOf(at)));
    day = dayOf(at);
    const room = 80 - 2 - 5 - 2 - width - 2 - 2 - key.length;
    lines.push(`  ${timeOf(at)}  ${platform.padEnd(width)}  ${inColumns(name, room)}  ${key}`);
  }
  return lines.join('\n');
}

/** Text that fills this many columns; wide letters take two. */
function inColumns(text: string, columns: number): string {
  const short = cut(safeText(text), { max: columns / 2, unit: 'half-width' }).text;
  return short + ' '.repeat(Math.max(0, columns - Math.ceil(count(short, 'half-width') * 2)));
}
