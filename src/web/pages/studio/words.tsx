import { useEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import type { PostDetail, PostOnPlatform } from '../../studio/api.ts';
import { attempt } from './actions.ts';
import { Conflict } from './conflict.tsx';
import { platformName } from './filter.ts';
import { formatNumber } from './format.ts';
import { issueText } from './issue-text.ts';
import { type Planner, usePlanner } from './planner.ts';
import type { Counted, PlannedWords } from './planning.ts';
import { useSaveAtLeave } from './save-at-leave.ts';
import type { Sentences } from './sentences/en.ts';
import { isReader, type Options, server } from './server.ts';
import { update, useModel, useSentences } from './store.ts';
import { type Column, columns, WordEditor } from './word-editor.ts';

interface WordsProps {
  readonly detail: PostDetail;
  readonly target: string;
  readonly platform: PostOnPlatform | null;
}

/** The words of a post for all platforms, with a preview of what this platform gets. */
export function Words({ detail, target, platform }: WordsProps) {
  const s = useSentences();
  const planner = usePlanner();
  const options = useModel((each) => each.state?.options);
  const editor = useEditor(detail);
  const { cells, conflicts } = editor;
  const parts = platform?.packages.length ?? 1;
  const planned = useMemo(
    () => planWords(planner, detail, cells, target, options, parts),
    [planner, detail.facts, cells, target, options, parts],
  );
  const type = (column: Column) => (event: { currentTarget: { value: string } }) =>
    editor.type(column, event.currentTarget.value, performance.now());
  const field = { dir: 'auto', readOnly: isReader, onBlur: () => void editor.flush() } as const;
  return (
    <section class="words" aria-labelledby="words-title">
      <div class="row">
        <h3 id="words-title">{s.words}</h3>
        <p class="soft save-state" role="status">
          {s.saveStates[editor.state]}
        </p>
        <button type="button" class="plain push" disabled={!editor.canUndo} onClick={() => editor.undo()}>
          {s.undo}
        </button>
      </div>
      <p class="soft">{s.wordsForAll}</p>
      <div class="field">
        <label for="title-field">
          {s.title} <Count counted={planned?.counts.title ?? null} />
        </label>
        <input
          id="title-field"
          type="text"
          data-studio="title"
          value={cells.title}
          placeholder={planned?.title ?? ''}
          onInput={type('title')}
          {...field}
        />
      </div>
      <div class="field">
        <label for="body-field">
          {s.body} <Count counted={planned?.counts.body ?? null} />
        </label>
        <textarea
          id="body-field"
          rows={5}
          data-studio="body"
          value={cells.caption}
          onInput={type('caption')}
          {...field}
        />
      </div>
      <div class="field">
        <label for="hashtags-field">
          {s.hashtags} <Count counted={planned?.counts.hashtags ?? null} />
        </label>
        <input
          id="hashtags-field"
          type="text"
          data-studio="hashtags"
          value={cells.hashtags}
          placeholder={planned?.hashtags.join(' ') ?? ''}
          onInput={type('hashtags')}
          {...field}
        />
      </div>
      {!isReader &&
        conflicts.map((conflict) => (
          <Conflict
            key={`${conflict.column} ${conflict.ours}`}
            what={columnName(s, conflict.column)}
            {...editor.textsOf(conflict)}
            onMine={() => editor.resolve(conflict, 'mine')}
            onTheirs={() => editor.resolve(conflict, 'theirs')}
          />
        ))}
      {!isReader && detail.suggestions.length > 0 && cells.caption.trim() === '' && (
        <div class="suggestions">
          <p class="soft">{s.suggestions}</p>
          {detail.suggestions.map(({ from, text }) => (
            <button
              key={`${from} ${text}`}
              type="button"
              onClick={() => editor.type('caption', text, performance.now())}
            >
              <span dir="auto">{text}</span> <small class="soft">{s.programText(from)}</small>
            </button>
          ))}
        </div>
      )}
      <Preview planned={planned} target={target} platform={platform} isSaved={editor.state === 'saved'} />
    </section>
  );
}

function Count({ counted }: { readonly counted: Counted | null }) {
  const s = useSentences();
  if (counted === null) return null;
  const { count, max } = counted;
  return <span class={`count ${count > max ? 'bad' : ''}`}>{s.countOf(formatNumber(count), formatNumber(max))}</span>;
}

/** `Title 12 of 20 · text 116 of 1,000 · hashtags 4 of 10` */
export function countsText(s: Sentences, { title, body, hashtags }: PlannedWords['counts']): string {
  return [
    title === null ? null : s.countTitle(formatNumber(title.count), formatNumber(title.max)),
    s.countBody(formatNumber(body.count), formatNumber(body.max)),
    s.countHashtags(formatNumber(hashtags.count), formatNumber(hashtags.max)),
  ]
    .filter((each) => each !== null)
    .join(' · ');
}

interface PreviewProps {
  readonly planned: PlannedWords | null;
  readonly target: string;
  readonly platform: PostOnPlatform | null;
  readonly isSaved: boolean;
}

/** The words as the platform gets them, with their issues. */
function Preview({ planned, target, platform, isSaved }: PreviewProps) {
  const s = useSentences();
  const title = useModel((each) => platformName(each, target));
  if (planned === null) return <p class="soft">{s.loading}</p>;
  const { counts, warnings, leftOut, hashtags } = planned;
  const isOld = isSaved && platform?.status === 'delivered' && platform.posted === '' && isOther(planned, platform);
  return (
    <section class="preview" aria-labelledby="preview-title">
      <h4 id="preview-title">{s.asOn(title)}</h4>
      <p class="soft" data-studio="counter">
        {countsText(s, counts)}
      </p>
      <div class="as-posted" dir="auto">
        {planned.title !== null && <p class="as-title">{planned.title}</p>}
        {planned.body !== '' && <p class="as-body">{planned.body}</p>}
        {hashtags.length > 0 && <p class="as-tags">{hashtags.map((each) => `#${each}`).join(' ')}</p>}
      </div>
      <ul class="warnings" aria-live="polite">
        {[...new Set(warnings.map((each) => issueText(each, s)))].map((each) => (
          <li key={each} class="warn">
            {each}
          </li>
        ))}
        {leftOut.length > 0 && <li class="soft">{s.leftOut(leftOut.map(({ text }) => text.trim()).slice(0, 12))}</li>}
      </ul>
      {isOld && <p class="soft">{s.folderIsOlder}</p>}
    </section>
  );
}

/** Whether the folder has other words: the next run writes these into it. */
function isOther({ title, body, hashtags }: PlannedWords, { packages }: PostOnPlatform): boolean {
  const [made] = packages;
  if (made === undefined || packages.length > 1 || made.isEdited) return false;
  return made.title !== title || made.body !== body || made.hashtags.join(' ') !== hashtags.join(' ');
}

function planWords(
  planner: Planner | null,
  { facts }: PostDetail,
  cells: WordEditor['cells'],
  target: string,
  options: Options | undefined,
  parts: number,
): PlannedWords | null {
  const text = (value: Options[string] | undefined) =>
    typeof value === 'string' ? value : Array.isArray(value) ? value.join(' ') : '';
  const tags = text(options?.['tags'])
    .split(/[\s,;#＃]+/u)
    .filter(Boolean);
  return planner?.planWords(facts, cells, target, { tags, footer: text(options?.['footer']) }, parts) ?? null;
}

function columnName(s: Sentences, column: Column): string {
  return { title: s.title, caption: s.body, hashtags: s.hashtags }[column];
}

/** The editor of the open post. The last input is saved when another post is opened or the page is closed. */
function useEditor(detail: PostDetail): WordEditor {
  const [, draw] = useReducer<number, void>((count) => count + 1, 0);
  const kept = useRef<WordEditor | null>(null);
  const { account, key } = detail;
  kept.current ??= new WordEditor(detail, {
    save: async (cells, seen, decided) => {
      const answer = await attempt(async () => server.words({ account, key }, cells, seen, decided));
      if (answer !== null)
        markWords(
          account,
          key,
          columns.some((each) => answer.cells[each].trim() !== ''),
        );
      return answer;
    },
    changed: () => draw(),
  });
  const editor = kept.current;
  useEffect(() => editor.refresh(detail), [detail.cells, detail.conflicts]);
  const isConnected = useModel((each) => each.isConnected);
  useEffect(() => {
    if (isConnected) void editor.flush();
  }, [isConnected]);
  useSaveAtLeave(() => void editor.flush());
  return editor;
}

/** Updates the cards of the post at once: whether it has words. */
function markWords(account: string, key: string, hasWords: boolean): void {
  update(({ posts }) => {
    const cards = posts[account] ?? [];
    if (cards.every((card) => card.key !== key || card.hasWords === hasWords)) return {};
    return { posts: { ...posts, [account]: cards.map((card) => (card.key === key ? { ...card, hasWords } : card)) } };
  });
}
