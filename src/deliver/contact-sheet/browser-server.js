import { arrange, startOrder } from './browser-find.js';
import { body, cards, element, idOf, list, remember, served, server, ticked } from './browser-page.js';
import { onTheWay, setState, setZone, showAll, showCard, showCounts, stateOf } from './browser-state.js';

/**
 * The page as `port serve` shows it: ticks, links and notes go to posting.csv, and changes by others appear at once.
 *
 * @typedef {{ key: string, planned: string, posted: string, parts: string[], url: string, note: string }} Row
 * @typedef {{ zone: string | null, delivered: number, posts: Row[], issues: string[] }} Said
 * @typedef {{ key: string, posted?: boolean, url?: string, note?: string }} Edit
 * @typedef {{ isSaved: boolean, sentence: string }} Answer `sentence`: a message for the person, also if it is saved
 */

/** @type {Map<string, HTMLElement[]>} */
const cardsByKey = new Map();
for (const card of cards) {
  const [key = ''] = idOf(card).split('/');
  cardsByKey.set(key, [...(cardsByKey.get(key) ?? []), card]);
}

/** @param {string} path */
function at(path) {
  return new URL(path, location.href).href;
}

// ── What comes from the server ─────────────────────────────────────────────────────────────────────────────────────

/** @type {EventSource | null} */
let source = null;
let wasConnected = false;

/** Listens only while the page is visible: browsers open at most six connections to one server. */
function listen() {
  if (source !== null || document.hidden || !server.isThere) return;
  source = new EventSource(at('posting/events'));
  source.addEventListener('state', ({ data }) => {
    const isFirst = !wasConnected;
    wasConnected = true;
    showProblem('');
    receive(JSON.parse(data));
    if (isFirst) void start();
  });
  source.addEventListener('error', () => {
    if (source?.readyState !== EventSource.CLOSED)
      return showProblem('port serve does not answer: what you see may be old.');
    stopListening();
    if (wasConnected) showProblem('This page is not served any more: open the address that port serve prints now.');
    else leaveServer();
  });
}

function stopListening() {
  source?.close();
  source = null;
}

/** The page comes from another server, without posting.csv: ticks stay in the browser. */
function leaveServer() {
  server.isThere = false;
  showAll();
}

/** @param {string} sentence empty: the problem is solved */
function showProblem(sentence) {
  element('problem').textContent = sentence;
  element('problem').hidden = sentence === '';
}

/** @param {Said} said */
function receive({ zone, delivered, posts, issues }) {
  if (zone !== null) setZone(zone);
  let isPlanChanged = false;
  for (const { key, parts, ...row } of posts) {
    for (const card of cardsByKey.get(key) ?? []) {
      const part = idOf(card).slice(key.length + 1);
      const before = stateOf(card);
      const isOut = row.posted !== '' || parts.includes(part);
      const { planned, posted, url, note } = row;
      if (!setState(card, { planned, posted, isOut, url, note })) continue;
      if (before.planned !== planned) isPlanChanged = true;
      showCard(card);
    }
  }
  showCounts();
  // Cards keep their place when they are ticked; only a new plan changes the order.
  if (isPlanChanged) arrange();
  const isOld = delivered !== cards.length;
  const texts = isOld ? [...issues, 'Posts were added or taken away: reload the page to see them.'] : issues;
  element('issues').replaceChildren(...texts.map(paragraph));
}

/** @param {string} text */
function paragraph(text) {
  const made = document.createElement('p');
  made.textContent = text;
  return made;
}

// ── What goes to the server ────────────────────────────────────────────────────────────────────────────────────────

const timeoutMilliseconds = 30_000;
const maxEdits = 100;

/** Requests that wait for the one before, so that of two ticks of a box the second one counts. */
/** @type {{ edits: readonly Edit[], resolve: (answer: Answer) => void }[]} */
const waiting = [];
let isSending = false;

/** @param {readonly Edit[]} edits at most a hundred @returns {Promise<Answer>} */
async function send(edits) {
  return new Promise((resolve) => {
    waiting.push({ edits, resolve });
    if (!isSending) void sendWaiting();
  });
}

