import { useEffect, useState } from 'preact/hooks';
import { dismiss, openSample, setLanguage } from './actions.ts';
import { Archive } from './archive.tsx';
import { Calendar } from './calendar.tsx';
import { Choices } from './choices.tsx';
import { DropZone, useDrop } from './drop.tsx';
import { Grid } from './grid.tsx';
import { type LanguageName, languages } from './language.ts';
import { OpenPostLater } from './later.tsx';
import { isReader } from './server.ts';
import { update, useModel, useSentences } from './store.ts';
import { Work } from './work.tsx';

/** The width from which a post is opened beside the others. */
const wide = '(min-width: 1000px)';

/** The whole page: the export, the choices, the run, and the posts. */
export function Studio() {
  const s = useSentences();
  const state = useModel((each) => each.state);
  const opened = useModel((each) => each.opened);
  const view = useModel((each) => each.view);
  const isWide = useMedia(wide);
  const isOver = opened !== null && !isWide;
  useDrop();
  useEffect(() => {
    document.body.classList.toggle('covered', isOver);
  }, [isOver]);
  const hasPosts = state?.accounts.some(({ isThere }) => isThere) === true;
  const hasExports = (state?.exports.length ?? 0) > 0;
  return (
    <>
      <div class="page" inert={isOver}>
        <Header />
        <main id="main">
          <Notices />
          {state?.isSample && <SampleBar />}
          {state === null ? (
            <p class="soft" role="status">
              {s.loading}
            </p>
          ) : (
            <>
              {!isReader && !state.isSample && <DropZone isLarge={!hasPosts && !hasExports} />}
              {!isReader && state.ownFiles > 0 && !hasExports && <p class="card">{s.ownFilesAlone(state.ownFiles)}</p>}
              {!isReader && hasExports && <Archive />}
              {!isReader && hasExports && <Choices />}
              <Work />
              {hasPosts && (
                <section class="workspace" aria-labelledby="posts-title">
                  <div class="workspace-head">
                    <h2 id="posts-title">{s.posts}</h2>
                    <fieldset class="tabs" aria-label={s.view}>
                      {(['posts', 'plan'] as const).map((each) => (
                        <button
                          key={each}
                          type="button"
                          aria-pressed={view === each}
                          onClick={() => update({ view: each })}
                        >
                          {each === 'posts' ? s.viewPosts : s.viewPlan}
                        </button>
                      ))}
                    </fieldset>
                  </div>
                  <div class={opened !== null && isWide ? 'beside' : ''}>
                    <div class="main-column">{view === 'posts' ? <Grid /> : <Calendar />}</div>
                    {opened !== null && isWide && <OpenPostLater isOver={false} />}
                  </div>
                </section>
              )}
            </>
          )}
        </main>
        <footer class="soft">port {state?.version}</footer>
      </div>
      {isOver && <OpenPostLater isOver={true} />}
    </>
  );
}

function Header() {
  const s = useSentences();
  const out = useModel((each) => (each.state?.isSample ? undefined : each.state?.out));
  const language = useModel((each) => each.language);
  const change = async (list: HTMLSelectElement) => {
    list.value = await setLanguage(list.value as LanguageName);
  };
  return (
    <header class="top">
      <a class="skip" href="#main">
        {s.skip}
      </a>
      <h1>{s.studio}</h1>
      {out !== undefined && (
        <p class="soft out">
          {s.writesInto} <code>{out}</code>
        </p>
      )}
      <label class="language">
        <span class="unseen">{s.language}</span>
        <select value={language} onChange={(event) => void change(event.currentTarget)}>
          {languages.map(({ name, title, tag }) => (
            <option key={name} value={name} lang={tag}>
              {title}
            </option>
          ))}
        </select>
      </label>
    </header>
  );
}

/** Says that the shown posts are a sample. */
function SampleBar() {
  const s = useSentences();
  return (
    <section class="sample-bar" aria-label={s.sample}>
      <p>
        <b>{s.sample}</b> {s.sampleHint}
      </p>
      {!isReader && (
        <button type="button" onClick={() => void openSample(false)}>
          {s.leaveSample}
        </button>
      )}
    </section>
  );
}

function Notices() {
  const s = useSentences();
  const notices = useModel((each) => each.notices);
  const isConnected = useModel((each) => each.isConnected);
  return (
    <div class="notices" role="status">
      {!isConnected && <p class="notice problem">{s.notConnected}</p>}
      {notices.map(({ id, kind, text }) => (
        <p key={id} class={`notice ${kind}`}>
          <span>{text}</span>
          <button type="button" class="plain" onClick={() => dismiss(id)}>
            {s.dismiss}
          </button>
        </p>
      ))}
    </div>
  );
}

function useMedia(query: string): boolean {
  const [matches, set] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const check = () => set(list.matches);
    list.addEventListener('change', check);
    return () => list.removeEventListener('change', check);
  }, [query]);
  return matches;
}
