import { body, cards, element, idOf, list, server, ticked } from './browser-page.js';

/**
 * The plan and the posted state of a card. Moments are local dates and times with their offset, as in posting.csv.
 * @typedef {{ planned: string, posted: string, isOut: boolean, url: string, note: string }} State
 */

/** @type {Map<HTMLElement, State>} */
const states = new Map(cards.map((card) => [card, writtenState(card)]));

/** The state when the page was written. @param {HTMLElement} card @returns {State} */
function writtenState(card) {
  const { planned = '', posted = '', out } = card.dataset;
  const value = (/** @type {string} */ name) => card.querySelector(`[data-value="${name}"]`);
  const url = value('url')?.getAttribute('href') ?? '';
  return { planned, posted, isOut: out === 'yes', url, note: value('note')?.textContent ?? '' };
}

/** @param {HTMLElement} card @returns {State} */
export function stateOf(card) {
  return states.get(card) ?? { planned: '', posted: '', isOut: false, url: '', note: '' };
}

/** @param {HTMLElement} card @param {State} state @returns {boolean} whether it changed */
export function setState(card, state) {
  const before = stateOf(card);
  states.set(card, state);
  return JSON.stringify(Object.values(before)) !== JSON.stringify(Object.values(state));
}

/** @param {HTMLElement} card */
export function isDone(card) {
  const { isOut } = stateOf(card);
  if (server.isThere) return isOut;
  return isOut ? !ticked.has(`${idOf(card)} undone`) : ticked.has(`${idOf(card)} done`);
}

/** Stores a tick in the browser. @param {HTMLElement} card @param {boolean} done */
export function keepTick(card, done) {
  const { isOut } = stateOf(card);
  const [own, other] = isOut ? ['undone', 'done'] : ['done', 'undone'];
  ticked.delete(`${idOf(card)} ${other}`);
  if (done === isOut) ticked.delete(`${idOf(card)} ${own}`);
  else ticked.add(`${idOf(card)} ${own}`);
}

/** @param {HTMLElement} card */
export function isPlanned(card) {
  return stateOf(card).planned !== '' && !isDone(card);
}

/** @param {HTMLElement} card */
export function isOverdue(card) {
  return isPlanned(card) && Date.parse(stateOf(card).planned) < Date.now();
}

// ── Dates: a day is the local date that posting.csv has, whatever the zone of the browser ──────────────────────────

let days = daysIn(body.dataset['zone'] ?? '');

/** @param {string} zone empty: that of the browser */
export function setZone(zone) {
  days = daysIn(zone);
}

