import { useEffect, useState } from 'preact/hooks';
import type { OpenExport } from '../../studio/api.ts';
import { keepUploads, removeUploads, startRun } from './actions.ts';
import { formatNumber, formatSpan } from './format.ts';
import { isBusy, useModel, useSentences } from './store.ts';

/** What is in the exports, and how long their links live. */
export function Archive() {
  const s = useSentences();
  const exports = useModel((each) => each.state?.exports ?? []);
  const isWorking = useModel((each) => isBusy(each.state?.run));
  const isKept = useModel((each) => each.state?.isKept === true);
  const ownFiles = useModel((each) => each.state?.ownFiles ?? 0);
  const isAnyUploaded = exports.some(({ isUploaded }) => isUploaded) || ownFiles > 0;
  return (
    <section class="archive" aria-labelledby="archive-title">
      <div class="row">
        <h2 id="archive-title">{s.inExport(exports.length)}</h2>
        {isAnyUploaded && (
          <label class="check push">
            <input
              type="checkbox"
              checked={isKept}
              onChange={(event) => void keepUploads(event.currentTarget.checked)}
            />
            {s.keepUploads}
          </label>
        )}
        {isAnyUploaded && (
          <button type="button" class="plain" disabled={isWorking} onClick={() => void removeUploads()}>
            {s.forget}
          </button>
        )}
      </div>
      {exports.map((each) => (
        <OneExport key={each.name} open={each} isWorking={isWorking} />
      ))}
      {ownFiles > 0 && <p class="soft">{s.ownFiles(ownFiles)}</p>}
    </section>
  );
}

function OneExport({ open, isWorking }: { readonly open: OpenExport; readonly isWorking: boolean }) {
  const s = useSentences();
  const { inspection, problem, name } = open;
  const now = useNow();
  const hasPosts = useModel((each) => each.state?.accounts.some(({ isThere }) => isThere) === true);
  if (inspection === null) {
    return (
      <div class="card">
        <p class="name">{name}</p>
        {problem === null ? <p class="soft">{s.reading}</p> : <p class="bad">{s.programText(problem)}</p>}
      </div>
    );
  }
  const { counts, visibility, links, account } = inspection;
  const kept = visibility.private + visibility.friends;
  const left = links.firstExpiry === null ? null : (Date.parse(links.firstExpiry) - now) / 1000;
  const isUrgent = left !== null && left > 0 && links.alive > 0;
  const facts = (
    <>
      <dl class="facts">
        <Fact value={formatNumber(counts.posts)} label={s.factPosts(counts.posts)} />
        {counts.photoPosts > 0 && (
          <Fact value={formatNumber(counts.photoPosts)} label={s.factPhotoPosts(counts.photoPosts)} />
        )}
        {kept > 0 && <Fact value={formatNumber(kept)} label={s.factKept(kept)} />}
        {visibility.unknown > 0 && <Fact value={formatNumber(visibility.unknown)} label={s.factUnknown} tone="warn" />}
        {isUrgent && <Fact value={formatSpan(left)} label={s.factLinkEnds} tone={left < 86_400 ? 'bad' : 'warn'} />}
        {links.alive > 0 && <Fact value={formatNumber(links.alive)} label={s.factAlive(links.alive)} />}
        {links.expired > 0 && (
          <Fact value={formatNumber(links.expired)} label={s.factEnded(links.expired)} tone="warn" />
        )}
        {links.unknown > 0 && <Fact value={formatNumber(links.unknown)} label={s.factNoEnd} />}
        {counts.deleted > 0 && <Fact value={formatNumber(counts.deleted)} label={s.factDeleted(counts.deleted)} />}
        {counts.unreadable > 0 && (
          <Fact value={formatNumber(counts.unreadable)} label={s.factUnreadable(counts.unreadable)} tone="bad" />
        )}
      </dl>
      {links.expired > 0 && <p class="soft">{s.whatNow}</p>}
    </>
  );
  return (
    <div class="card">
      <div class="row">
        <div>
          <p class="name">{account ?? s.noAccount}</p>
          <p class="soft file-name">{name}</p>
        </div>
        {hasPosts && isUrgent && (
          <p class="warn push">
            {formatSpan(left)} {s.factLinkEnds}
          </p>
        )}
        {isUrgent && (
          <button
            type="button"
            class={hasPosts ? '' : 'push'}
            disabled={isWorking}
            onClick={() => void startRun('fetch')}
          >
            {s.fetchNow}
          </button>
        )}
      </div>
      {hasPosts ? (
        <details>
          <summary>{s.facts}</summary>
          {facts}
        </details>
      ) : (
        facts
      )}
      {problem !== null && <p class="bad">{s.programText(problem)}</p>}
    </div>
  );
}

function Fact({ value, label, tone }: { readonly value: string; readonly label: string; readonly tone?: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd class={tone ?? ''}>{value}</dd>
    </div>
  );
}

/** The current time, updated each second: the page counts down to the end of the links. */
function useNow(): number {
  const [now, set] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => set(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
