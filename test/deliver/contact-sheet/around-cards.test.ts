import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isSheet, servedPolicy, sheetPage, sheetStartBytes } from '../../../src/deliver/contact-sheet/page.ts';
import { joinedScript, scriptFiles } from '../../../src/deliver/contact-sheet/script.ts';
import type { Entry } from '../../../src/state/documents.ts';
import { targets } from '../../../src/targets/index.ts';
import { entry } from './entries.ts';
import { postingOf } from './posting.ts';
import { targetNamed } from './sample.ts';

/** A page with one post. */
function page({
  name = 'rednote',
  rows = [entry()] as readonly Entry[],
  script = 'run()',
  folder = null as string | null,
} = {}) {
  const about = { account: 'maya', target: targetNamed(name), rows, uploadFolder: folder, script };
  return [...sheetPage({ ...about, posting: postingOf({}, 'Europe/Lisbon') })].join('');
}
const words = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const start = (text: string) => new TextEncoder().encode(text).subarray(0, sheetStartBytes);

describe('the policy of the page', () => {
  it('allows its own style and script alone, and media beside it', () => {
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page()) ?? [];
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(page()) ?? [];
    const rules = policy.replaceAll('&#39;', "'").split('; ');
    expect(rules).toEqual([
      "default-src 'none'",
      "img-src 'self' file:",
      "media-src 'self' file:",
      `style-src ${hash(style)}`,
      `script-src ${hash('run()')}`,
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(page()).toContain('<script type="module">run()</script>');
    // By HTTP nothing comes from the disk, and no other page shows it in a frame.
    const served = rules.map((rule) => rule.replace(' file:', ''));
    expect(servedPolicy('run()').split('; ')).toEqual([...served, "frame-ancestors 'none'"]);
  });

  it('tells a page of port with this script from any other', () => {
    expect(isSheet(start(page()), 'run()')).toBe(true);
    expect(isSheet(start(page({ rows: [] })), 'run()')).toBe(true);
    expect(isSheet(start(page({ script: 'steal()' })), 'run()')).toBe(false);
    expect(isSheet(start(`<!-- -->${page()}`), 'run()')).toBe(false);
    expect(isSheet(new Uint8Array(), 'run()')).toBe(false);
  });
});

describe('above the cards', () => {
  it.each(targets.map(({ name }) => [name]))('%s: the way to upload', (name) => {
    const { upload, uploadElsewhere, title } = targetNamed(name);
    const html = page({ name, rows: [] });
    if (upload === null) expect(words(html)).toContain(`${title} has no upload page: post from its phone app.`);
    else expect(html).toContain(`href="${upload}" target="_blank" rel="noopener noreferrer">Open the upload page</a>`);
    expect(html.includes('has no upload page')).toBe(upload === null);
    expect(html.includes('<p class="hint">With ')).toBe(Boolean(uploadElsewhere));
    if (uploadElsewhere) {
      const { for: reason, at } = uploadElsewhere;
      expect(words(html)).toContain(`With ${reason}: ${new URL(at).host}`);
      expect(html).toContain(`<a href="${at}" target="_blank"`);
    }
  });

  it('the folders for many videos at once, where there are some', () => {
    expect(page({ name: 'shorts', folder: 'shorts-upload' })).toContain('each folder in <code>shorts-upload</code>');
    expect(page({ name: 'shorts' })).not.toContain('Many at once');
  });

  it('how many posts are to be posted, with parts by themselves', () => {
    const parts = [1, 2].map(() => ({ caption: entry().caption ?? ({} as never), files: [] }));
    expect(page({ rows: [entry(), entry({ parts })] })).toContain(
      'max="3" aria-label="Posted"></progress><span id="count">3 to post',
    );
    // A bar without a length is no HTML.
    expect(page({ rows: [] })).toContain('max="1" aria-label="Posted"></progress><span id="count">0 to post');
  });

  it('the filters, of which all posts is chosen', () => {
    const found = [...page().matchAll(/name="filter" value="(\w+)"( checked)?><span>([^<]*?) ?</g)];
    expect(found.map(([, value, checked, label]) => [value, checked !== undefined, label])).toEqual([
      ...[
        ['all', true, 'All'],
        ['todo', false, 'To do'],
        ['planned', false, 'Planned'],
        ['overdue', false, 'Overdue'],
      ],
      ...[
        ['done', false, 'Posted'],
        ['words', false, 'Needs words'],
      ],
    ]);
  });

  it('what the script goes by: account and platform, its name, the zone of the plan', () => {
    expect(page()).toContain('<body data-sheet="maya rednote" data-name="rednote" data-zone="Europe/Lisbon">');
    expect(words(page())).toContain('port posted --from ticks-rednote.csv');
  });
});

it('without posts says so; with some, that none fits is not shown yet', () => {
  expect(page({ rows: [] })).toContain('<p class="empty" id="empty">No post was delivered here yet.</p>');
  expect(page()).toContain('<p class="empty" id="empty" hidden>No post fits.</p>');
});

it('the files of the script are one module, without imports and exports', () => {
  const text = (
    name: string,
  ) => `import {\n  a,\n} from './a.js';\nimport './b.js';\nexport const of_${name.replace(/\W/g, '_')} = 1;
export async function f() {}\nexport let x;\nexport function g() {}\nconst s = 'import x; export const y';\nexport {};\n`;
  const joined = joinedScript(text);
  expect(joined).not.toMatch(/^(?:import|export)/m);
  expect(joined.match(/^const of_\w+ = 1;\nasync function f\(\) \{\}\nlet x;\nfunction g\(\) \{\}$/gm)).toHaveLength(
    scriptFiles.length,
  );
  expect(joined).toContain("const s = 'import x; export const y';");
});
