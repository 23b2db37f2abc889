import { createHash } from 'node:crypto';
import { address, Html, html } from '../../deliver/contact-sheet/html.ts';
import { totalsHtml } from '../../deliver/contact-sheet/overview.ts';
import { style } from '../../deliver/contact-sheet/style.ts';
import type { ListedSheet } from './sheet-counts.ts';

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = ["default-src 'none'", `style-src ${hashOf(style)}`, "base-uri 'none'", "form-action 'none'"].join('; ');
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
</body>
</html>
`;
  return page.text;
}

function sheetHtml({ steps, totals, posting }: ListedSheet): Html {
  const link = html`<a href="${address([...steps, 'index.html'].join('/'))}" dir="auto">${steps.join(' · ') || 'Posts'}</a>`;
  return html`<li>${link}${totals === null ? null : html` ${totalsHtml(totals)}`}${postingHtml(posting)}</li>`;
}

function postingHtml({ posted, overdue, today, planned }: ListedSheet['posting']): Html | null {
  const counts = [
    ...(posted > 0 ? [`${posted} posted`] : []),
    ...(overdue > 0 ? [`${overdue} overdue`] : []),
    ...(today > 0 ? [`${today} today`] : []),
    ...(planned > 0 ? [`${planned} planned`] : []),
  ];
  return counts.length === 0 ? null : html` <span class="counter">${counts.join(' · ')}</span>`;
}
