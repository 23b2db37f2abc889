import { expect, it } from 'vitest';
import { remediesOf } from '../../../src/web/studio/remedies.ts';

/** The files that are offered for a failed post whose issue has these words. */
function offered(actual: string): readonly string[] {
  const issue = { code: 'several-files-fit', severity: 'warning', actual, limit: null, message: '' } as const;
  const found = remediesOf({ key: '2025-11-29_10-00-00', status: 'failed', issues: [issue] }, 'video');
  return found.flatMap((each) => (each.kind === 'pick' ? each.files : []));
}

it.each([
  ['two files', '2 files (a.mp4, sub/b (1).mp4)', ['a.mp4', 'sub/b (1).mp4']],
  ['four files, which are all', '4 files (a, b, c, d)', ['a', 'b', 'c', 'd']],
  ['five files, of which one is not named', '5 files (a, b, c, d, ...)', []],
  ['a comma in a name', '2 files (a, b.mp4, c.mp4)', []],
])('%s', (_what, actual, files) => {
  expect(offered(actual)).toEqual(files);
});