/** @param {string} zone */
function daysIn(zone) {
  /** @type {Intl.DateTimeFormatOptions} */
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit', calendar: 'gregory', numberingSystem: 'latn' };
  try {
    return new Intl.DateTimeFormat('en', zone === '' ? parts : { ...parts, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat('en', parts);
  }
}

/** Today where the plan is, `2026-12-01`. @returns {string} */
export function today() {
  const parts = Object.fromEntries(days.formatToParts(Date.now()).map(({ type, value }) => [type, value]));
  return `${parts['year']}-${parts['month']}-${parts['day']}`;
}

/** @param {string} moment */
export function dayOf(moment) {
  return moment.slice(0, 10);
}

const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeZone: 'UTC' });
const short = new Intl.DateTimeFormat(undefined, {
  ...{ weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit', timeZone: 'UTC' },
});
const long = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** @param {string} day */
export function dayWords(day) {
  return whole.format(Date.parse(`${day}T12:00:00Z`));
}

/** A moment as a clock there shows it; with its offset if the browser is elsewhere. @param {string} moment */
function momentWords(moment) {
  const local = Date.parse(`${moment.slice(0, 16)}:00Z`);
  const minutes = Math.round((local - Date.parse(`${moment.slice(0, 16)}${offsetOf(moment)}`)) / 60_000);
  const isNear = Math.abs(local - Date.now()) < 180 * 86_400_000;
  const words = (isNear ? short : long).format(local);
  return minutes === -new Date(moment).getTimezoneOffset() ? words : `${words} (UTC${offsetOf(moment)})`;
}

/** @param {string} moment */
function offsetOf(moment) {
  return /(?:Z|[+-]\d\d:?\d\d)$/.exec(moment)?.[0] ?? 'Z';
}

// ── What a card and the top of the page show ───────────────────────────────────────────────────────────────────────

/** Cards whose tick is on its way to `port serve`: their box is as the person left it. */
export const onTheWay = new Map();

/** @param {HTMLElement} card */
export function showCard(card) {
  const { planned, posted, url, note } = stateOf(card);
  const [done, overdue] = [isDone(card), isOverdue(card)];
  card.classList.toggle('is-done', done);
  card.classList.toggle('is-overdue', overdue);
  put(card, 'planned', done || planned === '' ? '' : momentWords(planned), overdue ? 'Overdue:' : 'Planned');
  put(card, 'posted', done && posted !== '' ? momentWords(posted) : '', 'Posted');
  put(card, 'url', url, null);
  put(card, 'note', note, null);
  const box = card.querySelector('input');
  if (box && !onTheWay.has(card)) box.checked = done;
  for (const field of fieldsOf(card)) {
    const value = field.dataset['field'] === 'url' ? url : note;
    const isTouched = field === document.activeElement || field.getAttribute('aria-invalid') === 'true';
    if (!isTouched && field.value !== value) field.value = value;
  }
}

/** @param {HTMLElement} card */
export function fieldsOf(card) {
  return /** @type {NodeListOf<HTMLInputElement | HTMLTextAreaElement>} */ (card.querySelectorAll('[data-field]'));
}

/** @param {HTMLElement} card @param {string} name @param {string} text @param {string | null} label */
function put(card, name, text, label) {
  const line = card.querySelector(`[data-of="${name}"]`);
  const value = line?.querySelector('[data-value]');
  if (!(line instanceof HTMLElement) || !value) return;
  const isLink = value instanceof HTMLAnchorElement;
  line.hidden = text === '' || (isLink && !isWebAddress(text));
  value.textContent = text;
  if (isLink && !line.hidden) value.href = text;
  else if (isLink) value.removeAttribute('href');
  const before = line.querySelector('[data-label]');
  if (before && label !== null) before.textContent = label;
}

/** @param {string} text */
function isWebAddress(text) {
  try {
    return /^https?:$/.test(new URL(text).protocol);
  } catch {
    return false;
  }
}

/** @param {HTMLInputElement} box */
export function nameOf(box) {
  return `${box.closest('article')?.dataset['id']} ${box.dataset['tick']}`;
}

export function showAll() {
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (list.querySelectorAll('input[data-tick]'))) {
    if (box.dataset['tick'] !== 'done') box.checked = ticked.has(nameOf(box));
  }
  for (const card of cards) showCard(card);
  showCounts();
}

export function showCounts() {
  const done = cards.filter(isDone).length;
  const planned = cards.filter(isPlanned).length;
  const overdue = cards.filter(isOverdue).length;
  const words = cards.filter((card) => card.dataset['words'] === 'none').length;
  const counts = { all: cards.length, todo: cards.length - done, planned, overdue, done, words };
  for (const [name, number] of Object.entries(counts)) {
    const shown = document.querySelector(`[data-count="${name}"]`);
    if (shown) shown.textContent = String(number);
    const choice = shown?.closest('label');
    // Without a plan, its filters are hidden.
    if (choice && (name === 'planned' || name === 'overdue'))
      choice.hidden = number === 0 && !choice.querySelector(':checked');
  }
  /** @type {HTMLProgressElement} */ (element('progress')).value = done;
  element('count').textContent = `${done} of ${cards.length} posted`;
  const plan = [planned > 0 ? `${planned} planned` : '', overdue > 0 ? `${overdue} overdue` : ''];
  element('plan').textContent = plan.filter(Boolean).join(' · ');
  showKept();
}

/** Shows the number of ticks that are stored only in this browser. */
function showKept() {
  const kept = server.isThere ? 0 : cards.filter((card) => isDone(card) !== stateOf(card).isOut).length;
  const hint = element('kept');
  hint.hidden = kept === 0;
  const [number] = hint.getElementsByTagName('b');
  if (number) number.textContent = kept === 1 ? '1 tick is' : `${kept} ticks are`;
}
