import { useSentences } from './store.ts';

interface ConflictProps {
  /** What was changed, in the words of the page. */
  readonly what: string;
  readonly ours: string;
  readonly theirs: string;
  readonly onMine: () => void;
  readonly onTheirs: () => void;
}

/** Two texts of one cell, of which the person picks one. */
export function Conflict({ what, ours, theirs, onMine, onTheirs }: ConflictProps) {
  const s = useSentences();
  return (
    <div class="conflict" role="alert" data-studio="conflict">
      <p>{s.conflict(what)}</p>
      <blockquote dir="auto">{ours || s.empty}</blockquote>
      <button type="button" onClick={onMine}>
        {s.keepMine}
      </button>
      <blockquote dir="auto">{theirs || s.empty}</blockquote>
      <button type="button" onClick={onTheirs}>
        {s.takeTheirs}
      </button>
    </div>
  );
}
