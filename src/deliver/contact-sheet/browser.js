/**
 * The contact sheet in the browser: copying, ticks, search, filter, keys. It only reads what stands in the page: no word
 * of a post is ever made into HTML here.
 */

/** @typedef {'all' | 'todo' | 'done' | 'words'} Filter */

const body = document.body;
const place = `content-port ${body.dataset['sheet']}`;
const list = element('cards');
const cards = [...list.querySelectorAll('article')];
const search = /** @type {HTMLInputElement} */ (element('search'));

/** @param {string} id */
function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`#${id} is missing`);
  return found;
}

// ── Ticks: kept in the browser where it keeps anything ─────────────────────────────────────────────────────────────

/** Names of ticked boxes, `<card> <tick>`. */
const ticked = new Set(remembered());

/** @returns {string[]} */
function remembered() {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? '[]');
    return Array.isArray(kept) ? kept.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}

function remember() {
  try {
    localStorage.setItem(place, JSON.stringify([...ticked]));
  } catch {
    element('forgets').hidden = false;
  }
}

/** @param {HTMLInputElement} box */
function nameOf(box) {
  return `${box.closest('article')?.dataset['id']} ${box.dataset['tick']}`;
}

/** @param {HTMLElement} card */
function isDone(card) {
  return ticked.has(`${card.dataset['id']} done`);
}

function showTicks() {
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (list.querySelectorAll('input[data-tick]'))) {
    box.checked = ticked.has(nameOf(box));
  }
  for (const card of cards) card.classList.toggle('is-done', isDone(card));
  showCounts();
}

function showCounts() {
  const done = cards.filter(isDone).length;
  const words = cards.filter((card) => card.dataset['words'] === 'none').length;
  const counts = { all: cards.length, todo: cards.length - done, done, words };
  for (const [name, number] of Object.entries(counts)) {
    const shown = document.querySelector(`[data-count="${name}"]`);
    if (shown) shown.textContent = String(number);
  }
  /** @type {HTMLProgressElement} */ (element('progress')).value = done;
  element('count').textContent = `${done} of ${cards.length} posted`;
}

list.addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLInputElement) || target.dataset['tick'] === undefined) return;
  if (target.checked) ticked.add(nameOf(target));
  else ticked.delete(nameOf(target));
  remember();
  // The card stays where it is, so that a slip can be undone; the filter is asked again when it is touched.
  target
    .closest('article')
    ?.classList.toggle('is-done', isDone(/** @type {HTMLElement} */ (target.closest('article'))));
  showCounts();
});

// ── Ticks in a file ────────────────────────────────────────────────────────────────────────────────────────────────

