import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PostDetail, PostsAnswer } from '../../../src/web/studio/api.ts';
import { fixture, runPort, until, workFolder } from '../../e2e/run-port.ts';
import { type Started, startStudio } from './started.ts';

/** Cards of some posts alone: all of ten thousand are many megabytes. */
const key = '2025-03-02_09-15-04';
let folder: Awaited<ReturnType<typeof workFolder>>;
let studio: Started;
beforeAll(async () => {
  folder = await workFolder();
  const args = [fixture('export.zip'), '--to', 'rednote,lemon8', '--only', key, '--offline', '--no-listing'];
  expect((await runPort(args, folder.path)).code).toBe(0);
  studio = await startStudio(folder.path, ['--offline']);
  await studio.stateWhere(({ accounts }) => accounts.length > 0);
});
afterAll(async () => {
  await studio.end();
  await folder.remove();
});

it('the cards of named posts are those of all', async () => {
  const all = (await studio.posts('maya')).filter((card) => card.key === key);
  const { posts } = await studio.api<PostsAnswer>(`posts?account=maya&keys=${key},2020-01-01_00-00-00`);
  expect(posts).toEqual(all);
  expect(posts).toHaveLength(2);
});

it.each(['', '../maya', `${`${key},`.repeat(100)}${key}`])('%j names no posts', async (keys) => {
  const { status } = await studio.ask(`/api/posts?account=maya&keys=${keys}`, { headers: { cookie: studio.cookie } });
  expect(status).toBe(404);
});

it('a tick names the post that changed, and is answered with it alone', async () => {
  const { all, stop } = await studio.events();
  const place = { account: 'maya', key, target: 'lemon8', part: null };
  const { posts } = await studio.api<PostsAnswer>('posting', { ...place, posted: true });
  expect(posts).toMatchObject([{ key, target: 'lemon8', posted: expect.stringMatching(/^\d{4}/) }]);
  await until(() => all.some((event) => event.type === 'posting'));
  expect(all.filter(({ type }) => type === 'posting')).toEqual([{ type: 'posting', account: 'maya', keys: [key] }]);
  stop();
});

it('the card of a post that was not made has only the beginning of a long caption', async () => {
  const { posts } = await studio.api<PostsAnswer>('posts?account=maya&keys=2025-02-14_19-33-07');
  expect(posts.map(({ status }) => status)).toEqual(['held', 'held']);
  const place = { account: 'maya', key: '2025-02-14_19-33-07' };
  const { cells } = await studio.api<PostDetail>(`post?account=maya&key=${place.key}`);
  await studio.api('words', { ...place, cells: { ...cells, caption: 'long '.repeat(800) }, seen: cells });
  const changed = await studio.api<PostsAnswer>(`posts?account=maya&keys=${place.key}`);
  expect(changed.posts.map(({ title }) => title)).toEqual(Array(2).fill('long '.repeat(40)));
});
