import type { Report, RunEvent, Status, Totals } from '../model.ts';
import { safeText } from './safe-text.ts';

export interface LineOptions {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly colours: boolean;
  readonly verbosity: 'quiet' | 'normal' | 'verbose';
}

/** A line for each post on stderr, a summary on stdout: for terminals, logs and pipes alike. */
export function lineReport(options: LineOptions): Report {
  const { out, err, verbosity } = options;
  const said = new Set<string>();
  const tell = (event: RunEvent) => {
    switch (event.type) {
      case 'run':
        if (verbosity !== 'quiet') err(runLine(event));
        return;
      case 'post':
        if (verbosity === 'quiet' && (event.status === 'delivered' || event.status === 'held')) return;
        for (const line of postLines(event, options, said)) err(line);
        return;
      case 'warning':
        err(safeText(`warning: ${event.message}`));
        return;
      case 'error':
        err(safeText(`port: ${event.message}`));
        return;
      case 'summary':
        for (const line of summaryLines(event)) out(line);
        return;
      case 'plan':
      case 'progress':
        return;
    }
  };
  return { tell };
}

type PostEvent = RunEvent & { readonly type: 'post' };
type SummaryEvent = RunEvent & { readonly type: 'summary' };

function runLine({ export: name, account, posts, selected, targets }: RunEvent & { readonly type: 'run' }): string {
  const of = selected === posts ? `${posts}` : `${selected} of ${posts}`;
  return safeText(`${name}: ${of} ${plural(posts, 'post')} by ${account}, to ${targets.join(', ')}`);
}

/** The post and what became of it; below it why, where it did not go out, or on request. */
function postLines(event: PostEvent, { colours, verbosity }: LineOptions, said: Set<string>): string[] {
  const done = event.unchanged ? 'already there' : [...new Set(event.actions)].join(', ');
  const head = `${painted(event.status, colours)} ${event.key}  ${event.target}${done ? `  (${done})` : ''}`;
  const why = event.issues.filter(
    ({ severity, code }) => verbosity === 'verbose' || severity !== 'info' || code === 'visibility',
  );
  // What is true of half the posts is said once, and counted in the summary's place: at the post that had it first.
  const fresh = why.filter(({ code, severity, message }) => {
    if (severity === 'error' || verbosity === 'verbose') return true;
    const seen = said.has(`${code} ${message}`);
    said.add(`${code} ${message}`);
    return !seen;
  });
  return [head, ...fresh.map(({ message }) => `            ${safeText(message)}`)];
}

const statuses: readonly Status[] = ['delivered', 'held', 'rejected', 'failed'];
const colourOf: Record<Status, number> = { delivered: 32, held: 36, rejected: 33, failed: 31 };

function painted(status: Status, colours: boolean): string {
  const word = status.padEnd(10);
  return colours ? `\u001b[${colourOf[status]}m${word}\u001b[0m` : word;
}

function summaryLines({ accounts, folders, exitCode }: SummaryEvent): string[] {
  const tables = Object.entries(accounts).flatMap(([account, byTarget]) => [
    '',
    safeText(account),
    ...Object.entries(byTarget).map(([target, totals]) => `  ${target.padEnd(9)} ${totalsLine(totals)}`),
  ]);
  const where = folders.map((folder) => safeText(`Your posts are in ${folder}`));
  const next = exitCode === 1 ? ['Some posts are not there: the reasons stand above, and in manifest.json.'] : [];
  return [...tables, ...(tables.length > 0 ? [''] : []), ...where, ...next];
}

function totalsLine(totals: Totals): string {
  return statuses
    .filter((status) => totals[status] > 0 || status === 'delivered')
    .map((status) => `${totals[status]} ${status}`)
    .join(', ');
}

function plural(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`;
}
