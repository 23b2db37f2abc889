import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Refusal } from '../../../src/web/studio/api.ts';
import { fixture, until, workFolder } from '../../e2e/run-port.ts';
import { type Started, startStudio, uploadsOf } from './started.ts';

describe('the sample', () => {
  let folder: Awaited<ReturnType<typeof workFolder>>;
  let studio: Started;
  beforeAll(async () => {
    folder = await workFolder();
    studio = await startStudio(folder.path, ['--offline', '--tags', 'mine']);
    await studio.api('export?name=export.zip', await readFile(fixture('export.zip')));
  });
  afterAll(async () => {
    await studio.end();
    await folder.remove();
  });

  it('is a whole studio of its own: posts are made, edited and ticked', async () => {
    expect(await studio.api('sample', { isOpen: true })).toMatchObject({ isSample: true });
    const state = await studio.stateWhere(({ forecast }) => forecast.state === 'done');
    expect(state.exports).toMatchObject([{ inspection: { account: 'sample', counts: { posts: 5 } } }]);
    expect(state.options['tags']).toBeUndefined();
    await studio.api('run', { what: 'all' });
    const { accounts } = await studio.stateWhere(({ run }) => run.state === 'done');
    expect(accounts).toMatchObject([
      { account: 'sample', totals: { rednote: { delivered: 4, held: 1 }, shorts: { delivered: 4, held: 1 } } },
    ]);
    const key = '2025-03-02_09-15-04';
    const seen = { caption: '', title: '', hashtags: '' };
    const { cells } = await studio.api<{ cells: typeof seen }>(`post?account=sample&key=${key}`);
    await studio.api('words', { account: 'sample', key, seen: cells, cells: { ...cells, title: 'A try' } });
    await until(async () => (await studio.posts('sample')).some((post) => post.title === 'A try'));
    await studio.api('posting', { account: 'sample', key, target: 'rednote', part: null, posted: true });
    await until(async () => (await studio.posts('sample')).some((post) => post.posted !== ''));
  });

  it('writes nothing into the output folder, and another page sees it', async () => {
    expect(await readdir(folder.path)).not.toContain('ported');
    const { all, stop } = await studio.events();
    await until(() => all.some((event) => event.type === 'state' && event.state.isSample));
    stop();
  });

  it('is gone when it is closed, and the own export is there again', async () => {
    const { isSample, exports, accounts } = await studio.api('sample', { isOpen: false });
    expect([isSample, exports[0]?.name, accounts[0]?.account]).toEqual([false, 'export.zip', 'maya']);
    expect((await studio.api<Refusal>('posts?account=sample')).refused).toBeTruthy();
    const left = await readdir(uploadsOf(folder.path), { recursive: true });
    expect(left.filter((name) => /sample/.test(name))).toEqual([]);
  });

  it('is refused during a run, and deleted when the studio ends', async () => {
    await studio.stateWhere(({ forecast }) => forecast.state === 'done');
    await studio.api('options', { options: { to: 'rednote' } });
    await studio.api('run', { what: 'all' });
    expect((await studio.api<Refusal>('sample', { isOpen: true })).refused).toContain('A run is going on');
    await studio.api('control', { action: 'stop' });
    await studio.stateWhere(({ run }) => run.state === 'done');
    await studio.api('sample', { isOpen: true });
    await studio.end();
    const left = await readdir(uploadsOf(folder.path), { recursive: true });
    expect(left.filter((name) => /sample/.test(name))).toEqual([]);
  });
});
