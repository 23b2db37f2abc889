import type { AccountState, RunState } from '../../studio/api.ts';
import { control } from './actions.ts';
import { isLater, platformName } from './filter.ts';
import { formatKey, formatNumber, formatSpan } from './format.ts';
import { problemText } from './issue-text.ts';
import { isReader } from './server.ts';
import { useModel, useSentences } from './store.ts';

/** The run: its progress, the time left, its problems, and its result. */
export function Work() {
  const s = useSentences();
  const run = useModel((each) => each.state?.run);
  const accounts = useModel((each) => each.state?.accounts);
  if (run === undefined || accounts === undefined) return null;
  const hasPosts = accounts.some(({ isThere }) => isThere);
  if (run.state === 'idle' && !hasPosts) return null;
  return (
    <section class="work" aria-labelledby="work-title">
      <h2 id="work-title" class="unseen">
        {s.work}
      </h2>
      {run.state !== 'idle' && <Progress run={run} />}
      {run.problems.length > 0 && (
        <details class="card problems" open={run.problems.length <= 3}>
          <summary>{s.problems(run.problems.length)}</summary>
          <ul>
            {run.problems.map((each) => (
              <li key={each.message}>{problemText(each, s)}</li>
            ))}
          </ul>
        </details>
      )}
      {hasPosts && <Summary accounts={accounts} />}
    </section>
  );
}

function Progress({ run }: { readonly run: RunState }) {
  const s = useSentences();
  const { state, done, total, left, now, what, exitCode } = run;
  const over = exitCode === 130 ? s.stopped : exitCode === 2 ? s.nothingDone : s.runOver(what ?? 'all');
  const isOver = state === 'done';
  const isPaused = state === 'paused' || state === 'pausing';
  const said =
    state === 'pausing' ? s.pausing : state === 'stopping' ? s.stopping : state === 'paused' ? s.paused : null;
  return (
    <div class={`card progress ${isOver ? 'over' : ''}`} data-studio="progress" data-state={state}>
      <div class="row">
        <p class="how-far">
          {isOver ? over : total > 0 ? s.doneOf(formatNumber(done), formatNumber(total), total) : s.starting}
        </p>
        {!isOver && <progress {...(total > 0 ? { value: done, max: total } : {})} aria-label={s.work} />}
        {!isOver && said === null && left !== null && <p class="soft">{s.left(formatSpan(left))}</p>}
        {said !== null && <p class="warn">{said}</p>}
        {!isOver && !isReader && (
          <div class="row push">
            {isPaused ? (
              <button type="button" onClick={() => void control('resume')}>
                {s.goOn}
              </button>
            ) : (
              <button type="button" disabled={state !== 'running'} onClick={() => void control('pause')}>
                {s.pause}
              </button>
            )}
            <button
              type="button"
              data-studio="stop"
              disabled={state === 'stopping'}
              onClick={() => void control('stop')}
            >
              {s.stop}
            </button>
          </div>
        )}
      </div>
      {!isOver && now !== null && (
        <p class="soft now">
          {now.stage === 'make'
            ? s.making(formatKey(now.key, true))
            : now.done >= now.total && what !== 'fetch'
              ? s.preparing
              : s.fetching(formatNumber(now.done), formatNumber(now.total))}
        </p>
      )}
      <p class="unseen" role="status">
        {isOver ? over : (said ?? '')}
      </p>
    </div>
  );
}

/** The totals of all accounts and platforms, and of each account if there are several. */
function Summary({ accounts }: { readonly accounts: readonly AccountState[] }) {
  const s = useSentences();
  const chosen = useModel((each) => each.account);
  const state = useModel((each) => each.state);
  const posts = useModel((each) => each.posts);
  const left = (account: string, name: string) =>
    (posts[account] ?? []).filter((card) => card.target === name && isLater(card)).length;
  const there = accounts.filter(({ isThere }) => isThere);
  const shown = there.filter(({ account }) => chosen === null || account === chosen);
  const names = [...new Set(shown.flatMap(({ totals }) => Object.keys(totals)))];
  const rows = names.map((name) => ({
    name,
    title: platformName({ state }, name),
    totals: shown.reduce(
      (sum, { account, totals }) => ({
        delivered: sum.delivered + (totals[name]?.delivered ?? 0),
        held: sum.held + Math.max(0, (totals[name]?.held ?? 0) - left(account, name)),
        rejected: sum.rejected + (totals[name]?.rejected ?? 0),
        failed: sum.failed + (totals[name]?.failed ?? 0),
      }),
      { delivered: 0, held: 0, rejected: 0, failed: 0 },
    ),
  }));
  return (
    <ul class="summary" data-studio="summary" aria-label={s.summary}>
      {rows.map(({ name, title, totals }) => (
        <li key={name}>
          <b>{title}</b> <span class="good">{s.ready(formatNumber(totals.delivered), totals.delivered)}</span>
          {totals.held > 0 && <span> · {s.held(formatNumber(totals.held), totals.held)}</span>}
          {totals.rejected > 0 && (
            <span class="bad"> · {s.rejected(formatNumber(totals.rejected), totals.rejected)}</span>
          )}
          {totals.failed > 0 && <span class="bad"> · {s.failedCount(formatNumber(totals.failed), totals.failed)}</span>}
        </li>
      ))}
    </ul>
  );
}
