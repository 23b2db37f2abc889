import type { PostDetail } from '../../studio/api.ts';
import { choose } from './actions.ts';
import { Conflict } from './conflict.tsx';
import { useSentences } from './store.ts';

/** Choices of a post that were changed here and in the sheet. */
export function ChoiceConflicts({ detail }: { readonly detail: PostDetail }) {
  const s = useSentences();
  const { account, key, choices, conflicts } = detail;
  const names = { cover: s.cover, targets: s.platform, fit: s.fit };
  return (
    <>
      {conflicts.map(({ column, ours, theirs }) => {
        if (column !== 'cover' && column !== 'targets' && column !== 'fit') return null;
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
