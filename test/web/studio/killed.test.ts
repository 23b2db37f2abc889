import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { fixture, until, workFolder } from '../../e2e/run-port.ts';
import { type Started, startStudio, uploadsOf } from './started.ts';

/** A studio that ends in the middle of a run, and the next one in the same folder. */
let folder: Awaited<ReturnType<typeof workFolder>>;
afterEach(async () => folder.remove());

async function inTheMiddle(): Promise<Started> {
  folder = await workFolder();
  const studio = await startStudio(folder.path, ['--offline']);
  await studio.api('export?name=export.zip', await readFile(fixture('export.zip')));
  await studio.api('options', { options: { to: 'rednote' } });
  const { all, stop } = await studio.events();
  await studio.api('run', { what: 'all' });
  await until(() => all.some((event) => event.type === 'run' && event.event.type === 'post'));
  stop();
  return studio;
}

async function goesOn(): Promise<void> {
  const next = await startStudio(folder.path, ['--offline']);
  const before = await next.stateWhere(({ exports }) => exports[0]?.inspection != null);
  expect(before).toMatchObject({ isUnfinished: true, options: { to: 'rednote' } });
  expect(before.exports).toMatchObject([{ name: 'export.zip', isUploaded: true }]);
  await next.api('run', { what: 'all' });
  const { run, accounts, isUnfinished } = await next.stateWhere((state) => state.run.state === 'done');
  expect(run.exitCode).toBe(0);
  expect(isUnfinished).toBe(false);
  expect(accounts[0]?.totals['rednote']).toEqual({ delivered: 7, held: 1, rejected: 0, failed: 0 });
  const posts = await next.posts('maya');
  expect(posts.filter(({ status }) => status === 'delivered')).toHaveLength(7);
  expect(await next.end()).toBe(0);
  // Now that nothing is left to do, the export is gone.
  expect((await readdir(uploadsOf(folder.path))).filter((name) => name !== 'lock')).toEqual([]);
  const all = await readdir(join(folder.path, 'ported'), { recursive: true });
  expect(all.filter((name) => /\.part\b/.test(name))).toEqual([]);
}

it('ended by Ctrl-C: the run is stopped cleanly, and the next studio continues', async () => {
  const studio = await inTheMiddle();
  expect(await studio.end('SIGINT')).toBe(0);
  const manifest = JSON.parse(await readFile(join(folder.path, 'ported', 'maya', 'manifest.json'), 'utf8'));
  expect(manifest.posts.length).toBe(8);
  await goesOn();
});

it('killed: the next studio continues', async () => {
  const studio = await inTheMiddle();
  await studio.end('SIGKILL');
  await goesOn();
});

it('killed without a run: the next studio sweeps what was sent', async () => {
  folder = await workFolder();
  const studio = await startStudio(folder.path, ['--offline']);
  await studio.api('export?name=export.zip', await readFile(fixture('export.zip')));
  await studio.end('SIGKILL');
  const next = await startStudio(folder.path, ['--offline']);
  expect((await next.state()).exports).toEqual([]);
  const left = await readdir(uploadsOf(folder.path), { recursive: true });
  expect(left.filter((name) => name.endsWith('.zip'))).toEqual([]);
  await next.end();
});

it('kept: the next studio has the export', async () => {
  folder = await workFolder();
  const studio = await startStudio(folder.path, ['--offline']);
  await studio.api('export?name=export.zip', await readFile(fixture('export.zip')));
  expect((await studio.api('keep', { keep: true })).isKept).toBe(true);
  await studio.end();
  const next = await startStudio(folder.path, ['--offline']);
  const { exports, isUnfinished } = await next.stateWhere((state) => state.exports[0]?.inspection != null);
  expect([exports.length, isUnfinished]).toEqual([1, false]);
  await next.api('keep', { keep: false });
  await next.end();
  expect((await readdir(uploadsOf(folder.path))).filter((name) => name !== 'lock')).toEqual([]);
});
