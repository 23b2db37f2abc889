import { expect, it } from 'vitest';
import type { RunEvent } from '../../src/model/event.ts';
import type { Issue } from '../../src/model/issue.ts';
import type { FetchedSummary } from '../../src/originals/index.ts';
import type { OpenAccount } from '../../src/pipeline/context.ts';
import { trackFetching } from '../../src/pipeline/fetch-progress.ts';
import { post } from '../builders.ts';

it('what was here already counts once something came, so that the numbers end at the whole', () => {
  const done: number[] = [];
  const tell = (event: RunEvent) => void (event.type === 'progress' && done.push(event.done));
  const account = { account: 'maya', tools: { now: () => 0 }, tell };
  const posts = ['a', 'b', 'c'].map((key) => post({ key }));
  const { onFetched } = trackFetching(posts, account as unknown as OpenAccount);
  const here = { original: { kind: 'video' }, isNew: false, issues: [] } as unknown as FetchedSummary;
  for (const [index, each] of posts.entries()) onFetched(each, { ...here, isNew: index === 1 });
  expect(done).toEqual([2, 3]);
});

it('tells of what came, and of a full disk once', () => {
  const told: RunEvent[] = [];
  const account = { account: 'maya', tools: { now: () => 0 }, tell: (event: RunEvent) => void told.push(event) };
  const posts = ['a', 'b', 'c', 'd'].map((key) => post({ key }));
  const { onFetched, missing } = trackFetching(posts, account as unknown as OpenAccount);
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
