import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../src/tools/programs.ts';
import { outside, temporaryFolder } from '../media.ts';
import { expectConsistentFolder } from './accounting.ts';
import { fixture, runPort, workFolder } from './run-port.ts';

const folder = await workFolder();
afterAll(folder.remove);

const upright = '2025-03-02_09-15-04';
const photos = '2025-08-16_06-30-22';
const port = async (...args: string[]) => runPort([fixture('export.zip'), '--offline', ...args], folder.path);

async function small(image: string): Promise<number[]> {
  return [...(await sharp(image).resize(90, 160, { fit: 'fill' }).removeAlpha().raw().toBuffer())];
}

async function frame(at: number): Promise<string> {
  const path = join(await temporaryFolder(), 'frame.png');
  const video = fixture(`export/media/${upright}.mp4`);
  await outside((await findProgram('ffmpeg')).path, [
    '-v',
    'error',
    '-ss',
    `${at}`,
    '-i',
    video,
    '-frames:v',
    '1',
    path,
  ]);
  return path;
}

const distance = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0) / a.length;

describe('--cover', () => {
  it('is the moment that was asked for, for every platform, and one file for those of one shape', async () => {
    const { code } = await port('--to', 'shorts,reels,rednote', '--only', upright, '--cover', '1.2');
    expect(code).toBe(0);
    const at = (target: string) => join(folder.path, 'ported/maya', target, upright, 'cover.jpg');
    const [asked, other] = await Promise.all([frame(1.2), frame(0.2)].map(async (path) => small(await path)));
    const cover = await small(at('shorts'));
    expect(distance(cover, asked ?? [])).toBeLessThan(distance(cover, other ?? []) / 2);
    expect((await stat(at('shorts'))).ino).toBe((await stat(at('reels'))).ino);
    const { width = 0, height = 1 } = await sharp(at('rednote')).metadata();
    expect(width / height).toBeCloseTo(3 / 4, 2);
    await expectConsistentFolder(join(folder.path, 'ported/maya'));
  });

  it.each([
    ['several posts', [], /for one post, and \d+ are selected: name the one with --only/],
    ['beyond the end', ['--only', upright], /--cover 999 is too late for .*: it lasts [\d.]+ s/],
    ['a photo post', ['--only', photos], /its cover is the first of them/],
  ])('%s: one sentence, and nothing is made', async (name, args, sentence) => {
    const out = `out ${name}`;
    const { code, stdout, stderr } = await port('--to', 'shorts', '--out', out, '--cover', '999', ...args);
    expect(code).toBe(2);
    expect(stdout).not.toContain('Your posts');
    expect(stderr).toMatch(sentence);
    expect(await stat(join(folder.path, out, 'maya', 'shorts')).catch(() => null)).toBeNull();
    expect(await stat(join(folder.path, out, 'maya', 'manifest.json')).catch(() => null)).toBeNull();
  });

  it.each([
    ['a run', []],
    ['a dry run', ['--dry-run']],
  ])('several accounts: %s makes nothing of the first either', async (_name, dry) => {
    const other = join(folder.path, 'other.json');
    const text = await readFile(fixture('export/user_data_tiktok.json'), 'utf8');
    await writeFile(other, text.replace(/"userName": "maya"/, '"userName": "bo"'));
    const args = ['--to', 'shorts', '--out', 'two', '--only', upright, '--cover', '1', ...dry];
    const { code, stderr } = await port(other, ...args);
    expect(code).toBe(2);
    expect(stderr).toContain('--cover is for one post, and there are 2 accounts');
    expect(await stat(join(folder.path, 'two')).catch(() => null)).toBeNull();
  });
});
