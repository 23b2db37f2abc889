import { mkdir, readFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { IncompleteError } from '../../src/errors.ts';
import { savePosted } from '../../src/pipeline/posted.ts';
import { processPost } from '../../src/pipeline/process-post.ts';
import { writeContactSheets } from '../../src/pipeline/write-contact-sheets.ts';
import { temporaryFolder } from '../media.ts';
import { type OpenedRun, openAccountRun } from './account-run.ts';
import { type Change, changed, posted, sheet, withFile, without } from './changes.ts';
import { makeSmallPosts, smallPosts } from './small-posts.ts';

const { video, photos } = smallPosts;

let input: Awaited<ReturnType<typeof makeSmallPosts>>;
/** `--out` after `photos` were delivered to RedNote and Reels, with their contact sheets. */
let delivered = '';
beforeAll(async () => {
  input = await makeSmallPosts(await temporaryFolder());
  delivered = await temporaryFolder();
  const opened = await open(delivered);
  await processPost(...(await opened.locate(photos)), opened.run);
  await opened.save();
  await writeContactSheets(opened.run);
});

const open = async (out: string, to = 'rednote,reels'): Promise<OpenedRun> =>
  openAccountRun({ ...input, out }, { to, media: [input.media] });

/** Which pages are other files than before. */
async function drawn(out: string, work: () => Promise<void>): Promise<string[]> {
  const names = ['rednote', 'reels', 'lemon8'];
  const nodes = async () =>
    Promise.all(names.map(async (name) => (await stat(pageOf(out, name)).catch(() => null))?.ino ?? null));
  const before = await nodes();
  await work();
  const after = await nodes();
  return names.filter((_, index) => before[index] !== after[index]);
}

const pageOf = (out: string, target: string) => join(out, 'maya', target, 'index.html');
const read = async (out: string, target: string) => readFile(pageOf(out, target), 'utf8');

describe('writeContactSheets', () => {
  it('a page for each platform of the run, with its posts and their words', async () => {
    for (const name of ['rednote', 'reels']) {
      expect(await read(delivered, name)).toContain(`id="${photos}"`);
      expect(await read(delivered, name)).toContain('Two photos');
    }
    await expect(read(delivered, 'lemon8')).rejects.toThrow('ENOENT');
  });

  it.each<[string, readonly Change[], string, readonly string[]]>([
    ['nothing changed', [], 'rednote,reels', []],
    ['the page of one platform was deleted', [without('reels/index.html')], 'rednote,reels', ['reels']],
    ['a page is no contact sheet any more', [withFile('reels/index.html', 'x')], 'rednote,reels', ['reels']],
    ['another platform', [], 'lemon8', ['lemon8']],
    ['a page of a platform that is not in this run', [without('reels/index.html')], 'rednote', []],
  ])('%s', async (_, changes, to, expected) => {
    const out = await changed(delivered, ...changes);
    const opened = await open(out, to);
    await mkdir(join(out, 'maya', 'lemon8'), { recursive: true });
    expect(await drawn(out, async () => writeContactSheets(opened.run))).toEqual(expected);
  });

  it('one more post: the page of its platform has it', async () => {
    const out = await changed(delivered);
    const opened = await open(out);
    expect(await read(out, 'rednote')).not.toContain(`id="${video}"`);
    await processPost(...(await opened.locate(video)), opened.run);
    await opened.save();
    await writeContactSheets(opened.run);
    expect(await read(out, 'rednote')).toContain(`id="${video}"`);
  });

  it('a post that is out: the page of its platform says when, the other page stays', async () => {
    const out = await changed(delivered, posted(photos));
    const { run } = await open(out);
    await savePosted(run);
    const before = await read(out, 'reels');
    await writeContactSheets(run);
    expect(await read(out, 'rednote')).toContain('data-posted="2026-11-01T12:00');
    expect(await read(out, 'reels')).toBe(before);
  });

  it('other words: the page has them', async () => {
    const out = await changed(delivered, sheet('title', `${photos},,Other`));
    const opened = await open(out, 'rednote');
    await processPost(...(await opened.locate(photos)), opened.run);
    await opened.save();
    await writeContactSheets(opened.run);
    expect(await read(out, 'rednote')).toContain('Other');
    expect(await read(out, 'reels')).toContain('Two photos');
  });

  it('pages that an earlier run drew are not opened again, but for one that was touched since', async () => {
    const out = await changed(delivered);
    const longAgo = new Date('2025-01-01');
    await utimes(pageOf(out, 'reels'), longAgo, longAgo);
    const { run } = await open(out);
    const opened: string[] = [];
    const { files } = run.tools;
    const read: typeof files.read = async (path, maxBytes) => {
      if (path.endsWith('index.html')) opened.push(path);
      return await files.read(path, maxBytes);
    };
    await writeContactSheets({ ...run, tools: { ...run.tools, files: { ...files, read } } });
    expect(opened).toEqual([pageOf(out, 'reels')]);
  });

  it('a folder that another run has taken over: nothing is written', async () => {
    const out = await changed(delivered, without('reels/index.html'));
    const { run } = await open(out);
    const signal = AbortSignal.abort(new IncompleteError('taken over'));
    expect(await drawn(out, async () => writeContactSheets({ ...run, signal }))).toEqual([]);
  });

  it('a page that cannot be written: one sentence that says what to do', async () => {
    const out = await changed(delivered, without('reels'), withFile('reels', ''));
    const { run } = await open(out);
    await expect(writeContactSheets(run)).rejects.toThrow(IncompleteError);
    await expect(writeContactSheets(run)).rejects.toThrow('run the same command again');
  });
});
