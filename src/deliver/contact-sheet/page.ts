import { createHash } from 'node:crypto';
import type { Entry } from '../../state/documents.ts';
import type { Target } from '../../targets/target.ts';
import { cardHtml } from './card.ts';
import { cardsOf } from './cards.ts';
import { Html, html } from './html.ts';
import { overviewHtml, overviewOf, totalsHtml } from './overview.ts';
import { type SheetPosting, shownState } from './state.ts';
import { style } from './style.ts';

export interface Sheet {
  readonly account: string;
  readonly target: Target;
  /** All rows of this target, newest first. They are iterated twice, and need not be in memory together. */
  readonly rows: Iterable<Entry>;
  readonly posting: SheetPosting;
  /** Folders of at most this many videos named by their titles; null if the platform needs none. */
  readonly uploadFolder: string | null;
  /** The browser script. */
  readonly script: string;
}

/**
 * The contact sheet of one target: a page that opens from disk and includes everything but the media next to it. Texts
 * cannot become code: every value is escaped, and the content security policy allows our own script only.
 * @returns the page in pieces, so that thousands of cards need not be in memory as text together
 */
export function* sheetPage({ account, target, rows, posting, uploadFolder, script }: Sheet): Generator<string> {
  const overview = overviewOf(rows);
  const { cards } = overview;
  yield opening(script);
  yield html`
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${account} · ${target.title}</title>
<style>${new Html(style)}</style>
</head>
<body data-sheet="${account} ${target.name}" data-name="${target.name}" data-zone="${posting.zone}">
<header class="page">
<div class="title"><p class="account" dir="auto">${account}</p><h1>${target.title}</h1></div>
${uploadHtml(target, uploadFolder)}
<div class="progress">${totalsHtml(overview.totals)}<progress id="progress" value="0" max="${Math.max(1, cards)}" aria-label="Posted"></progress><span id="count">${cards} to post</span><span id="plan"></span></div>
</header>
${overviewHtml(overview)}
<div class="tools" role="search" aria-label="Posts">
<input type="search" id="search" placeholder="Search" aria-label="Search the words" autocomplete="off">
<fieldset class="filter"><legend class="unseen">Show</legend>
${(['all', 'todo', 'planned', 'overdue', 'done', 'words'] as const).map((name) => html`<label><input type="radio" name="filter" value="${name}"${name === 'all' ? html` checked` : null}><span>${filterWords[name]} <b data-count="${name}"></b></span></label>`)}
</fieldset>
<label class="order"><span class="unseen">Order</span><select id="order"><option value="newest">Newest first</option><option value="oldest">Oldest first</option><option value="plan">By plan</option></select></label>
<span class="row"><button type="button" id="save">Save ticks</button><button type="button" id="load">Load ticks</button><input type="file" id="file" accept=".csv,text/csv" hidden aria-label="A file of ticks"></span>
</div>
<main>
<div id="issues" role="status"></div>
<p class="hint" id="forgets" hidden>This browser keeps no ticks for pages that are opened from disk: save them to a file before you close the page.</p>
<p class="hint" id="kept" hidden><b></b> in this browser alone. <em>Save ticks</em>, and <code class="option">port posted --from ticks-${target.name}.csv</code> puts them into posting.csv.</p>
<div id="cards">`.text;
  for (const card of cardsOf(rows, target.name)) {
    yield cardHtml(card, target, shownState(posting.of(card.id))).text;
  }
  yield html`</div>
<p class="empty" id="empty"${cards > 0 ? html` hidden` : null}>${cards > 0 ? 'No post fits.' : 'No post was delivered here yet.'}</p>
</main>
<footer>
<p><kbd>j</kbd> <kbd>k</kbd> next and last post · <kbd>x</kbd> posted · <kbd>c</kbd> copy all · <kbd>t</kbd> copy title · <kbd>/</kbd> search</p>
<noscript><p>Copying, ticks and search need JavaScript; the words can be selected by hand.</p></noscript>
</footer>
<p id="problem" role="alert" hidden></p>
<p class="unseen" role="status" id="said"></p>
<script type="module">${new Html(script)}${closing}
</body>
</html>
`.text;
}

/** The start of each page. The hashes in its policy show which script it contains. */
function opening(script: string): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(script).join('; ')}">`.text;
}

/**
 * Whether this version wrote the page, with this script.
 * @param start its first `sheetStartBytes`
 */
export function isSheet(start: Uint8Array, script: string): boolean {
  return new TextDecoder().decode(start).startsWith(opening(script));
}

export const sheetStartBytes = 4096;

/** The content security policy as an HTTP header, so that it applies whatever the page itself contains. */
export function servedPolicy(script: string): string {
  const served = policy(script).map((rule) => rule.replace(' file:', ''));
  return [...served, "frame-ancestors 'none'"].join('; ');
}

/** Outside the template, because a bundler would rewrite it. */
const closing = new Html('</script>');

const filterWords = {
  ...{ all: 'All', todo: 'To do', planned: 'Planned', overdue: 'Overdue', done: 'Posted', words: 'Needs words' },
} as const;

/** `connect-src`: `port serve` pages fetch photos to share them; a page on disk cannot fetch. */
function policy(script: string): readonly string[] {
  return [
    "default-src 'none'",
    "img-src 'self' file:",
    "media-src 'self' file:",
    `style-src '${hash(style)}'`,
    `script-src '${hash(script)}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function uploadHtml({ upload, uploadElsewhere, title }: Target, uploadFolder: string | null): Html {
  return html`<div class="upload">
${upload === null ? html`<p class="hint">${title} has no upload page: post from its phone app. <code>port serve</code> brings this page to your phone.</p>` : html`<a class="button primary" href="${upload}" target="_blank" rel="noopener noreferrer">Open the upload page</a>`}
${uploadElsewhere ? html`<p class="hint">With ${uploadElsewhere.for}: <a href="${uploadElsewhere.at}" target="_blank" rel="noopener noreferrer">${new URL(uploadElsewhere.at).host}</a></p>` : null}
${uploadFolder === null ? null : html`<p class="hint">Many at once: each folder in <code>${uploadFolder}</code> holds as many videos as go into one drop, named by their titles.</p>`}
</div>`;
}
