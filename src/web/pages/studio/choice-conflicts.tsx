import type { PostDetail } from '../../studio/api.ts';
import { choose } from './actions.ts';
import { Conflict } from './conflict.tsx';
import { useSentences } from './store.ts';

interface ChoiceConflictsProps {
  readonly detail: PostDetail;
  readonly columns: readonly (keyof PostDetail['choices'])[];
}

/** Choices of a post that were changed here and in the sheet. */
export function ChoiceConflicts({ detail, columns }: ChoiceConflictsProps) {
  const s = useSentences();
  const { account, key, choices, conflicts } = detail;
  const names = { cover: s.cover, targets: s.goesTo, fit: s.fit };
  return (
    <>
      {conflicts.map((conflict) => {
        const column = columns.find((each) => each === conflict.column);
        if (column === undefined) return null;
        const { ours, theirs } = conflict;
        const pick = (value: string) =>
          void choose({ account, key }, column, value, { seen: choices[column], decided: [ours, theirs] });
        return (
          <Conflict
            key={`${column} ${ours}`}
            {...{ what: names[column], ours, theirs }}
            onMine={() => pick(ours)}
            onTheirs={() => pick(theirs)}
          />
        );
      })}
    </>
  );
}
