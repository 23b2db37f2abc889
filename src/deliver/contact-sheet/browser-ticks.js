import { show } from './browser-find.js';
import { body, cards, element, idOf, list, remember, say, server, ticked } from './browser-page.js';
import { sendAll, tickOnServer } from './browser-server.js';
import { isDone, keepTick, nameOf, showAll, showCard, showCounts, stateOf } from './browser-state.js';

list.addEventListener('change', ({ target }) => {
  const card = target instanceof HTMLInputElement ? target.closest('article') : null;
  if (!(target instanceof HTMLInputElement) || !card || target.dataset['tick'] === undefined) return;
  if (target.dataset['tick'] !== 'done') {
    if (target.checked) ticked.add(nameOf(target));
    else ticked.delete(nameOf(target));
  } else if (server.isThere) return void tickOnServer(card, target.checked);
  else keepTick(card, target.checked);
  remember();
  // The card stays visible, so that a mistake can be undone; the filter applies again when it is changed.
  showCard(card);
  showCounts();
});

/** Removes stored ticks that a newer page from disk already shows. */
export function forgetKnownTicks() {
  for (const card of server.isThere ? [] : cards)
    ticked.delete(`${idOf(card)} ${stateOf(card).isOut ? 'done' : 'undone'}`);
}

// ── Ticks in a file ────────────────────────────────────────────────────────────────────────────────────────────────

element('save').addEventListener('click', () => {
  const names = new Set([...ticked, ...cards.filter(isDone).map((card) => `${idOf(card)} done`)]);
  const rows = [...names].sort().map((name) => name.split(' ').join(','));
  const content = new Blob([`\uFEFFpost,tick\r\n${rows.map((row) => `${row}\r\n`).join('')}`], { type: 'text/csv' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = `ticks-${body.dataset['name']}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  say(`${rows.length} ticks saved`);
});

const file = /** @type {HTMLInputElement} */ (element('file'));
element('load').addEventListener('click', () => file.click());
file.addEventListener('change', async () => {
  const [chosen] = file.files ?? [];
  if (!chosen || chosen.size > 5_000_000) return;
  const names = namesIn(await chosen.text());
  const cardOf = new Map(cards.map((card) => [idOf(card), card]));
  const edits = [];
  for (const name of names) {
    const card = cardOf.get(name.replace(/ (?:un)?done$/, ''));
    const posted = / done$/.test(name);
    if (!card) ticked.add(name);
    else if (!server.isThere) keepTick(card, posted);
    else if (stateOf(card).isOut !== posted) edits.push({ key: idOf(card), posted });
  }
  file.value = '';
  remember();
  const { isSaved, sentence } = await sendAll(edits);
  showAll();
  show();
  say(isSaved ? `${names.length} ticks loaded` : sentence);
});

/** The names of ticks of this page in a file. @param {string} text */
function namesIn(text) {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (list.querySelectorAll('input[data-tick]'));
  const known = new Set([...boxes].map(nameOf));
  const names = text.split(/\r?\n/).map((line) =>
    line
      // Spreadsheets put quotes around, and semicolons or tabs between.
      .replaceAll('"', '')
      .split(/[,;\t]/)
      .slice(0, 2)
      .join(' ')
      .trim(),
  );
  return names.filter((name) => known.has(name.replace(/ undone$/, ' done')));
}
