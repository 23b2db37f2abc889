import { copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PostDetail } from '../../../src/web/studio/api.ts';
import { fixture, runPort, until, workFolder } from '../../e2e/run-port.ts';
import { makeMedia, picture } from '../../media.ts';
import { buildZip } from '../../tools/zip-builder.ts';
import { type Started, startStudio } from './started.ts';

/** Pictures of the files of which each could be the original of a post. */
const place = { account: 'maya_trouble', key: '2025-11-29_10-00-00' };
const short = 'VID_20251129_100000 short.mp4';
const odd = `sub/VID_20251129_100000 100%d ñ'q" <b>&amp;.mp4`;
let folder: Awaited<ReturnType<typeof workFolder>>;
let studio: Started;
beforeAll(async () => {
  folder = await workFolder();
  const media = join(folder.path, 'media');
  await mkdir(join(media, 'sub'), { recursive: true });
  await makeMedia(media, short, picture('320x568', 0.3));
  await copyFile(fixture('export/media/2025-03-02_09-15-04.mp4'), join(media, odd));
  await copyFile(fixture('export.zip'), join(folder.path, 'secret.mp4'));
  await symlink(join(folder.path, 'secret.mp4'), join(media, 'link.mp4'));
  const args = ['--to', 'rednote', '--media', media, '--offline', '--no-listing'];
  await runPort([fixture('trouble.zip'), ...args], folder.path);
  studio = await startStudio(folder.path, [fixture('trouble.zip'), '--offline', '--media', media]);
  await studio.stateWhere(({ accounts }) => accounts.some(({ isThere }) => isThere));
}, 300_000);
afterAll(async () => {
  await studio.end();
  await folder.remove();
});

async function pictureOf(file: string): Promise<{ readonly status: number; readonly type: string | undefined }> {
  const query = new URLSearchParams({ ...place, file });
  const { status, headers } = await studio.ask(`/api/candidate?${query}`, { headers: { cookie: studio.cookie } });
  return { status, type: headers['content-type'] };
}

it('each file that is offered has a picture, a very short one and one with an odd name too', async () => {
  const { platforms } = await studio.api<PostDetail>(`post?${new URLSearchParams(place)}`);
  const files = platforms.flatMap(({ remedies }) =>
    remedies.flatMap((each) => (each.kind === 'pick' ? each.files : [])),
  );
  expect([...files].sort()).toEqual([short, odd]);
  for (const file of files) expect(await pictureOf(file)).toEqual({ status: 200, type: 'image/jpeg' });
});

it.each([
  ['a way out', '../secret.mp4'],
  ['a link', 'link.mp4'],
  ['a NUL', 'a\u0000.mp4'],
  ['a very long name', 'x'.repeat(3900)],
  ['no name', ''],
  ['an absolute path', '/etc/passwd'],
  ['another file of the export', 'user_data_tiktok.json'],
])('what is not offered has no picture and is not picked: %s', async (_what, file) => {
  expect((await pictureOf(file)).status).toBe(404);
  const answer = await studio.api<object>('remedy', { ...place, remedy: { kind: 'pick', file } });
  expect(answer).toEqual({ refused: 'This file is none of those that fit the post. Look again.' });
});

it('files in a ZIP of --media, one of them in a ZIP inside it, have pictures, and one can be picked', async () => {
  const own = await workFolder();
  const [first, second] = ['VID_20251129_100000 a.mp4', 'sub/VID_20251129_100000 b, c.mp4'];
  const [one, other] = await Promise.all([
    readFile(join(folder.path, 'media', short)),
    readFile(fixture('export/media/2025-03-02_09-15-04.mp4')),
  ]);
  const inner = buildZip([{ name: second, content: other }]);
  const media = join(own.path, 'media.zip');
  await writeFile(
    media,
    buildZip([
      { name: first, content: one },
      { name: 'inner.zip', content: inner },
    ]),
  );
  const args = ['--to', 'rednote', '--media', media, '--offline', '--no-listing'];
  await runPort([fixture('trouble.zip'), ...args], own.path);
  const others = await startStudio(own.path, [fixture('trouble.zip'), '--offline', '--media', media]);
  try {
    await others.stateWhere(({ accounts }) => accounts.some(({ isThere }) => isThere));
    const { platforms } = await others.api<PostDetail>(`post?${new URLSearchParams(place)}`);
    const files = platforms.flatMap(({ remedies }) =>
      remedies.flatMap((each) => (each.kind === 'pick' ? each.files : [])),
    );
    expect(files).toHaveLength(2);
    for (const file of files) {
      const query = new URLSearchParams({ ...place, file });
      const { status } = await others.ask(`/api/candidate?${query}`, { headers: { cookie: others.cookie } });
      expect([file, status]).toEqual([file, 200]);
    }
    const picked = await others.api<object>('remedy', { ...place, remedy: { kind: 'pick', file: files[1] } });
    expect(picked).not.toHaveProperty('refused');
    await until(async () => {
      const { platforms: now } = await others.api<PostDetail>(`post?${new URLSearchParams(place)}`);
      return now.every(({ status }) => status === 'delivered');
    });
  } finally {
    await others.end();
    await own.remove();
  }
}, 120_000);
