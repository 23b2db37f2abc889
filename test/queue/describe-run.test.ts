import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkOptions } from '../../src/config/options.ts';
import { describeRun } from '../../src/queue/describe.ts';
import { openSharedFolder, type SharedFolder } from '../../src/queue/shared-folder.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { post } from '../builders.ts';

let folder: string;
let shared: SharedFolder;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'port-describe-')));
  await mkdir(join(folder, 'media'));
  for (const name of ['ana.zip', 'song.mp3']) await writeFile(join(folder, name), 'x');
  shared = await openSharedFolder(folder, createFiles());
});
afterAll(async () => rm(folder, { recursive: true }));

const stamp = { version: '1.0.0', libavcodec: 60 };
const a = post({ key: '2025-03-01_00-00-00' });
const b = post({ key: '2025-03-02_00-00-00' });
const issue = { code: 'not-public', severity: 'info', actual: 'friends', limit: null };
const caption = { text: 'Hello', title: null, hashtags: null, source: 'csv', matchedBy: 'key', seconds: null };
const cues = { cues: [{ from: 0, to: 1, text: 'Hi' }], video: null };

/** The document of a run with the posts a and b, of which b is held. */
const described = async (options: object = {}, music: object | null = null) =>
  describeRun(
    {
      account: { name: 'ana', nameless: true, paths: [join(folder, 'ana.zip')] },
      run: {
        options: checkOptions({ to: 'rednote,lemon8', ...options }),
        music,
        selection: { selected: [a], held: [{ post: b, issue }] },
        isPosted: (key: string, target: string) => key === a.key && target === 'lemon8',
      },
    } as never,
    [a, b],
    {
      get: (key: string) => (key === a.key ? caption : null),
      issuesOf: (key: string) => (key === a.key ? [issue] : []),
      isUnsure: (key: string) => key === b.key,
      choicesOf: (key: string) => ({ cover: key === a.key ? 'x'.repeat(3000) : '', targets: 'rednote', fit: 'crop' }),
      subtitlesOf: (key: string) => (key === a.key ? cues : null),
      tiktokIds: new Map([[a.key, '7']]),
    } as never,
    shared,
    stamp,
  );

it('a worker gets all that it cannot read from the export, without links, with paths of the shared folder', async () => {
  const about = await described(
    { media: [join(folder, 'media')] },
    { path: join(folder, 'song.mp3'), bytes: 1, sha256: 'h' },
  );
  const choices = { targets: 'rednote', fit: 'crop' };
  expect(about).toEqual({
    ...{ schemaVersion: 1, ...stamp, account: 'ana', nameless: true, root: folder, exports: ['ana.zip'] },
    ...{ media: ['media'], music: { path: 'song.mp3', bytes: 1, sha256: 'h' }, tiktokIds: { [a.key]: '7' } },
    options: expect.objectContaining({ to: 'rednote,lemon8' }),
    posts: {
      [a.key]: {
        ...{ linkPath: null, caption, issues: [issue], isUnsure: false, posted: ['lemon8'], held: null },
        ...{ choices: { ...choices, cover: 'x'.repeat(2000) }, subtitles: cues },
      },
      [b.key]: {
        ...{ linkPath: null, caption: null, issues: [], isUnsure: true, posted: [], held: issue, subtitles: null },
        choices: { ...choices, cover: '' },
      },
    },
  });
  expect((await described()).music).toBe(null);
});
