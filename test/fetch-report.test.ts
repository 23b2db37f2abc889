import { expect, it } from 'vitest';
import type { OpenAccount } from '../src/account-run.ts';
import { reportFetching } from '../src/fetch-report.ts';
import type { Issue, RunEvent } from '../src/model.ts';
import { post } from './builders.ts';

it('tells of what came, and of a full disk once', () => {
  const told: RunEvent[] = [];
  const account = { account: 'maya', tools: { now: () => 0 }, tell: (event: RunEvent) => void told.push(event) };
  const posts = ['a', 'b', 'c', 'd'].map((key) => post({ key }));
  const { onFetched, missing } = reportFetching(posts, account as unknown as OpenAccount);
  const full: Issue = { code: 'disk-full', severity: 'error', actual: null, limit: null };
  const came = { original: null, isNew: true, issues: [] };
  const none = { original: null, isNew: false, issues: [full] };
  for (const [index, each] of posts.entries()) onFetched(each, [1, 2].includes(index) ? none : came);
  expect(told).toEqual([
    { type: 'progress', stage: 'fetch', account: 'maya', key: 'a', share: 1, done: 1, total: 4 },
    { type: 'warning', message: expect.stringContaining('disk is nearly full') },
    { type: 'progress', stage: 'fetch', account: 'maya', key: 'd', share: 1, done: 4, total: 4 },
  ]);
  expect(missing()).toBeNull();
});
