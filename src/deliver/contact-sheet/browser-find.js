import { cards, element, idOf, list, say } from './browser-page.js';
import { dayOf, dayWords, isDone, isOverdue, isPlanned, showCounts, stateOf, today } from './browser-state.js';

/** @typedef {'all' | 'todo' | 'planned' | 'overdue' | 'done' | 'words'} Filter */

const search = /** @type {HTMLInputElement} */ (element('search'));
const order = /** @type {HTMLSelectElement} */ (element('order'));
const haystacks = new Map(cards.map((card) => [card, haystackOf(card)]));

/** @param {HTMLElement} card */
function haystackOf(card) {
  return folded(`${card.dataset['id']} ${card.querySelector('.words')?.textContent ?? ''}`);
}

/** @param {string} text */
function folded(text) {
  return text.normalize('NFKC').toLowerCase();
}

/** @returns {Filter} */
function filter() {
  const chosen = /** @type {HTMLInputElement | null} */ (document.querySelector('input[name="filter"]:checked'));
  return /** @type {Filter} */ (chosen?.value ?? 'all');
}

/** @param {HTMLElement} card @param {Filter} wanted */
function fits(card, wanted) {
  switch (wanted) {
    case 'all':
      return true;
    case 'todo':
      return !isDone(card);
    case 'planned':
      return isPlanned(card);
    case 'overdue':
      return isOverdue(card);
    case 'done':
      return isDone(card);
    case 'words':
      return card.dataset['words'] === 'none';
  }
}

export function show() {
  const words = folded(search.value).split(/\s+/).filter(Boolean);
  const wanted = filter();
  let shown = 0;
  for (const card of cards) {
    const fit = fits(card, wanted) && words.every((word) => haystacks.get(card)?.includes(word));
    card.hidden = !fit;
    if (fit) shown++;
  }
  showHeadings();
  element('empty').hidden = shown > 0;
  say(`${shown} posts`);
}

/** A link to a card that the filter or the search hides shows all cards first. */
function showLinked() {
  const card = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!(card instanceof HTMLElement) || !card.hidden) return;
  search.value = '';
  /** @type {HTMLInputElement | null} */ (document.querySelector('input[name="filter"][value="all"]'))?.click();
  show();
  card.scrollIntoView({ block: 'start' });
}
window.addEventListener('hashchange', showLinked);

search.addEventListener('input', show);
for (const radio of document.querySelectorAll('input[name="filter"]')) {
  radio.addEventListener('change', () => {
    arrange();
    showCounts();
  });
}

// ── Order ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * A place in the order by plan: what is overdue, today, the days to come, what has no plan, what is out.
 * @typedef {{ rank: number, day: string, at: number }} Place
 */

/** @param {HTMLElement} card @param {string} now today @returns {Place} */
function placeOf(card, now) {
  const { planned, posted } = stateOf(card);
  const newestFirst = -Number(card.dataset['time']);
  if (isDone(card)) return { rank: 4, day: '', at: posted === '' ? newestFirst / 1000 : -Date.parse(posted) };
  if (planned === '') return { rank: 3, day: '', at: newestFirst };
  const at = Date.parse(planned);
  const day = dayOf(planned);
  if (day < now && at < Date.now()) return { rank: 0, day: '', at };
  return day <= now ? { rank: 1, day: now, at } : { rank: 2, day, at };
}

/** @param {Place} place */
function headingOf({ rank, day }) {
  const words = rank === 1 ? 'Today' : isTomorrow(day) ? 'Tomorrow' : '';
  if (rank === 1 || rank === 2) return [words, dayWords(day)].filter(Boolean).join(' · ');
  return ['Overdue', '', '', 'Without a plan', 'Posted'][rank] ?? '';
}

/** @param {string} day */
function isTomorrow(day) {
  return Date.parse(day) - Date.parse(today()) === 86_400_000;
}

/** Each heading with its cards. @type {Map<HTMLElement, HTMLElement[]>} */
const headings = new Map();
/** The day of the headings. */
let arrangedOn = '';

