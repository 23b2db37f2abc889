import { createHash } from 'node:crypto';
import { address, Html, html } from '../../deliver/contact-sheet/html.ts';
import { style } from '../../deliver/contact-sheet/style.ts';
import type { FoundSheet } from './sheets.ts';

const styleHash = createHash('sha256').update(style).digest('base64');
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;

/** The policy as an HTTP header, where `frame-ancestors` is allowed too. */
export const indexPolicy = `${policy}; frame-ancestors 'none'`;

/** The start page with links to all contact sheets. */
export function indexPage(sheets: readonly FoundSheet[]): string {
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
<main class="rest"><ul>${sheets.map((steps) => html`<li><a href="${address([...steps, 'index.html'].join('/'))}" dir="auto">${steps.join(' · ') || 'Posts'}</a></li>`)}</ul></main>
</body>
</html>
`;
  return page.text;
}
