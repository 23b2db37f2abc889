import { expect, it } from 'vitest';
import type { Issue } from '../../src/model/issue.ts';
import { mergeIssues } from '../../src/pipeline/deliver-post.ts';

const issue = (code: Issue['code'], actual: number): Issue => ({ code, severity: 'error', actual, limit: null });

it('a source that breaks off says so once, where the first part is cut short; other trouble is told of each part', () => {
  const [first, second] = [issue('breaks-off', 120), issue('breaks-off', 0)];
  const other = issue('render-failed', 1);
  expect([[first], [other, second], [other]].reduce(mergeIssues, [] as readonly Issue[])).toEqual([
    first,
    other,
    other,
  ]);
});
