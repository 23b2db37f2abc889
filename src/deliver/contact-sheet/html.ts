import { withoutControls } from '../../report/cell-guard.ts';

/** Text that is HTML already. All other text is escaped when it is inserted into HTML. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Html | null | readonly Part[];

/** A template for HTML: text is escaped, `Html` is inserted unchanged, null becomes nothing, lists are joined. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((before, after, index) => before + written(parts[index - 1] ?? null) + after));
}

function written(part: Part): string {
  if (part === null) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(written).join('');
  return escaped(String(part));
}

const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return withoutControls(text).replace(/[&<>"']/g, (character) => names[character] ?? '');
}

/** A sentence whose options of the command line stand out, and do not break behind their hyphens. */
export function sentenceHtml(text: string): Html {
  return html`${text.split(/(--[a-z][a-z-]*[a-z])/).map((part, at) => (at % 2 === 1 ? html`<code class="option">${part}</code>` : part))}`;
}

/**
 * A relative URL for a file next to the page. Every segment is encoded, so that no name can start with a scheme or
 * leave the folder.
 * @param path relative, with `/`
 */
export function address(path: string): string {
  const steps = path.split('/').filter((step) => step !== '' && step !== '.' && step !== '..');
  return `./${steps.map((step) => encodeURIComponent(step.replace(/\p{Cs}/gu, '\ufffd'))).join('/')}`;
}