async function sendWaiting() {
  isSending = true;
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const together = [next];
    let edits = next.edits;
    // Ticks are sent together: unlike a link, a single tick is never refused.
    while (
      waiting[0] &&
      [...edits, ...waiting[0].edits].every(isTick) &&
      edits.length + waiting[0].edits.length <= maxEdits
    ) {
      edits = [...edits, ...waiting[0].edits];
      together.push(/** @type {typeof next} */ (waiting.shift()));
    }
    const answer = await post(edits);
    for (const { resolve } of together) resolve(answer);
  }
  isSending = false;
}

/** @param {Edit} edit */
function isTick({ url, note }) {
  return url === undefined && note === undefined;
}

/** @param {readonly Edit[]} edits @returns {Promise<Answer>} */
async function post(edits) {
  // Phones of 2021 have no AbortSignal.timeout.
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeoutMilliseconds);
  try {
    const answer = await fetch(at('posting'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(edits.length === 1 ? edits[0] : edits),
      signal: stop.signal,
      // Also if the page is closed at once.
      keepalive: true,
    });
    const said = await answer.json().catch(() => null);
    if (answer.ok && said) {
      receive(said);
      return { isSaved: true, sentence: said.unwritten ?? '' };
    }
    return { isSaved: false, sentence: said?.error ?? 'Not saved: open the address that port serve prints now.' };
  } catch {
    return { isSaved: false, sentence: 'Not saved: port serve does not answer. Is it still running?' };
  } finally {
    clearTimeout(timer);
  }
}

/** @param {readonly Edit[]} edits @returns {Promise<Answer>} */
export async function sendAll(edits) {
  let answer = { isSaved: true, sentence: '' };
  for (let from = 0; answer.isSaved && from < edits.length; from += maxEdits) {
    answer = await send(edits.slice(from, from + maxEdits));
  }
  return answer;
}

/**
 * Ticks or unticks a post. The box shows the state of the server, even if the request was refused.
 * @param {HTMLElement} card @param {boolean} posted
 */
export async function tickOnServer(card, posted) {
  onTheWay.set(card, (onTheWay.get(card) ?? 0) + 1);
  refuse(card, '');
  const { sentence } = await send([{ key: idOf(card), posted }]);
  const left = (onTheWay.get(card) ?? 1) - 1;
  if (left > 0) onTheWay.set(card, left);
  else onTheWay.delete(card);
  refuse(card, sentence);
  showCard(card);
}

list.addEventListener('change', async ({ target }) => {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  const card = isField ? target.closest('article') : null;
  const name = isField ? target.dataset['field'] : undefined;
  if (!isField || !card || name === undefined) return;
  refuse(card, '');
  const written = target.value;
  const { isSaved, sentence } = await send([{ key: idOf(card), [name]: written }]);
  // The input stays in the field until it can be saved.
  target.setAttribute('aria-invalid', String(!isSaved));
  if (isSaved && target.value === written) target.value = stateOf(card)[name === 'url' ? 'url' : 'note'];
  refuse(card, sentence);
  showCard(card);
});

/** @param {HTMLElement} card @param {string} sentence empty: nothing was refused */
function refuse(card, sentence) {
  const place = card.querySelector('[data-refused]');
  if (!(place instanceof HTMLElement)) return;
  place.textContent = sentence;
  place.hidden = sentence === '';
}

// ── The start ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Shows the fields, and sends the ticks that this browser stored before posts were ticked on the server. */
async function start() {
  body.classList.add('is-served');
  showAll();
  startOrder();
  const kept = cards.filter((card) => ticked.has(`${idOf(card)} done`));
  if (kept.length === 0) return;
  const edits = kept.filter((card) => !stateOf(card).isOut).map((card) => ({ key: idOf(card), posted: true }));
  const { isSaved, sentence } = await sendAll(edits);
  if (!isSaved) return showProblem(`The ticks that this browser kept are not in posting.csv yet. ${sentence}`);
  for (const card of kept) ticked.delete(`${idOf(card)} done`);
  remember();
}

if (served) {
  document.addEventListener('visibilitychange', () => (document.hidden ? stopListening() : listen()));
  window.addEventListener('pagehide', stopListening);
  window.addEventListener('pageshow', listen);
  listen();
}
