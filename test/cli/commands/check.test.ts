import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CheckRow, check } from '../../../src/cli/commands/check/check.ts';
import { targets } from '../../../src/targets/index.ts';
import { createFiles } from '../../../src/tools/disk-files.ts';
import { createFfprobe } from '../../../src/tools/ffprobe.ts';
import { createImages } from '../../../src/tools/sharp.ts';
import { runPort } from '../../e2e/run-port.ts';
import { makeMedia, recipes, temporaryFolder } from '../../media.ts';
import { bundledPair } from '../../programs.ts';

const world = { files: createFiles(), ffprobe: createFfprobe(bundledPair.ffprobe), images: createImages() };
let folder = '';

const at = (...names: string[]) => join(folder, ...names);
async function picture(path: string, width = 1080, height = 1350): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  await sharp({ create: { width, height, channels: 3, background: '#369' } })
    .jpeg()
    .toFile(path);
}
async function checked(path: string, names: string) {
  const wanted = targets.filter(({ name }) => names.split(',').includes(name));
  return await check([path], wanted, world, new AbortController().signal);
}
const short = ({ path, target, ok, issues }: CheckRow) =>
  `${path.slice(folder.length + 1)} ${target} ${ok ? 'ok' : issues.map(({ code }) => code).join()}`;

beforeAll(async () => {
  folder = await temporaryFolder();
  await makeMedia(folder, 'fine.mp4', recipes.compliant);
  await makeMedia(folder, 'wide.mp4', recipes.landscape);
  await makeMedia(folder, 'place.mp4', recipes.withPlace);
  await makeMedia(folder, 'silent.mp4', recipes.noSound);
  await writeFile(at('page.mp4'), '<html>Not found</html>');
  await writeFile(at('notes.txt'), 'words');
  for (const number of [1, 2, 3]) await picture(at('album', `0${number}.jpg`));
  await picture(at('album', 'cover.jpg'));
  await writeFile(at('album', 'post.json'), '{}');
  for (let number = 1; number <= 11; number++) await picture(at('many', `${number}.jpg`), 400, 500);
  await picture(at('narrow', 'a.jpg'), 100, 1000);
  await mkdir(at('package'));
  await makeMedia(at('package'), 'video.mp4', recipes.compliant);
  await picture(at('package', 'cover.jpg'), 320, 568);
  await mkdir(at('hidden', '.port'), { recursive: true });
  await picture(at('hidden', '.port', 'x.jpg'));
  await symlink(at('wide.mp4'), at('hidden', 'link.mp4'));
  await mkdir(at('empty'));
});

describe('port check', () => {
  it.each<[string, string, string, 0 | 1 | 2, string[]]>([
    ['a video that is taken', 'fine.mp4', 'rednote,shorts', 0, ['fine.mp4 rednote ok', 'fine.mp4 shorts ok']],
    ['taken by one of two', 'wide.mp4', 'rednote,shorts', 1, ['wide.mp4 rednote ok', 'wide.mp4 shorts shape']],
    ['too short', 'fine.mp4', 'reels', 1, ['fine.mp4 reels duration']],
    ['without sound', 'silent.mp4', 'lemon8', 1, ['silent.mp4 lemon8 audio-missing']],
    ['a warning is no refusal', 'place.mp4', 'rednote', 0, ['place.mp4 rednote ok']],
    ['a page that calls itself a video', 'page.mp4', 'rednote', 1, ['page.mp4 rednote damaged']],
    ['no media', 'notes.txt', 'rednote', 2, ['notes.txt rednote nothing-to-check']],
    ['nothing there', 'gone.mp4', 'rednote', 2, ['gone.mp4 rednote nothing-to-check']],
    ['an empty folder', 'empty', 'rednote', 2, ['empty rednote nothing-to-check']],
    ['hidden files and symbolic links', 'hidden', 'rednote', 2, ['hidden rednote nothing-to-check']],
    [
      'a folder of images: the post, then each file; the cover is none of its photos',
      'album',
      'rednote',
      0,
      ['album', 'album/01.jpg', 'album/02.jpg', 'album/03.jpg', 'album/cover.jpg'].map((path) => `${path} rednote ok`),
    ],
    ['one image is a post of one', 'narrow', 'reels', 1, ['narrow reels ok', 'narrow/a.jpg reels width,shape']],
    ['one of our packages', 'package', 'shorts', 0, ['package/cover.jpg shorts ok', 'package/video.mp4 shorts ok']],
    ['a lone image', 'album/01.jpg', 'shorts', 1, ['album/01.jpg shorts photos-unsupported']],
  ])('%s', async (_odd, path, names, exitCode, rows) => {
    const result = await checked(at(path), names);
    expect(result.rows.map(short)).toEqual(rows);
    expect(result.exitCode).toBe(exitCode);
  });

  it('more photos than go into one post', async () => {
    const { rows, exitCode } = await checked(at('many'), 'lemon8,rednote');
    expect(rows).toHaveLength(24);
    expect(rows.filter(({ ok }) => !ok).map(short)).toEqual(['many lemon8 photo-count']);
    expect(rows.find(({ ok }) => !ok)?.issues[0]).toMatchObject({ actual: 11, limit: 10, severity: 'error' });
    expect(exitCode).toBe(1);
  });

  it('a folder as a whole, once for each path and target; says nothing of what it would do', async () => {
    const { rows } = await checked(folder, 'rednote,shorts');
    expect(new Set(rows.map(({ path, target }) => `${path} ${target}`)).size).toBe(rows.length);
    expect(rows.map(({ path }) => path)).not.toContain(at('notes.txt'));
    const said = rows.flatMap(({ issues }) => issues.map(({ message }) => message));
    expect(said.join('\n')).not.toMatch(/is added|is kept|is split|taken out|undefined|null/);
  });

  it('stops when it is told to', async () => {
    await expect(check([folder], targets, world, AbortSignal.abort())).rejects.toThrow();
  });

  it('on the command line: document, page, exit codes, usage', async () => {
    const [json, page, none, usage] = await Promise.all([
      runPort(['check', 'fine.mp4', 'wide.mp4', '--to', 'shorts', '--json'], folder),
      runPort(['check', 'fine.mp4', 'wide.mp4', 'gone.mp4', '--to', 'all'], folder),
      runPort(['check', 'gone.mp4', '--to', 'shorts'], folder),
      runPort(['check', 'fine.mp4'], folder),
    ]);
    const document = JSON.parse(json.stdout);
    expect(document.schemaVersion).toBe(1);
    expect(document.results.map(({ path, target, ok }: CheckRow) => [path, target, ok])).toEqual([
      ['fine.mp4', 'shorts', true],
      ['wide.mp4', 'shorts', false],
    ]);
    expect(document.results[1].issues[0]).toMatchObject({ code: 'shape', severity: 'error', actual: '568x320' });
    expect([json.code, page.code, none.code, usage.code]).toEqual([1, 1, 2, 2]);
    expect(page.stdout).toMatch(/^ok {5}fine\.mp4 {2}rednote, lemon8, shorts$/m);
    expect(page.stdout).toContain('There is nothing to check: there is no such file.');
    expect(usage.stderr).toMatch(/^port: --to is missing: say where .* or all \(.*\)\. See port --help\.\n$/);
  });
});
