import type { Expected, Report, RunEvent, Status, Totals } from '../model/event.ts';
import { forecastLines } from './forecast.ts';
import { alwaysReported, grouped } from './grouped.ts';
import { openCommand, shownPath, withShownPaths } from './open-command.ts';
import { isInPlace, lastPart, missingLines, type OriginalsTally, originalWords, tallyOriginals } from './originals.ts';
import { safeText } from './safe-text.ts';

export interface LineOptions {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly colours: boolean;
  /** Decides the separators of shown paths and the command that opens a page. */
  readonly system: NodeJS.Platform;
  readonly verbosity: 'quiet' | 'normal' | 'verbose';
  /** `trouble`: prints lines only for posts with problems; what several posts share is summarised at the end. */
  readonly posts?: 'all' | 'trouble';
}

/** Prints a line for each post and outcome to stderr and a summary to stdout: for terminals, logs and pipes. */
export function lineReport(options: LineOptions): Report {
  const { out, err, verbosity } = options;
  const said = new Set<string>();
  const remarks = grouped();
  const waiting = new Map<string, PostEvent[]>();
  const atEnd: WarningEvent[] = [];
  const originals = tallyOriginals();
  /** By account: posts that were delivered before and have other words now. */
  const newWords = new Map<string, Set<string>>();
  let targets = 1;
  const flush = (post: string) => {
    for (const line of postLines(waiting.get(post) ?? [], options, said)) err(line);
    waiting.delete(post);
  };
  const tell = (event: RunEvent) => {
    originals.note(event);
    switch (event.type) {
      case 'run':
        targets = event.targets.length;
        if (verbosity !== 'quiet') err(runLine(event));
        return;
      case 'post': {
        if (options.posts === 'trouble') remarks.add(event);
        if (event.newWords) newWords.set(event.account, (newWords.get(event.account) ?? new Set()).add(event.key));
        const post = `${event.account}/${event.key}`;
        const events = [...(waiting.get(post) ?? []), event];
        waiting.set(post, events);
        if (events.length === targets) flush(post);
        return;
      }
      case 'warning':
        if (event.atEnd) {
          atEnd.push(event);
          return;
        }
        err(safeText(`warning: ${event.message}`));
        for (const line of fileLines(event.files ?? [], verbosity)) err(line);
        return;
      case 'error':
        err(safeText(`port: ${event.message}`));
        return;
      case 'summary':
        for (const post of waiting.keys()) flush(post);
        for (const line of spaced(remarks.lines())) err(line);
        for (const line of summaryLines(event, atEnd, originals, newWords, options.system)) out(line);
        return;
      case 'plan':
        if (event.expected) tell(expectedPost(event, event.expected));
        return;
      case 'forecast':
        if (verbosity !== 'quiet') for (const line of forecastLines(event)) err(line);
        return;
      case 'progress':
        return;
    }
  };
  return { tell };
}

type PostEvent = RunEvent & { readonly type: 'post' };
type WarningEvent = RunEvent & { readonly type: 'warning' };
/** In a dry run, an expected post is printed like a finished one. */
function expectedPost(
  { account, key, target, actions }: RunEvent & { readonly type: 'plan' },
  { status, toFetch, unchanged, issues }: Expected,
): PostEvent {
  // Being offline is not an issue of the post: the actual run may be online.
  const known = toFetch ? issues.filter(({ code }) => code !== 'offline') : issues;
  const shown = toFetch ? ['fetch first'] : actions;
  return {
    ...{ type: 'post', account, key, target, status, unchanged, actions: shown, issues: known },
    ...{ folder: null, original: null, bytes: 0 },
  };
}

type SummaryEvent = RunEvent & { readonly type: 'summary' };

function runLine({
  export: name,
  account,
  posts,
  selected,
  targets,
  dryRun,
}: RunEvent & { readonly type: 'run' }): string {
  const of = selected === posts ? `${posts}` : `${selected} of ${posts}`;
  const aim = isFetch(targets) ? 'originals only' : `to ${targets.join(', ')}`;
  return safeText(
    `${name}: ${of} ${plural(posts, 'post')} by ${account}, ${aim}${dryRun ? ' (a dry run: nothing is written)' : ''}`,
  );
}

