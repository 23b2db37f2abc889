import { render } from 'preact';
import { openNamedPost, reload } from './actions.ts';
import { announceLeave, followEvents } from './events.ts';
import { chooseLanguage } from './language.ts';
import { startStore } from './store.ts';
import { Studio } from './studio.tsx';

const { name, tag, load } = chooseLanguage(navigator.languages);
document.documentElement.lang = tag;
const sentences = await load();
startStore({
  ...{ language: name, sentences, state: null, draft: null, waitsToTry: false, upload: null, posts: {} },
  ...{ opened: null, detail: null, view: 'posts', account: null, isConnected: true, notices: [] },
});
const place = document.getElementById('studio');
if (place === null) throw new Error('no place for the page');
render(<Studio />, place);
announceLeave();
await reload();
followEvents();
openNamedPost();
