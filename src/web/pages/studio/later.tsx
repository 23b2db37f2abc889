import { useEffect, useState } from 'preact/hooks';
import { closePost, notify } from './actions.ts';
import { getModel } from './store.ts';

type Opened = typeof import('./open-post.tsx');

let loaded: Opened | null = null;

/** An opened post. Its script is loaded when the first post is opened, so that the page starts faster. */
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
    // On a narrow screen an empty view would cover the page.
    closePost();
  }
}
