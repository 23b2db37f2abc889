import { useEffect, useRef, useState } from 'preact/hooks';
import type { PostDetail } from '../../studio/api.ts';
import { attempt } from './actions.ts';
import { Conflict } from './conflict.tsx';
import { languageName } from './format.ts';
import { useSaveAtLeave } from './save-at-leave.ts';
import { isReader, server } from './server.ts';
import { useSentences } from './store.ts';

/** The words in other languages, each beside the original. */
export function Translations({ detail }: { readonly detail: PostDetail }) {
  const s = useSentences();
  const { cells, translations } = detail;
  if (translations.length === 0) return null;
  return (
    <section class="translations" aria-labelledby="translations-title">
      <h3 id="translations-title">{s.translations}</h3>
      <p class="soft">{s.translationsHint}</p>
      {translations.map(({ language, title, caption }) => (
        <div key={language} class="translation">
          <h4>{languageName(language)}</h4>
          {(cells.title !== '' || title !== '') && (
            <Beside label={s.title} original={cells.title}>
              <TranslationCell detail={detail} column={`title_${language}`} value={title} label={s.title} />
            </Beside>
          )}
          <Beside label={s.body} original={cells.caption}>
            <TranslationCell detail={detail} column={`caption_${language}`} value={caption} label={s.body} />
          </Beside>
        </div>
      ))}
    </section>
  );
}

interface BesideProps {
  readonly label: string;
  readonly original: string;
  readonly children: preact.ComponentChildren;
}

function Beside({ label, original, children }: BesideProps) {
  const s = useSentences();
  return (
    <div class="pair">
      <div>
        <p class="soft">{s.originalOf(label)}</p>
        <blockquote dir="auto">{original || s.empty}</blockquote>
      </div>
      {children}
    </div>
  );
}

interface TranslationCellProps {
  readonly detail: PostDetail;
  readonly column: string;
  readonly value: string;
  readonly label: string;
}

/** What is typed is saved after a pause of this many milliseconds. */
const pause = 500;

function TranslationCell({ detail, column, value, label }: TranslationCellProps) {
  const s = useSentences();
  const { account, key } = detail;
  const [text, setText] = useState(value);
  const [theirs, setTheirs] = useState<string | null>(null);
  const seen = useRef(value);
  const typed = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Nothing is written until the person has chosen one of two texts. */
  const isOpen = useRef(false);
  const save = async () => {
    clearTimeout(timer.current);
    const wanted = typed.current;
    if (wanted === seen.current || isOpen.current) return;
    const before = seen.current;
    const answer = await attempt(async () => server.translation({ account, key }, column, wanted, before));
    if (answer === null) return;
    seen.current = answer.text;
    decide(answer.conflict);
  };
  const decide = (conflict: string | null) => {
    isOpen.current = conflict !== null;
    setTheirs(conflict);
  };
  const type = (next: string) => {
    typed.current = next;
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), pause);
  };
  // A cell that was not edited here shows what the sheet says.
  useEffect(() => {
    if (typed.current === seen.current) {
      typed.current = value;
      setText(value);
      seen.current = value;
    }
  }, [value]);
  useSaveAtLeave(() => void save());
  return (
    <div class="field">
      <label>
        <span class="soft">{s.translationOf(label)}</span>
        <textarea
          rows={2}
          dir="auto"
          data-column={column}
          readOnly={isReader}
          value={text}
          onInput={(event) => type(event.currentTarget.value)}
          onBlur={() => void save()}
        />
      </label>
      {theirs !== null && (
        <Conflict
          what={label}
          ours={text}
          theirs={theirs}
          onMine={() => {
            decide(null);
            void save();
          }}
          onTheirs={() => {
            decide(null);
            type(theirs);
          }}
        />
      )}
    </div>
  );
}
