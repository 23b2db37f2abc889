import { expect, it } from 'vitest';
import { remediesOf } from '../../../src/web/studio/remedies.ts';

/** The files that are offered for a failed post that several files fit. */
function offered(files: string[] | undefined): readonly string[] {
  const about = { actual: '2 files (a.mp4, b.mp4)', limit: null, message: '', ...(files && { files }) };
  const issue = { code: 'several-files-fit', severity: 'warning', ...about } as const;
  const found = remediesOf({ key: '2025-11-29_10-00-00', status: 'failed', issues: [issue] }, 'video');
  return found.flatMap((each) => (each.kind === 'pick' ? each.files : []));
}

it.each([
  ['two files', ['a.mp4', 'sub/b (1).mp4']],
  ['more files than the sentence names', ['a', 'b', 'c', 'd', 'e', 'f']],
  ['a comma in a name', ['a, b.mp4', 'c.mp4']],
])('of %s each is offered', (_what, files) => {
  expect(offered(files)).toEqual(files);
});

it('a post that the version before left, whose files are not listed, offers none to pick', () => {
  expect(offered(undefined)).toEqual([]);
});
