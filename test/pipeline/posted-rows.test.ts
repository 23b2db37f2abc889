import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/model/event.ts';
import { frozen, openPosted, savePosted, watchFrozen, withFrozen } from '../../src/pipeline/posted.ts';
import type { Entry } from '../../src/state/documents.ts';
import { entry, issue } from '../deliver/contact-sheet/entries.ts';
import { temporaryFolder } from '../media.ts';
import { openAccountRun, writeExport } from './account-run.ts';

const key = '2025-06-01_10-00-00';
const ticked = `key,target,posted\n${key},rednote,2026-11-01 12:00\n`;

/** A run over a folder with this row and posting.csv. */
async function open(row: Partial<Entry> | null, posting: string | null = ticked, redoPosted = false) {
  const out = await temporaryFolder();
  const folder = join(out, 'maya');
  await mkdir(folder);
  if (posting !== null) await writeFile(join(folder, 'posting.csv'), posting);
  const path = await writeExport(out, [{ Date: '2025-06-01 10:00:00' }]);
  const { run, events, work } = await openAccountRun({ export: path, out }, { to: 'rednote,reels' });
  if (row !== null) run.manifest.set(entry({ key, ...row }));
  await run.manifest.save({ tool: 'x', files: [], account: work.account.name, describe: () => '' });
  const told: RunEvent[] = [];
  const posted = await openPosted({ ...run, tell: (event) => told.push(event) }, { redoPosted });
  return { ...posted, folder, run, events, told };
}

const warningsIn = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));

describe('whether a post is out, so that nothing of it changes', () => {
  it.each<[string, Partial<Entry> | null, string | null, boolean, boolean]>([
    ['delivered and ticked', {}, ticked, false, true],
    ['delivered, without posting.csv', {}, null, false, false],
    ['delivered and not ticked', {}, `key,target,posted\n${key},rednote,\n`, false, false],
    ['ticked on another platform', {}, ticked.replace('rednote', 'reels'), false, false],
    ['held', { status: 'held', files: [] }, ticked, false, false],
    ['never delivered', null, ticked, false, false],
    ['delivered and ticked, with --redo-posted', {}, ticked, true, false],
  ])('%s', async (_name, row, posting, redoPosted, expected) => {
    const { isPosted } = await open(row, posting, redoPosted);
    expect([isPosted(key, 'rednote'), isPosted('2025-06-02_10-00-00', 'rednote')]).toEqual([expected, false]);
  });

  it.each<[string, Partial<Entry>, boolean]>([
    ['whose package is still there', {}, true],
    ['whose package is gone', { files: [] }, false],
  ])('a post that was out, failed in a later run, %s', async (_name, odd, expected) => {
    const { run } = await open({});
    await savePosted(run);
    run.manifest.set(entry({ key, status: 'failed', ...odd }));
    await run.manifest.save({ tool: 'x', files: [], account: run.account, describe: () => '' });
    expect((await openPosted(run, { redoPosted: false })).isPosted(key, 'rednote')).toBe(expected);
  });

  it('a tick that is set or taken away during a run counts from the next refresh on', async () => {
    const { folder, isPosted, refresh } = await open({}, null);
    await writeFile(join(folder, 'posting.csv'), ticked);
    expect(isPosted(key, 'rednote')).toBe(false);
    await refresh();
    expect(isPosted(key, 'rednote')).toBe(true);
    await writeFile(join(folder, 'posting.csv'), 'key,target,posted\n');
    await refresh();
    expect(isPosted(key, 'rednote')).toBe(false);
  });

  it('a cell that cannot be read is told of', async () => {
    const { told } = await open({}, ticked.replace('2026-11-01 12:00', 'last week or so'));
    expect(warningsIn(told)).toEqual([expect.stringContaining('last week or so')]);
  });
});

it.each<[string, readonly string[], readonly ReturnType<typeof frozen>[], readonly string[]]>([
  ['what would change is said', [], [frozen('be held')], ['be held']],
  ['what an earlier run said is replaced', ['posted-frozen'], [frozen('be held')], ['be held']],
  ['what an earlier run said is taken back', ['posted-frozen'], [], []],
  ['other issues stay', ['no-words'], [], [null as never]],
])('the row of a post that is out: %s', (_name, before, issues, expected) => {
  const row = entry({ issues: before.map((code) => issue(code, 'info', 'as before')) });
  const now = withFrozen(row, issues);
  expect(now.issues.map(({ actual }) => actual)).toEqual(expected);
  expect({ ...now, issues: [] }).toEqual({ ...row, issues: [] });
});

it.each<[string, readonly string[], readonly string[]]>([
  ['none', [], []],
  ['a post on two platforms counts once', ['a', 'a'], ['a']],
  ['two posts', ['a', 'b'], ['a', 'b']],
])('posts that stay because they are out, at the end of a run: %s', (_name, keys, expected) => {
  const told: RunEvent[] = [];
  const { tell, tellFrozen } = watchFrozen((event) => told.push(event));
  const post = (of: string, code: string) =>
    ({ type: 'post', key: of, issues: [{ code }] }) as unknown as RunEvent & { type: 'post' };
  tell(post('other', 'no-words'));
  for (const of of keys) tell(post(of, 'posted-frozen'));
  expect(told).toHaveLength(keys.length + 1);
  tellFrozen();
  const [warning] = told.slice(keys.length + 1);
  expect(warning?.type === 'warning' ? warning.posts : []).toEqual(expected);
});

describe('savePosted', () => {
  const sheetOf = async (folder: string) => readFile(join(folder, 'posting.csv'), 'utf8').catch(() => '');

  it('lists what was delivered, with its tick, and writes nothing where nothing changed', async () => {
    const { run, folder } = await open({});
    await savePosted(run);
    expect(await sheetOf(folder)).toContain(`${key},rednote,,2026-11-01T12:00:00`);
    const { ino, mtimeMs } = await stat(join(folder, 'posting.csv'));
    await savePosted(run);
    expect(await stat(join(folder, 'posting.csv'))).toMatchObject({ ino, mtimeMs });
  });

  it('a folder where it cannot be written: a warning, and the run goes on', async () => {
    const { run, folder, events } = await open({}, null);
    await mkdir(join(folder, 'posting.csv/inside'), { recursive: true });
    await savePosted(run);
    expect(events.at(-1)).toMatchObject({ type: 'warning', issue: { code: 'posting-unwritten' } });
  });
});