element('save').addEventListener('click', () => {
  const rows = [...ticked].sort().map((name) => name.split(' ').join(','));
  const file = new Blob([`\uFEFFpost,tick\r\n${rows.map((row) => `${row}\r\n`).join('')}`], { type: 'text/csv' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `ticks-${body.dataset['name']}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  say(`${ticked.size} ticks saved`);
});

const file = /** @type {HTMLInputElement} */ (element('file'));
element('load').addEventListener('click', () => file.click());
file.addEventListener('change', async () => {
  const [chosen] = file.files ?? [];
  if (!chosen || chosen.size > 5_000_000) return;
  const known = new Set(
    [.../** @type {NodeListOf<HTMLInputElement>} */ (list.querySelectorAll('input[data-tick]'))].map(nameOf),
  );
  const text = await chosen.text();
  const names = text
    .split(/\r?\n/)
    // Spreadsheets put quotes around, and semicolons or tabs between.
    .map((line) =>
      line
        .replaceAll('"', '')
        .split(/[,;\t]/)
        .slice(0, 2)
        .join(' ')
        .trim(),
    )
    .filter((name) => known.has(name));
  for (const name of names) ticked.add(name);
  file.value = '';
  remember();
  showTicks();
  show();
  say(`${names.length} ticks loaded`);
});

// ── Copying ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** @param {string} text */
function say(text) {
  element('said').textContent = text;
}

/** @param {string} text @returns {Promise<boolean>} */
async function copy(text) {
  try {
    if (navigator.clipboard && isSecureContext) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // Not allowed: the old way may be.
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'unseen';
  area.setAttribute('readonly', '');
  body.append(area);
  area.select();
  area.setSelectionRange(0, text.length);
  const done = document.execCommand('copy');
  area.remove();
  return done;
}

/** @param {Element} card @param {string} part */
function wordsOf(card, part) {
  const parts = part === 'all' ? ['title', 'body', 'topics'] : [part];
  const texts = parts.map((name) => card.querySelector(`[data-part="${name}"]`)?.textContent ?? '');
  return texts.filter((text) => text !== '').join('\n\n');
}

/** @param {HTMLElement} button @param {string} text */
async function copyFrom(button, text) {
  const done = await copy(text);
  button.focus();
  button.classList.toggle('is-copied', done);
  say(done ? 'Copied' : 'The browser does not allow copying: select the words and copy them by hand.');
  setTimeout(() => button.classList.remove('is-copied'), 1500);
}

list.addEventListener('click', async ({ target }) => {
  const button = target instanceof Element ? target.closest('button') : null;
  const card = button?.closest('article');
  if (!button || !card) return;
  const { copy: part, folder } = button.dataset;
  if (part !== undefined) await copyFrom(button, part === 'self' ? (button.textContent ?? '') : wordsOf(card, part));
  if (folder !== undefined) await copyFrom(button, folderPath(folder));
  if (button.dataset['share'] !== undefined) await share(card);
  if (button.dataset['save'] !== undefined) await saveAll(card);
});

/** The folder of a post as this machine's file manager writes it. @param {string} relative */
function folderPath(relative) {
  const path = decodeURIComponent(new URL(relative, location.href).pathname).replace(/\/$/, '');
  return /^\/[A-Za-z]:/.test(path) ? path.slice(1).replaceAll('/', '\\') : path;
}

// ── To the phone: all photos of a post at once ─────────────────────────────────────────────────────────────────────

/** @param {HTMLElement} card */
function linksOf(card) {
  return [.../** @type {NodeListOf<HTMLAnchorElement>} */ (card.querySelectorAll('.files a[download]'))];
}

/** Browsers drop downloads that come all at once. @param {HTMLElement} card */
async function saveAll(card) {
  for (const link of linksOf(card)) {
    link.click();
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
}

/** @param {HTMLElement} card */
async function share(card) {
  const media = linksOf(card).filter(({ download }) => !/^cover\.|\.txt$/.test(download));
  try {
    const files = await Promise.all(
      media.map(async ({ href, download }) => {
        const content = await (await fetch(href)).blob();
        return new File([content], download, { type: content.type });
      }),
    );
    if (navigator.canShare({ files })) await navigator.share({ files });
    else say('This browser cannot share these files: save them one by one.');
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) say('Sharing failed: save them one by one.');
  }
}

const served = location.protocol !== 'file:';
const sharing = served && isSecureContext && typeof navigator.canShare === 'function';
for (const button of list.querySelectorAll('button')) {
  if (button.dataset['share'] !== undefined) button.hidden = !sharing;
  if (button.dataset['save'] !== undefined) button.hidden = !served;
  if (button.dataset['folder'] !== undefined) button.hidden = served;
}
for (const link of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll('a.folder'))) link.hidden = served;

// ── Finding ────────────────────────────────────────────────────────────────────────────────────────────────────────

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
    case 'done':
      return isDone(card);
    case 'words':
      return card.dataset['words'] === 'none';
  }
}

function show() {
  const words = folded(search.value).split(/\s+/).filter(Boolean);
  const wanted = filter();
  let shown = 0;
  for (const card of cards) {
    const fit = fits(card, wanted) && words.every((word) => haystacks.get(card)?.includes(word));
    card.hidden = !fit;
    if (fit) shown++;
  }
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
for (const radio of document.querySelectorAll('input[name="filter"]')) radio.addEventListener('change', show);

element('order').addEventListener('change', ({ target }) => {
  if (!(target instanceof HTMLSelectElement)) return;
  const sign = target.value === 'oldest' ? 1 : -1;
  const time = (/** @type {HTMLElement} */ card) => Number(card.dataset['time']);
  // Parts of a post have one time: a stable sort leaves them in their order.
  list.append(...cards.sort((one, other) => sign * (time(one) - time(other))));
});

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
  if (target instanceof HTMLInputElement && !['checkbox', 'radio'].includes(target.type)) {
    if (key === 'Escape') target.blur();
    return;
  }
  if (target instanceof HTMLSelectElement || !Object.hasOwn(keys, key)) return;
  event.preventDefault();
  keys[key]?.(cards.find((card) => card.contains(document.activeElement)));
});

// ── What is drawn late ─────────────────────────────────────────────────────────────────────────────────────────────

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting || !(target instanceof HTMLVideoElement)) continue;
      if (target.dataset['poster']) target.poster = target.dataset['poster'];
      near.unobserve(target);
    }
  },
  { rootMargin: '800px' },
);
for (const video of list.querySelectorAll('video')) near.observe(video);

const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
for (const time of list.querySelectorAll('time')) {
  time.title = time.textContent ?? '';
  time.textContent = local.format(new Date(time.dateTime));
}

remember();
showTicks();
