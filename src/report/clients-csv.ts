import { stringify } from 'csv-stringify/sync';
import type { Report, RunEvent, Totals } from '../model/event.ts';
import { guarded } from './cell-guard.ts';

const columns = [
  ...['account', 'target', 'delivered', 'held', 'rejected', 'failed'],
  ...['copies', 'encodes', 'bytes', 'seconds'],
] as const;

/** What this run made for one account and target. Results of earlier runs are not counted again. */
interface Made {
  copies: number;
  encodes: number;
  /** Of all files of the packages, including texts. */
  bytes: number;
}

/**
 * Whether `text` wrote a file.
 * @param start its first bytes
 */
export function isClientsCsv(start: Uint8Array): boolean {
  return new TextDecoder().decode(start).startsWith(columns.join(','));
}

interface Account {
  readonly folder: string;
  readonly name: string;
  readonly started: number;
  readonly together: boolean;
  ended: number;
}

export interface ClientsCsv extends Report {
  /**
   * A row for each account and target, in the order of the run; UTF-8 with a byte order mark, which spreadsheets need.
   */
  text(): string;
}

/**
 * Collects the figures of a run with many clients. `seconds` is the time of the whole account, since its targets are
 * made together.
 * @param now Unix seconds, with fractions
 */
export function clientsCsv(now: () => number): ClientsCsv {
  const made = new Map<string, Made>();
  const accounts: Account[] = [];
  let summary: Readonly<Record<string, Readonly<Record<string, Totals>>>> = {};
  const madeFor = (account: string, target: string) => {
    const key = JSON.stringify([account, target]);
    const found = made.get(key) ?? { copies: 0, encodes: 0, bytes: 0 };
    made.set(key, found);
    return found;
  };
  const tell = (event: RunEvent) => {
    const current = accounts.at(-1);
    switch (event.type) {
      case 'run':
        if (current && !current.together) current.ended = now();
        accounts.push({
          folder: lastPart(event.folder),
          name: event.account,
          started: now(),
          together: event.together === true,
          ended: 0,
        });
        return;
      case 'post': {
        const own = current?.together ? accounts.findLast(({ name }) => name === event.account) : current;
        // If accounts are processed in parallel, each one's time ends with its last post.
        if (own?.together) own.ended = now();
        if (event.unchanged) return;
        const count = madeFor(own?.folder ?? '', event.target);
        count.copies += event.actions.filter((action) => action === 'copy').length;
        count.encodes += event.actions.filter((action) => action === 'transcode' || action === 'slideshow').length;
        count.bytes += event.bytes;
        return;
      }
      case 'summary':
        if (current && !current.together) current.ended = now();
        summary = event.accounts;
        return;
      default:
    }
  };
  const text = () => {
    const rows = accounts.flatMap(({ folder, name, started, ended }) =>
      Object.entries(summary[folder] ?? {}).map(([target, totals]) => {
        const seconds = Math.round(Math.max(0, ended - started) * 10) / 10;
        return { account: name, target, ...totals, ...madeFor(folder, target), seconds };
      }),
    );
    // A client's name may look like a formula.
    const cells = rows.map((row) =>
      columns.map((name) => (typeof row[name] === 'string' ? guarded(row[name]) : row[name])),
    );
    return stringify([columns, ...cells], { bom: true });
  };
  return { tell, text };
}

function lastPart(folder: string): string {
  return folder.split(/[/\\]/).at(-1) ?? folder;
}
