import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { finishPackage } from '../../src/deliver/package.ts';
import { stageOf } from '../../src/deliver/package-job.ts';
import { sha256 } from '../../src/deliver/package-words.ts';
import type { PlannedFile } from '../../src/plan/plan.ts';
import { post } from '../builders.ts';
import { entry } from './contact-sheet/entries.ts';
import { issueOf, partOf, pathOf, planned, whole, world } from './package-world.ts';

const { key, time } = post();

describe('a package that was made', () => {
  it('is in its place with its texts and post.json, and a row that lists all of it', async () => {
    const { finish, texts, document, at } = world();
    const row = await finish();
    expect(texts()).toEqual(whole);
    expect(document()).toEqual(row);
    expect(statSync(at('caption.txt')).mtimeMs).toBe(time * 1000);
    const made = { bytes: 9, action: 'copy', why: [] };
    expect(row).toMatchObject({
      ...{
        status: 'delivered',
        toDeclare: ['texts: 1'],
        issues: [{ code: 'sound-lost', message: 'said: sound-lost' }],
      },
      caption: { body: 'Words', source: 'csv', matchedBy: 'key', seconds: 0 },
      files: [
        { ...made, path: pathOf('video.mp4'), role: 'video', rendition: 'name of key of video.mp4' },
        { ...made, path: pathOf('cover.jpg'), role: 'cover', rendition: 'name of key of cover.jpg' },
        {
          path: pathOf('caption.txt'),
          role: 'caption',
          bytes: 6,
          sha256: sha256('Words\n'),
          action: 'text',
          rendition: null,
        },
      ],
    });
    expect(row.parts).toBeUndefined();
    expect(row.files.some(({ edited, insteadOf }) => edited !== undefined || insteadOf !== undefined)).toBe(false);
  });

  it('in parts: each has its own files and words, and the first those of the post', async () => {
    const { finish, texts, job } = world();
    const parts = [partOf('part-1', 'One', [planned('video.mp4')]), partOf('part-2', 'Two', [planned('video.mp4')])];
    const row = await finish({ ...job, parts });
    expect(Object.keys(texts()).sort()).toEqual(
      ['part-1/caption.txt', 'part-1/video.mp4', 'part-2/caption.txt', 'part-2/video.mp4'].map(
        (name) => `${key}/${name}`,
      ),
    );
    expect(row.caption?.body).toBe('One');
    expect(row.parts?.map(({ caption, files }) => [caption.body, files])).toEqual([
      ['One', [pathOf('part-1/video.mp4'), pathOf('part-1/caption.txt')]],
      ['Two', [pathOf('part-2/video.mp4'), pathOf('part-2/caption.txt')]],
    ]);
  });

  it('of a file that was encoded because its copy failed says so, with the reason', async () => {
    const { finish, job } = world();
    const instead = planned('video.mp4', {
      ...{
        key: 'encoded',
        operation: { kind: 'transcode' } as PlannedFile['operation'],
        why: [issueOf('check-failed')],
      },
    });
    const row = await finish(job, { [pathOf('video.mp4')]: { instead } });
    expect(row.files[0]).toMatchObject({
      ...{ action: 'transcode', rendition: 'name of encoded', insteadOf: 'name of key of video.mp4' },
      why: [{ code: 'check-failed', message: 'said: check-failed' }],
    });
    expect(row.files[0]).not.toHaveProperty('instead');
  });

  it('of which a file is missing is a bug', async () => {
    const { job, files } = world();
    const start = entry() as never;
    await expect(finishPackage(job, start, new Map(), () => '', files)).rejects.toThrow(
      `${pathOf('video.mp4')} was never`,
    );
  });
});