/** Puts the cards into the chosen order. */
export function arrange() {
  for (const heading of headings.keys()) heading.remove();
  headings.clear();
  if (order.value === 'plan') arrangeByPlan();
  else {
    const sign = order.value === 'oldest' ? 1 : -1;
    const time = (/** @type {HTMLElement} */ card) => Number(card.dataset['time']);
    // Parts of a post have one time: a stable sort leaves them in their order.
    place(cards.sort((one, other) => sign * (time(one) - time(other)) || partOf(one) - partOf(other)));
  }
  show();
}

function arrangeByPlan() {
  arrangedOn = today();
  const places = new Map(cards.map((card) => [card, placeOf(card, arrangedOn)]));
  const of = (/** @type {HTMLElement} */ card) => /** @type {Place} */ (places.get(card));
  cards.sort((one, other) => {
    const [a, b] = [of(one), of(other)];
    if (a.rank !== b.rank) return a.rank - b.rank;
    if (a.day !== b.day) return a.day < b.day ? -1 : 1;
    return a.at - b.at || (idOf(one) < idOf(other) ? -1 : 1);
  });
  /** @type {HTMLElement[]} */
  const nodes = [];
  let last = '';
  /** @type {HTMLElement[]} */
  let group = [];
  for (const card of cards) {
    const name = `${of(card).rank} ${of(card).day}`;
    if (name !== last) {
      const heading = document.createElement('h2');
      heading.className = of(card).rank === 0 ? 'day is-late' : 'day';
      heading.dataset['day'] = of(card).day;
      heading.append(headingOf(of(card)), document.createElement('span'));
      group = [];
      headings.set(heading, group);
      nodes.push(heading);
      last = name;
    }
    group.push(card);
    nodes.push(card);
  }
  place(nodes);
}

/** @param {HTMLElement} card */
function partOf(card) {
  return Number(/\/part-(\d+)$/.exec(idOf(card))?.[1] ?? 0);
}

/** Moves as few nodes as possible, because a video that is moved stops. @param {readonly HTMLElement[]} nodes */
function place(nodes) {
  let at = list.firstElementChild;
  for (const node of nodes) {
    if (node === at) at = at.nextElementSibling;
    else list.insertBefore(node, at);
  }
}

/** Hides the headings without cards, and counts the others. */
function showHeadings() {
  for (const [heading, group] of headings) {
    const shown = group.filter(({ hidden }) => !hidden).length;
    heading.hidden = shown === 0;
    const [count] = heading.getElementsByTagName('span');
    if (count) count.textContent = shown === 1 ? '1 post' : `${shown} posts`;
  }
}

let isChosen = false;
order.addEventListener('change', () => {
  isChosen = true;
  arrange();
});

/** Sets the initial order: as written, or by plan. A person may have chosen another one already. */
export function startOrder() {
  if (isChosen || !cards.some(isPlanned)) return;
  order.value = 'plan';
  arrange();
}

/** Whether the headings are of another day. */
export function isOfAnotherDay() {
  return order.value === 'plan' && arrangedOn !== today();
}

// ── Keys ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** @param {number} by */
function go(by) {
  const open = cards.filter(({ hidden }) => !hidden);
  const at = open.findIndex((card) => card.contains(document.activeElement));
  const next = open[at === -1 ? (by > 0 ? 0 : open.length - 1) : Math.min(open.length - 1, Math.max(0, at + by))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'start' });
}

/** @type {Record<string, (card: HTMLElement | undefined) => void>} */
const keys = {
  j: () => go(1),
  k: () => go(-1),
  x: (card) => card?.querySelector('input')?.click(),
  c: (card) => /** @type {HTMLElement | null | undefined} */ (card?.querySelector('[data-copy="all"]'))?.click(),
  t: (card) => /** @type {HTMLElement | null | undefined} */ (card?.querySelector('[data-copy="title"]'))?.click(),
  '/': () => search.focus(),
};

document.addEventListener('keydown', (event) => {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isText = target instanceof HTMLInputElement && !['checkbox', 'radio'].includes(target.type);
  if (isText || target instanceof HTMLTextAreaElement) {
    if (key === 'Escape') target.blur();
    return;
  }
  if (target instanceof HTMLSelectElement || !Object.hasOwn(keys, key)) return;
  event.preventDefault();
  keys[key]?.(cards.find((card) => card.contains(document.activeElement)));
});
