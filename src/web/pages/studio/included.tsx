import type { PostDetail } from '../../studio/api.ts';
import { remedy } from './actions.ts';
import { isReader } from './server.ts';
import { useSentences } from './store.ts';

/** Says that the person included a post which not everyone could see, with a button to undo that. */
export function Included({ detail: { account, key, included } }: { readonly detail: PostDetail }) {
  const s = useSentences();
  if (included === null) return null;
  return (
    <div class="row" data-studio="included">
      <p class="soft">{s.included(included)}</p>
      {!isReader && (
        <button type="button" class="plain" onClick={() => void remedy({ account, key }, { kind: 'exclude' })}>
          {s.takeBackInclusion}
        </button>
      )}
    </div>
  );
}
