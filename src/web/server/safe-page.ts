import type { FileHandle } from 'node:fs/promises';

/**
 * What none of our sheets holds: a `meta` of another kind than those in their head, and an attribute that lets the address,
 * with its token, go along to where a link leads. A policy forbids neither.
 */
const foreign =
  /<meta(?! (?:charset="utf-8"|http-equiv="Content-Security-Policy" content="[^"]*"|name="(?:viewport" content="width=device-width, initial-scale=1|referrer" content="no-referrer|color-scheme" content="light dark|robots" content="noindex)")>)|referrerpolicy/i;

/** Longer than any `meta` of ours, which may be cut in two. */
const overlap = 2048;

/** Whether a page, which begins like a sheet of ours, holds nothing further down that would send its address elsewhere. */
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
