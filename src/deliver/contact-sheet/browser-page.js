/**
 * The contact sheet in the browser. It only reads the page and the answers of `port serve`; no text of a post ever becomes
 * HTML. The files `browser*.js` become one script (script.ts), so the names at their top must differ.
 */

export const body = document.body;
export const list = element('cards');
/** In the order in which they are shown. */
export const cards = [...list.querySelectorAll('article')];
export const served = location.protocol !== 'file:';
/**
 * Whether `port serve` stores the ticks of posts, in posting.csv. A page from disk, or from another server, stores them in the
 * browser.
 */
export const server = { isThere: served };

/** @param {string} id */
export function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`#${id} is missing`);
  return found;
}

/** @param {string} text */
export function say(text) {
  element('said').textContent = text;
}

/** @param {HTMLElement} card */
export function idOf(card) {
  return card.dataset['id'] ?? '';
}

// ── Ticks stored in the browser ────────────────────────────────────────────────────────────────────────────────────

const storedAs = `content-port ${body.dataset['sheet']}`;

/**
 * Names of ticks, `<card> <tick>`: boxes that are ticked, and `<card> undone` where a person took back what the page shows
 * as posted.
 */
export const ticked = new Set(remembered());

/** @returns {string[]} */
function remembered() {
  try {
    const kept = JSON.parse(localStorage.getItem(storedAs) ?? '[]');
    return Array.isArray(kept) ? kept.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}

export function remember() {
  try {
    localStorage.setItem(storedAs, JSON.stringify([...ticked]));
  } catch {
    element('forgets').hidden = false;
  }
}
