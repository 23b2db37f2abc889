import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { updatePostJson } from '../../src/deliver/post-json.ts';
import { type Entry, fromJson, postDocument, toJson } from '../../src/state/documents.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { temporaryFolder } from '../tools/folder.ts';
import { entry, issue } from './contact-sheet/entries.ts';

const delivered = entry();
const failed = entry({ status: 'failed', issues: [issue('no-link', 'error', 'No link.')], caption: null, files: [] });
const held = entry({ ...failed, status: 'held' });

/** What post.json says after this row was told. @param there what it said before; null: there is none */
async function told(row: Entry, there: string | null, odd: Partial<ReturnType<typeof createFiles>> = {}) {
  const folder = temporaryFolder();
  const path = join(folder, row.target, row.key, 'post.json');
  if (there !== null) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, there);
  }
  const files = createFiles();
  let writes = 0;
  const write: typeof files.write = async (...args) => {
    writes++;
    await files.write(...args);
  };
  await updatePostJson(row, folder, { ...files, write, ...odd });
  const text = there === null ? null : readFileSync(path, 'utf8');
  return { document: fromJson(text, postDocument), text, writes };
}

describe('post.json of an earlier delivery', () => {
  it.each<[string, Entry, Entry & { readonly before?: Entry }, object]>([
    ['says why the post failed now, and keeps what was delivered', failed, delivered, { ...failed, before: delivered }],
    ['keeps it when the post fails again', failed, { ...held, before: delivered }, { ...failed, before: delivered }],
    ['keeps nothing if nothing was delivered', failed, held, failed],
    ['says that the post is held now, without the delivery', held, delivered, held],
    ['says that the post is delivered', delivered, { ...failed, before: delivered }, delivered],
  ])('%s', async (_name, row, there, expected) => {
    expect((await told(row, toJson(there))).document).toEqual(expected);
  });

  it('is not written if it says so already, nor where there is none', async () => {
    expect((await told(held, toJson(held))).writes).toBe(0);
    expect((await told(held, null)).writes).toBe(0);
  });

  it('that is broken is replaced', async () => {
    expect((await told(failed, '{"status":')).document).toEqual(failed);
  });

  it('that cannot be written stays, and the run continues', async () => {
    const write = async () => Promise.reject(new Error('disk full'));
    expect((await told(held, toJson(delivered), { write })).document).toEqual(delivered);
  });
});
