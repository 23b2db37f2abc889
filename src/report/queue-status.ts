import { durationWords } from './live-lines.ts';
import { safeText } from './safe-text.ts';

/** The result of `port queue status` (queue/status.ts). */
interface QueueStatus {
  readonly workers: readonly { readonly host: string; readonly jobs: number }[];
  readonly clients: readonly {
    readonly account: string;
    readonly waiting: number;
    readonly running: number;
    readonly done: number;
    readonly failed: number;
  }[];
  readonly postsPerMinute: number | null;
  readonly secondsLeft: number | null;
}

const columns = ['waiting', 'running', 'done', 'failed'] as const;
const widestName = 32;

/** The page: a row for each client, then the active workers and the remaining time; 80 columns. */
export function queueStatusPage({ workers, clients, postsPerMinute, secondsLeft }: QueueStatus): string {
  const cell = (value: string | number) => String(value).padStart(9);
  const name = (account: string) => {
    const characters = [...safeText(account)];
    const short = characters.length > widestName ? [...characters.slice(0, widestName - 1), '…'] : characters;
    return short.join('') + ' '.repeat(Math.max(0, widestName - short.length));
  };
  const row = (client: QueueStatus['clients'][number]) =>
    name(client.account) + columns.map((each) => cell(client[each])).join('');
  const head = ' '.repeat(widestName) + columns.map(cell).join('');
  const sum = (column: (typeof columns)[number]) => clients.reduce((all, client) => all + client[column], 0);
  const all = {
    account: 'all',
    ...Object.fromEntries(columns.map((each) => [each, sum(each)])),
  } as QueueStatus['clients'][number];
  const table = clients.length > 0 ? [head, ...clients.map(row), ...(clients.length > 1 ? [row(all)] : []), ''] : [];
  const jobs = workers.reduce((all, worker) => all + worker.jobs, 0);
  return [
    ...table,
    ...(clients.length > 0 ? [] : ['Nothing is in the queue.']),
    workerWords(workers, jobs),
    ...(clients.length > 0 && postsPerMinute !== null
      ? [`${postsPerMinute} posts a minute${secondsLeft === null ? '' : `, ${durationWords(secondsLeft)} left`}`]
      : []),
    ...(sum('failed') > 0 ? ['Posts that failed are tried again with port queue retry.'] : []),
  ].join('\n');
}

function workerWords(workers: QueueStatus['workers'], jobs: number): string {
  const [first] = workers;
  if (!first) return 'No worker is there: start port worker on a machine.';
  const hosts = [...new Set(workers.map(({ host }) => host))];
  const where = hosts.slice(0, 5).map(safeText).join(', ') + (hosts.length > 5 ? ` and ${hosts.length - 5} more` : '');
  return `${workers.length} ${workers.length === 1 ? 'worker' : 'workers'} on ${where}: ${jobs} ${jobs === 1 ? 'post' : 'posts'} at a time`;
}
