/**
 * The style of the page: system font, light or dark like the system. A card is one column on a phone; elsewhere media and
 * files stand left and the words beside them, and as many cards stand in a row as fit.
 */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #f4f4f1;
  --card: #ffffff;
  --ink: #1b1b1a;
  --soft: #5b5b56;
  --line: #dfdfd9;
  --field: #f0f0ec;
  --accent: #1f4fd8;
  --on-accent: #ffffff;
  --good: #17693f;
  --good-field: #e3f3ea;
  --warn: #7d4a00;
  --warn-field: #fdf0d9;
  --bad: #a4262c;
  --stage: #e7e7e2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #131312;
    --card: #1e1e1c;
    --ink: #efeeea;
    --soft: #aaa9a2;
    --line: #35342f;
    --field: #2a2a27;
    --accent: #9db8ff;
    --on-accent: #10182e;
    --good: #7fd9a8;
    --good-field: #17301f;
    --warn: #f2c178;
    --warn-field: #362a15;
    --bad: #ff9a9a;
    --stage: #0c0c0b;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto;
  padding: 0 16px 48px;
  max-width: 2400px;
  background: var(--paper);
  color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", sans-serif;
  -webkit-text-size-adjust: 100%;
}
[hidden] { display: none !important; }
.unseen { position: absolute; width: 1px; height: 1px; padding: 0; border: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
h1, h2, p, ul, fieldset { margin: 0; padding: 0; border: 0; }
ul { list-style: none; }
a { color: var(--accent); }
code { font: 0.9em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }

header.page { display: grid; gap: 12px 24px; padding: 28px 0 16px; }
.account { color: var(--soft); font-weight: 600; }
h1 { font-size: clamp(1.6rem, 5vw, 2.2rem); line-height: 1.15; letter-spacing: -0.02em; }
.upload { display: grid; gap: 8px; justify-items: start; }
.hint { color: var(--soft); font-size: 0.875rem; max-width: 62ch; }
#forgets, #issues p { margin: 0 0 12px; padding: 8px 12px; border-radius: 8px; background: var(--warn-field); color: var(--warn); }
#issues p { max-width: 80ch; overflow-wrap: anywhere; font-size: 0.875rem; }
#kept { margin: 0 0 12px; }
#problem { position: fixed; z-index: 2; inset: auto 0 0; padding: 12px 16px; background: var(--warn-field); color: var(--warn); border-top: 1px solid var(--warn); text-align: center; }
.progress { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; color: var(--soft); font-variant-numeric: tabular-nums; }
progress { flex: 1 1 120px; height: 8px; border: 0; border-radius: 4px; background: var(--line); accent-color: var(--good); appearance: none; overflow: hidden; }
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--good); }
progress::-moz-progress-bar { background: var(--good); }

button, .button, input[type="search"], select {
  min-height: 44px;
  padding: 8px 14px;
  border: 1px solid var(--line);
  border-radius: 10px;
  background: var(--card);
  color: var(--ink);
  font: inherit;
}
button, .button { cursor: pointer; font-weight: 550; text-decoration: none; display: inline-flex; align-items: center; }
button:hover, .button:hover { border-color: var(--soft); }
.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button.is-copied { background: var(--good-field); border-color: var(--good); color: var(--good); }
button.is-copied::after { content: "✓"; margin-left: 6px; }
.row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }

.tools { display: flex; flex-wrap: wrap; gap: 8px; padding: 12px 0; }
#search { flex: 1 1 140px; min-width: 0; max-width: 640px; }
.filter { display: flex; flex-wrap: wrap; gap: 4px; }
.filter label { cursor: pointer; }
.filter input { position: absolute; opacity: 0; }
.filter span { display: flex; gap: 6px; align-items: center; min-height: 44px; padding: 8px 12px; border: 1px solid var(--line); border-radius: 10px; background: var(--card); color: var(--soft); }
.filter b { font-weight: 500; font-variant-numeric: tabular-nums; }
.filter input:checked + span { border-color: var(--ink); background: var(--ink); color: var(--paper); }
.filter input:focus-visible + span { outline: 3px solid var(--accent); outline-offset: 2px; }

#cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 540px), 1fr)); gap: 16px; }
.card {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 16px 24px;
  padding: 16px;
  border: 1px solid var(--line);
  border-radius: 16px;
  background: var(--card);
  scroll-margin-top: 12px;
  content-visibility: auto;
  contain-intrinsic-height: auto 720px;
}
.card.is-done { border-color: var(--good); box-shadow: inset 4px 0 0 var(--good); }
.media video { display: block; width: 100%; max-height: 60vh; aspect-ratio: 9 / 16; border-radius: 10px; background: var(--stage); object-fit: contain; }
.photos { display: grid; grid-template-columns: repeat(3, 1fr); gap: 6px; }
.photos a { display: block; border-radius: 8px; }
.photos img { display: block; width: 100%; aspect-ratio: 3 / 4; border-radius: 8px; background: var(--stage); object-fit: cover; }
.photos .cover { grid-column: span 2; grid-row: span 2; position: relative; }
.photos .cover img { height: 100%; }
.photos .cover::after { content: "Cover"; position: absolute; left: 8px; top: 8px; padding: 2px 8px; border-radius: 6px; background: #1b1b1a; color: #fff; font-size: 0.75rem; }

.main, .words, .side { display: grid; gap: 14px; align-content: start; min-width: 0; }
.key { display: flex; flex-wrap: wrap; gap: 2px 8px; align-items: center; margin-top: 6px; color: var(--soft); font-size: 0.8125rem; }
.key button { min-height: 36px; padding: 4px 10px; font-size: 0.8125rem; }
.card h2 { font-size: 1.15rem; line-height: 1.3; overflow-wrap: anywhere; }
.when { display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: baseline; color: var(--soft); font-size: 0.875rem; }
.tag { display: inline-block; padding: 1px 8px; border-radius: 6px; background: var(--field); color: var(--soft); font-size: 0.8125rem; }
.tag.warn, .tag.rejected { background: var(--warn-field); color: var(--warn); }
.tag.failed { color: var(--bad); }
.label { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 12px; color: var(--soft); font-size: 0.8125rem; font-weight: 600; }
.counter { color: var(--soft); font-size: 0.8125rem; font-weight: 400; font-variant-numeric: tabular-nums; }
.over { color: var(--bad); }
.text { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
.block > .text { margin-top: 2px; padding: 10px 12px; border-radius: 10px; background: var(--field); max-height: 16em; overflow: auto; }
.topics { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 4px; }
.topics button { min-height: 36px; padding: 4px 12px; border-radius: 18px; overflow-wrap: anywhere; text-align: start; }
.copy { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }

.side label { display: flex; gap: 10px; align-items: flex-start; cursor: pointer; }
.side input[type="checkbox"] { flex: none; width: 22px; height: 22px; margin: 1px 0 0; accent-color: var(--good); }
.done { padding: 10px 12px; border: 1px solid var(--line); border-radius: 10px; font-weight: 600; }
.is-done .done { border-color: var(--good); background: var(--good-field); color: var(--good); }
.refused { padding: 8px 12px; border-radius: 8px; background: var(--warn-field); color: var(--warn); font-size: 0.875rem; overflow-wrap: anywhere; }
.moments .tag { margin-top: 4px; font-size: 0.875rem; }
.moments [data-of="planned"] { background: var(--ink); color: var(--paper); }
.moments [data-of="posted"] { background: var(--good-field); color: var(--good); }
.is-overdue .moments [data-of="planned"] { background: var(--bad); color: var(--card); font-weight: 600; }
.mark { color: var(--soft); font-size: 0.875rem; overflow-wrap: anywhere; }
.is-served .mark[data-of="note"] { display: none; }
.fields { display: none; gap: 8px; }
.is-served .fields { display: grid; }
.fields label { display: grid; grid-template-columns: 3em minmax(0, 1fr); gap: 8px; align-items: center; color: var(--soft); font-size: 0.875rem; }
.fields input, .fields textarea { width: 100%; min-height: 40px; padding: 8px 10px; border: 1px solid var(--line); border-radius: 8px; background: var(--field); color: var(--ink); font: inherit; font-size: 1rem; }
.fields textarea { resize: vertical; field-sizing: content; max-height: 12em; }
.fields [aria-invalid="true"] { border-color: var(--bad); }
.day { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: baseline; padding: 12px 0 0; font-size: 1.15rem; line-height: 1.3; }
.day span { color: var(--soft); font-size: 0.875rem; font-weight: 400; }
.day.is-late { color: var(--bad); }
.ticks { display: grid; gap: 10px; }
.ticks legend { margin-bottom: 8px; color: var(--soft); font-size: 0.8125rem; font-weight: 600; }
.ticks .warning span { color: var(--warn); }
.files ul { margin: 2px 0 8px; }
.files li { display: flex; justify-content: space-between; align-items: baseline; gap: 12px; }
.files li a, .files .folder { display: inline-block; padding: 4px 0; }
.files .folder { font-weight: 400; }
.files .label { align-items: baseline; }
summary { padding: 6px 0; }
details { color: var(--soft); font-size: 0.875rem; }
summary { cursor: pointer; }
details ul { display: grid; gap: 6px; padding-top: 6px; overflow-wrap: anywhere; }

.empty { padding: 48px 0; color: var(--soft); text-align: center; }
.totals { display: flex; flex-wrap: wrap; gap: 6px; }
.tag.delivered { background: var(--good-field); color: var(--good); }
.rest { padding-bottom: 8px; color: var(--ink); font-size: 1rem; }
.rest h2 { font-size: 1rem; line-height: 1.5; }
.rest > ul, .rest > details > ul { display: grid; gap: 8px; padding: 6px 0; }
.rest > ul > li, .rest > details > ul > li { display: flex; gap: 4px 12px; align-items: baseline; padding: 8px 14px; border: 1px solid var(--line); border-radius: 10px; background: var(--card); color: var(--ink); font-size: 1rem; overflow-wrap: anywhere; }
.rest .tag { flex: none; font-variant-numeric: tabular-nums; }
.rest summary { padding: 2px 0; color: var(--soft); font-size: 0.875rem; }
.rest .keys { display: flex; flex-wrap: wrap; gap: 4px 16px; }
.index { max-width: 800px; }
.index > ul { display: grid; gap: 8px; }
.index > ul > li { display: flex; flex-wrap: wrap; gap: 6px 16px; align-items: center; padding: 8px 14px; border: 1px solid var(--line); border-radius: 10px; background: var(--card); overflow-wrap: anywhere; }
.index .counter:empty { display: none; }
.index a { flex: 1 1 14em; padding: 8px 0; font-weight: 600; }
.option { white-space: nowrap; }
footer { margin-top: 40px; color: var(--soft); font-size: 0.875rem; }
kbd { padding: 1px 6px; border: 1px solid var(--line); border-radius: 5px; background: var(--card); font: 0.85em ui-monospace, Menlo, Consolas, monospace; }

@media (max-width: 639px) {
  .media video { margin: 0 auto; width: auto; max-width: 100%; height: 56vh; }
  .filter { display: grid; grid-template-columns: 1fr 1fr; width: 100%; }
  .order, .order select { flex: 1; width: 100%; }
  .tools .row { width: 100%; }
  .tools .row button { flex: 1; justify-content: center; }
  .filter span { justify-content: center; padding: 8px; font-size: 0.9375rem; }
  #search { max-width: none; }
  .totals { width: 100%; }
  .rest > ul > li, .rest > details > ul > li { display: block; }
  footer p:first-child { display: none; }
}
@media (min-width: 640px) {
  header.page { grid-template-columns: 1fr auto; align-items: start; }
  .upload { justify-items: end; text-align: end; }
  .progress { grid-column: 1 / -1; }
  .card { grid-template-columns: 200px minmax(0, 1fr); grid-template-rows: auto 1fr; padding: 20px; contain-intrinsic-height: auto 620px; }
  .main { grid-column: 2; grid-row: 1 / span 2; }
  .files { grid-column: 1; }
  .files .row button { flex: 1; justify-content: center; }
}
@media (min-width: 1080px) {
  .tools { position: sticky; top: 0; z-index: 1; margin: 0 -16px; padding: 12px 16px; background: var(--paper); }
  .card, .day { scroll-margin-top: 136px; }
}
@media (min-width: 1440px) {
  .card, .day { scroll-margin-top: 84px; }
}
@media (prefers-reduced-motion: no-preference) {
  html { scroll-behavior: smooth; }
  button { transition: background 0.15s, border-color 0.15s; }
}
@media print {
  .tools, .upload, .copy, .files, footer, video { display: none; }
  .card { break-inside: avoid; content-visibility: visible; }
}
`;