/** The lines of a post: one for all targets with the same outcome, and below it the reasons. */
function postLines(all: readonly PostEvent[], options: LineOptions, said: Set<string>): string[] {
  const showsTrouble = options.verbosity === 'quiet' || options.posts === 'trouble';
  const wentWell = ({ status }: PostEvent) => status === 'delivered' || status === 'held';
  const events = showsTrouble ? all.filter((event) => !wentWell(event)) : all;
  const outcomes = new Map<string, PostEvent[]>();
  for (const event of events) {
    const messages = shownIssues(event, options).map(({ message }) => message);
    const outcome = JSON.stringify([event.status, doneWords(event), messages]);
    outcomes.set(outcome, [...(outcomes.get(outcome) ?? []), event]);
  }
  return [...outcomes.values()].flatMap((alike) => {
    const [first] = alike;
    if (!first) return [];
    const done = doneWords(first);
    const where = `${alike.map(({ target }) => target).join(', ')}${done ? ` (${done})` : ''}`;
    // An issue that applies to half of the posts is printed at the first of them, and again only where it leaves
    // something missing.
    const fresh = shownIssues(first, options).filter(({ message, code, severity }) => {
      const isWhy = first.status === 'failed' || first.status === 'rejected' || severity === 'error';
      const again = said.has(message) && !isWhy && code !== 'photo-missing';
      said.add(message);
      return !again;
    });
    const found = options.verbosity === 'verbose' && first.original ? [originalWords(first.original)] : [];
    const why = [...found, ...fresh.map(({ message }) => message)].map(
      (text) => `${' '.repeat(11)}${safeText(withShownPaths(text, options.system))}`,
    );
    return [`${painted(first.status, options.colours)} ${safeText(`${first.key}  ${where}`)}`, ...why];
  });
}

function doneWords({ target, unchanged, actions, original }: PostEvent): string {
  if (isFetch([target]) && original && isInPlace(original)) return 'in --media';
  return unchanged ? 'already there' : [...new Set(actions)].join(', ');
}

/** `port fetch` loads originals only and has no platform. */
export function isFetch(targets: readonly string[]): boolean {
  return targets.length === 1 && targets[0] === 'originals';
}

const filesShown = 10;

function fileLines(files: readonly string[], verbosity: LineOptions['verbosity']): string[] {
  const shown = verbosity === 'verbose' ? files : files.slice(0, verbosity === 'quiet' ? 0 : filesShown);
  const more = files.length - shown.length;
  return [
    ...shown.map((file) => `  ${safeText(file)}`),
    ...(more > 0 ? [`  ... and ${more} more: -v names them all`] : []),
  ];
}

function shownIssues({ issues }: PostEvent, { verbosity }: LineOptions): PostEvent['issues'] {
  return issues.filter(
    ({ severity, code }) => verbosity === 'verbose' || severity !== 'info' || alwaysReported.includes(code),
  );
}

const statuses: readonly Status[] = ['delivered', 'held', 'rejected', 'failed'];
const colourOf: Record<Status, number> = { delivered: 32, held: 36, rejected: 33, failed: 31 };

function painted(status: Status, colours: boolean): string {
  const word = status.padEnd(10);
  return colours ? `\u001b[${colourOf[status]}m${word}\u001b[0m` : word;
}

