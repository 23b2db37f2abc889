import type { FileHandle } from 'node:fs/promises';

/**
 * Markup that no contact sheet of port contains: a `meta` other than those in its head, or the attribute that sends the
 * address with its token to linked sites. A Content-Security-Policy can forbid neither.
 */
const foreign =
  /<meta(?! (?:charset="utf-8"|http-equiv="Content-Security-Policy" content="[^"]*"|name="(?:viewport" content="width=device-width, initial-scale=1|referrer" content="no-referrer|color-scheme" content="light dark|robots" content="noindex)")>)|referrerpolicy/i;

/** Overlap of two chunks in characters: more than the length of any `meta` of port, which may be cut between chunks. */
const overlap = 2048;

/** Whether a page that begins like a contact sheet contains nothing that would send its address to another site. */
export async function isSafePage(file: FileHandle): Promise<boolean> {
  let rest = '';
  for await (const chunk of file.createReadStream({ start: 0, autoClose: false })) {
    const text = rest + Buffer.from(chunk).toString('latin1');
    const found = foreign.exec(text);
    if (found !== null && found.index < text.length - overlap) return false;
    rest = text.slice(-overlap);
  }
  return !foreign.test(rest);
}