describe('a package that replaces an earlier one', () => {
  it('has the new files, and what a person put there', async () => {
    const { finish, next, put, texts, job } = world();
    const row = await finish(job);
    put('notes.txt', 'mine');
    const now = await finish({ ...(await next(row)), parts: [partOf('', 'New words', [planned('video.mp4')])] });
    const [video, , caption] = Object.keys(whole);
    expect(texts()).toEqual({
      [video ?? '']: 'video.mp4',
      [caption ?? '']: 'New words\n',
      [`${key}/notes.txt`]: 'mine',
    });
    expect(now.files.map(({ path }) => path)).toEqual([pathOf('video.mp4'), pathOf('caption.txt')]);
  });

  it('keeps the video of a person in its place, and their additional one behind the planned', async () => {
    const { finish, next, put, texts, written } = world();
    const row = await finish();
    put('video.mp4', 'my own');
    put('a.mp4', 'another');
    const job = await next(row);
    written.length = 0;
    const now = await finish(job);
    expect(texts()).toEqual({ ...whole, [`${key}/video.mp4`]: 'my own', [`${key}/a.mp4`]: 'another' });
    expect(now.files.map(({ path, action }) => [path, action])).toEqual([
      ...[
        [pathOf('video.mp4'), 'own'],
        [pathOf('cover.jpg'), 'copy'],
        [pathOf('a.mp4'), 'own'],
      ],
      [pathOf('caption.txt'), 'text'],
    ]);
    expect(written.filter((path) => path.endsWith('post.json'))).toHaveLength(1);
  });

  it('lists a video that a person saved there while it was made', async () => {
    const { finish, next, put, texts, document } = world();
    const row = await finish();
    const job = await next(row);
    put('video.mp4', 'my own');
    put('a.mp4', 'another');
    const now = await finish(job);
    expect(texts()).toEqual({ ...whole, [`${key}/video.mp4`]: 'my own', [`${key}/a.mp4`]: 'another' });
    expect(now.files).toMatchObject([
      { path: pathOf('video.mp4'), action: 'own', bytes: 6, sha256: sha256('my own'), ours: sha256('video.mp4') },
      { path: pathOf('cover.jpg'), action: 'copy' },
      { path: pathOf('caption.txt'), action: 'text' },
      { path: pathOf('a.mp4'), action: 'own', sha256: sha256('another') },
    ]);
    expect(document()).toEqual(now);
  });

  it('has the words that a person saved in caption.txt while it was made', async () => {
    const { finish, next, put, texts } = world();
    const job = await next(await finish());
    put('caption.txt', 'My words\n');
    const now = await finish(job);
    expect(texts()[`${key}/caption.txt`]).toBe('My words\n');
    expect(now.files.at(-1)).toMatchObject({ edited: true, sha256: sha256('My words\n') });
    expect(now.issues.map(({ code }) => code)).toEqual(['sound-lost', 'caption-edited']);
  });

  it.each<[string, (path: string) => void, object, string]>([
    ['that the system does not release stays aside', mkdirSync, { code: 'EBUSY', syscall: 'rmdir' }, ''],
    ['whose place a file has that stays', (path) => writeFileSync(path, 'x'), { code: 'EBUSY', syscall: 'unlink' }, ''],
    ['that a bug stops from being deleted is told', mkdirSync, {}, 'not now'],
  ])('%s', async (_name, make, thrown, expected) => {
    const { finish, next, files, folder, texts } = world();
    const job = await next(await finish());
    const old = join(folder, 'rednote', `.${key}.old.part`);
    make(old);
    const remove = async (path: string) =>
      path === old ? Promise.reject(Object.assign(new Error('not now'), thrown)) : files.remove(path);
    const done = finish(job, {}, { ...files, remove }).catch((error: Error) => error.message);
    if (expected !== '') return expect(await done).toBe(expected);
    await done;
    expect(existsSync(old)).toBe(true);
    expect(readdirSync(join(folder, 'rednote')).sort()).toEqual([`.${key}.old.part`, key]);
    const { [`.${key}.old.part`]: _, ...ours } = texts();
    expect(ours).toEqual(whole);
  });

  it('takes no file of the manifest for a person’s, though its post.json is gone', async () => {
    const { finish, next, texts, at, put } = world();
    const row = await finish();
    const job = await next(row, { parts: [partOf('', 'Words', [planned('cover.jpg')])] });
    rmSync(at('post.json'));
    put('video.mp4', 'video.mp4');
    await finish(job);
    expect(Object.keys(texts()).sort()).toEqual([`${key}/caption.txt`, `${key}/cover.jpg`]);
  });

  it('leaves nothing of a killed run in the way', async () => {
    const { finish, next, folder } = world();
    const job = await next(await finish());
    writeFileSync(join(folder, 'rednote', `.${key}.old.part`), 'a file');
    await finish(job);
    expect(readdirSync(join(folder, 'rednote'))).toEqual([key]);
    expect(existsSync(stageOf(job))).toBe(false);
  });
});
