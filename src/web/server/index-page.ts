import { createHash } from 'node:crypto';
import { address, Html, html } from '../../deliver/contact-sheet/html.ts';
import { totalsHtml } from '../../deliver/contact-sheet/overview.ts';
import { style } from '../../deliver/contact-sheet/style.ts';
import type { ListedSheet } from './sheet-counts.ts';

/**
 * Counts the posts that this browser has ticked as posted, which a sheet stores under its `data-sheet` (browser.js). An
 * entry without a number is left empty.
 */
const script = `
for (const place of document.querySelectorAll('[data-sheet]')) {
  try {
    const ticks = JSON.parse(localStorage.getItem('content-port ' + place.dataset.sheet) ?? '[]');
    const posted = ticks.filter((tick) => / done$/.test(tick)).length;
    if (posted > 0) place.textContent = posted + ' ticked as posted';
  } catch {}
}
`;
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = [
  "default-src 'none'",
  `style-src ${hashOf(style)}`,
  `script-src ${hashOf(script)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
/** Outside the template, because a bundler would rewrite it. */
const closing = new Html('</script>');

/** The policy as an HTTP header, where `frame-ancestors` is allowed too. */
export const indexPolicy = `${policy}; frame-ancestors 'none'`;

/** The start page with links to all contact sheets, and what each account has on each platform. */
export function indexPage(sheets: readonly ListedSheet[]): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Contact sheets</title>
<style>${new Html(style)}</style>
</head>
<body>
<header class="page"><h1>Contact sheets</h1></header>
<main class="index"><ul>${sheets.map(sheetHtml)}</ul></main>
<script type="module">${new Html(script)}${closing}
</body>
</html>
`;
  return page.text;
}

function sheetHtml({ steps, account, target, totals }: ListedSheet): Html {
  const link = html`<a href="${address([...steps, 'index.html'].join('/'))}" dir="auto">${steps.join(' · ') || 'Posts'}</a>`;
  const ticks = account === null ? null : html` <span class="counter" data-sheet="${account} ${target}"></span>`;
  return html`<li>${link}${totals === null ? null : html` ${totalsHtml(totals)}`}${ticks}</li>`;
}