function summaryLines(
  { accounts, missing, folders, exitCode, dryRun, unreached = {} }: SummaryEvent,
  warnings: readonly WarningEvent[],
  originals: OriginalsTally,
  newWords: ReadonlyMap<string, ReadonlySet<string>>,
  system: NodeJS.Platform,
): string[] {
  const tables = Object.entries(accounts).flatMap(([account, byTarget]) => [
    '',
    safeText(account),
    ...Object.entries(byTarget).map(
      ([target, totals]) => `  ${target.padEnd(9)} ${totalsLine(totals, unreached[account]?.[target] ?? 0)}`,
    ),
    ...newWordsLines(newWords.get(account)?.size ?? 0),
  ]);
  const fetched = Object.values(accounts).some((byTarget) => isFetch(Object.keys(byTarget)));
  const where = fetched ? originals.lines(folders, system) : postsLines(accounts, folders, system);
  return [
    ...tables,
    ...spaced(missingLines(missing)),
    ...spaced(warnings.flatMap(warningLines)),
    ...(tables.length > 0 ? [''] : []),
    ...where,
    ...(dryRun || fetched ? [] : pages(accounts, folders, system)),
    ...(dryRun ? dryLines(exitCode) : nextLines(exitCode, fetched, accounts)),
  ];
}

/** The folders of delivered posts, or where the reason is recorded if none was delivered. */
function postsLines(accounts: SummaryEvent['accounts'], folders: readonly string[], system: NodeJS.Platform): string[] {
  return folders.map((folder) => {
    const byTarget = Object.values(accounts[lastPart(folder)] ?? {});
    const some = byTarget.some(({ delivered }) => delivered > 0);
    return `${some ? 'Your posts are in' : 'No post was delivered to'} ${shownPath(folder, system)}`;
  });
}

/** The commands that open the contact sheets of delivered posts, as the next step. */
function pages(accounts: SummaryEvent['accounts'], folders: readonly string[], system: NodeJS.Platform): string[] {
  const all = folders.flatMap((folder) => {
    const byTarget = accounts[lastPart(folder)] ?? {};
    return Object.entries(byTarget).flatMap(([target, { delivered }]) =>
      delivered > 0 ? [openCommand(`${folder}/${target}/index.html`, system)] : [],
    );
  });
  if (all.length > pagesShown) return ['Next: open the index.html of a platform there, and post from it.'];
  if (all.length === 0) return [];
  const what = all.length === 1 ? 'this page, and post from it' : 'these pages, and post from them';
  return [`Next: open ${what}:`, ...all.map((command) => `  ${command}`)];
}

const pagesShown = 6;

/** Separates these lines from those above. */
function spaced(lines: readonly string[]): string[] {
  return lines.length > 0 ? ['', ...lines] : [];
}

function dryLines(exitCode: number): string[] {
  if (exitCode === 130) return ['Interrupted.'];
  return ['This is what is expected; nothing was written. Without --dry-run it is done.'];
}

function nextLines(exitCode: number, fetched: boolean, accounts: SummaryEvent['accounts']): string[] {
  const reasons = fetched ? 'the reasons stand above.' : 'the reasons stand above, and in manifest.json.';
  if (exitCode === 130) return ['Interrupted. Run the same command again to go on from here.'];
  const some = Object.values(accounts).some((byTarget) =>
    Object.values(byTarget).some(({ delivered }) => delivered > 0),
  );
  return [
    ...(exitCode === 1 ? [`Some posts are not there: ${reasons}`] : []),
    ...(fetched && some ? ['Next: port on the same exports, with --to. Nothing is fetched twice.'] : []),
  ];
}

const namedPosts = 12;

/** Lists the posts of the warning, three a line, if there are only a few. */
function warningLines({ message, posts = [] }: WarningEvent): string[] {
  const named = posts.length > namedPosts ? [] : posts;
  const lines = named.flatMap((_, index) => (index % 3 === 0 ? [named.slice(index, index + 3).join('  ')] : []));
  return [message, ...lines.map((keys) => `  ${keys}`)].map(safeText);
}

/** @param unreached posts among the held ones that an interrupted run did not reach */
function totalsLine(totals: Totals, unreached: number): string {
  const shown: Totals = { ...totals, held: totals.held - unreached };
  return [
    ...statuses
      .filter((status) => shown[status] > 0 || status === 'delivered')
      .map((status) => `${shown[status]} ${status}`),
    ...(unreached > 0 ? [`${unreached} not reached yet`] : []),
  ].join(', ');
}

function newWordsLines(count: number): string[] {
  return count === 0 ? [] : [`  ${count} ${plural(count, 'post')} got new words`];
}

function plural(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`;
}
