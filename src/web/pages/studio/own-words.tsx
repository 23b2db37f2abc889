import { useEffect, useRef, useState } from 'preact/hooks';
import type { PostDetail, PostOnPlatform } from '../../studio/api.ts';
import { attempt, refreshDetail } from './actions.ts';
import { issueText } from './issue-text.ts';
import { usePlanner } from './planner.ts';
import { useSaveAtLeave } from './save-at-leave.ts';
import { server } from './server.ts';
import { useSentences } from './store.ts';
import { countsText } from './words.tsx';

interface OwnWordsProps {
  readonly detail: PostDetail;
  readonly platform: PostOnPlatform;
}

/** Words for this platform alone: the caption.txt of each package. */
export function OwnWords({ detail, platform }: OwnWordsProps) {
  const s = useSentences();
  const { packages, target } = platform;
  const isAnyEdited = packages.some(({ isEdited }) => isEdited);
  return (
    <details class="own-words">
      <summary>
        {s.ownWords} {isAnyEdited && <span class="warn">{s.ownWordsThere}</span>}
      </summary>
      <p class="soft">{s.ownWordsHint}</p>
      {packages.map((each, index) => (
        <CaptionText
          key={`${target} ${each.part}`}
          detail={detail}
          target={target}
          made={each}
          label={each.part === null ? s.ownWords : s.partOf(index + 1, packages.length)}
        />
      ))}
    </details>
  );
}

interface CaptionTextProps {
  readonly detail: PostDetail;
  readonly target: string;
  readonly made: PostOnPlatform['packages'][number];
  readonly label: string;
}

/** Texts that could not be saved, by package: they are shown again when the post is opened again. */
const unsaved = new Map<string, string>();

function CaptionText({ detail, target, made, label }: CaptionTextProps) {
  const s = useSentences();
  const planner = usePlanner();
  const place = { account: detail.account, key: detail.key, target, part: made.part };
  const id = JSON.stringify(place);
  const left = unsaved.get(id);
  const [text, setText] = useState(left ?? made.captionText);
  const [theirs, setTheirs] = useState(left === undefined ? null : made.captionText);
  const seen = useRef(made.captionText);
  useEffect(() => {
    if (text === seen.current) setText(made.captionText);
    if (text === seen.current || made.captionText === text) seen.current = made.captionText;
  }, [made.captionText]);
  const save = async (wanted: string | null) => {
    const answer = await attempt(async () => server.caption(place, wanted, seen.current));
    if (answer?.conflict === null) unsaved.delete(id);
    else if (wanted !== null) unsaved.set(id, wanted);
    if (answer === null) return;
    setTheirs(answer.conflict);
    seen.current = answer.conflict ?? answer.text;
    if (answer.conflict === null) setText(answer.text);
    await refreshDetail();
  };
  const saveTyped = () => {
    if (text !== seen.current && theirs === null) void save(text);
  };
  useSaveAtLeave(saveTyped);
  const warnings =
    planner === null || !(made.isEdited || text !== seen.current) ? [] : planner.judgeCaptionText(text, target);
  const counts = planner?.countCaptionText(text, target) ?? null;
  return (
    <div class="field">
      <label>
        <span class="unseen">{label}</span>
        <textarea
          rows={8}
          dir="auto"
          data-studio="caption"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onBlur={saveTyped}
        />
      </label>
      {counts !== null && <p class="soft own-counts">{countsText(s, counts)}</p>}
      <ul class="warnings" aria-live="polite">
        {[...new Set(warnings.map((each) => issueText(each, s)))].map((each) => (
          <li key={each} class="warn">
            {each}
          </li>
        ))}
      </ul>
      {theirs !== null && (
        <div class="conflict" role="alert">
          <p>{s.conflict('caption.txt')}</p>
          <blockquote dir="auto">{theirs}</blockquote>
          <button type="button" onClick={() => void save(text)}>
            {s.keepMine}
          </button>
          <button
            type="button"
            onClick={() => {
              unsaved.delete(id);
              setText(theirs);
              setTheirs(null);
            }}
          >
            {s.takeTheirs}
          </button>
        </div>
      )}
      <div class="row">
        {text !== seen.current && theirs === null && (
          <button type="button" onClick={() => void save(text)}>
            {s.save}
          </button>
        )}
        {made.isEdited && (
          <button type="button" class="plain" onClick={() => void save(null)}>
            {s.giveBack}
          </button>
        )}
      </div>
    </div>
  );
}
