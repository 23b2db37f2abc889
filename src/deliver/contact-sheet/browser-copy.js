import { body, list, say, served } from './browser-page.js';

// ── Copying ────────────────────────────────────────────────────────────────────────────────────────────────────────

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
  const media = linksOf(card).filter(({ download }) => !/^cover\.|\.(?:txt|srt)$/.test(download));
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

const sharing = served && isSecureContext && typeof navigator.canShare === 'function';
for (const button of list.querySelectorAll('button')) {
  if (button.dataset['share'] !== undefined) button.hidden = !sharing;
  if (button.dataset['save'] !== undefined) button.hidden = !served;
  if (button.dataset['folder'] !== undefined) button.hidden = served;
}
for (const link of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll('a.folder'))) link.hidden = served;
