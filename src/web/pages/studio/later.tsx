import { useEffect, useState } from 'preact/hooks';
import { closePost, notify } from './actions.ts';
import { getModel } from './store.ts';

type Opened = typeof import('./open-post.tsx');

let loaded: Opened | null = null;

/** A post that was opened, whose script is loaded with the first one: a page starts sooner without it. */
export function OpenPostLater(props: { readonly isOver: boolean }) {
  const [module, set] = useState(loaded);
  useEffect(() => {
    void loadOpenPost().then(() => set(loaded));
  }, []);
  return module === null ? null : <module.OpenPost {...props} />;
}

async function loadOpenPost(): Promise<void> {
  try {
    loaded ??= await import('./open-post.tsx');
  } catch {
    notify('problem', getModel().sentences.notAnswered);
    // Where it would cover the page, nothing else could be reached.
    closePost();
  }
}
