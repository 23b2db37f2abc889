import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { finishPackage, refreshWords } from '../../src/deliver/package.ts';
import { type PackageJob, stagedPath, stageOf } from '../../src/deliver/package-job.ts';
import { inspectPackage } from '../../src/deliver/package-media.ts';
import type { MadeFile } from '../../src/deliver/package-row.ts';
import { readWords, sha256 } from '../../src/deliver/package-words.ts';
import type { Issue } from '../../src/model/issue.ts';
import type { PlannedFile, PlannedPart } from '../../src/plan/plan.ts';
import { type Entry, fromJson, postDocument } from '../../src/state/documents.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { post } from '../builders.ts';
import { temporaryFolder } from '../tools/folder.ts';
import { entry, issue } from './contact-sheet/entries.ts';

const { key, time } = post();
const pathOf = (name: string) => `rednote/${key}/${name}`;
const issueOf = (code: string) => ({ code, severity: 'info', actual: null, limit: null }) as unknown as Issue;

const planned = (name: string, odd: Partial<PlannedFile> = {}) =>
  ({
    ...{ name, role: name.endsWith('.jpg') ? 'cover' : 'video', operation: { kind: 'copy' }, why: [] },
    ...{ key: `key of ${name}`, ...odd },
  }) as unknown as PlannedFile;
const partOf = (folder: string, body: string, files = [planned('video.mp4'), planned('cover.jpg')]): PlannedPart =>
  ({ folder, files, caption: { title: null, body, hashtags: [], removed: [] } }) as unknown as PlannedPart;

/** A post's folder on one platform, in which port has made nothing yet. */
function world(odd: Partial<PackageJob> = {}) {
  const folder = temporaryFolder();
  const job = {
    ...{ folder, target: 'rednote', post: post(), parts: [partOf('', 'Words')], previous: null, keepsWords: false },
    ...{
      hasTitle: false,
      hasThreads: false,
      pickedTags: false,
      words: { source: 'csv', matchedBy: 'key', seconds: 0 },
    },
    ...{ media: { own: [], whole: new Set() }, judge: () => [], nameOf: (of: string) => `name of ${of}` },
    declare: (captions: readonly unknown[]) => ({ declarations: [], toDeclare: [`texts: ${captions.length}`] }),
    ...odd,
  } as unknown as PackageJob;
  const disk = createFiles();
  const written: string[] = [];
  const files: typeof disk = {
    ...disk,
    async write(path, data) {
      written.push(path.slice(folder.length + 1).replaceAll('\\', '/'));
      await disk.write(path, data);
    },
  };
  const at = (name: string) => join(folder, pathOf(name));
  const put = (name: string, content: string) => {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), content);
    utimesSync(at(name), time, time);
  };
  const start = { ...entry({ toDeclare: ['earlier'] }), issues: [issueOf('sound-lost')] } as unknown as Entry;
  const describe = ({ code }: Issue) => `said: ${code}`;
  /** Makes all wanted files, with their name as content, and delivers them. @param meanwhile before they are delivered */
  const finish = async (ours: PackageJob = job, made: Record<string, Partial<MadeFile>> = {}, tools = files) => {
    const isOwn = new Set(ours.media.own.map(({ path }) => path));
    const media = new Map<string, MadeFile>();
    for (const part of ours.parts)
      for (const { name } of part.files) {
        const path = pathOf([part.folder, name].filter(Boolean).join('/'));
        const staged = stagedPath(ours, part, name);
        if (isOwn.has(path)) continue;
        mkdirSync(dirname(staged), { recursive: true });
        writeFileSync(staged, name);
        utimesSync(staged, time, time);
        media.set(path, { bytes: name.length, sha256: sha256(name), ...made[path] });
      }
    return finishPackage(ours, start, media, describe, tools);
  };
  /** The job of the next run. */
  const next = async (row: Entry, more: Partial<PackageJob> = {}): Promise<PackageJob> => {
    const hashOf = async (path: string) => sha256(readFileSync(path, 'utf8'));
    const looking = { folder, files, verify: false, hashOf, signal: new AbortController().signal };
    return { ...job, previous: row, media: await inspectPackage('rednote', post(), row.files, looking), ...more };
  };
  const refresh = async (now: PackageJob) =>
    refreshWords({ ...now, previous: now.previous as Entry }, await readWords(now, files), start, describe, files);
  const texts = () =>
    Object.fromEntries(
      readdirSync(join(folder, 'rednote'), { recursive: true, withFileTypes: true })
        .filter((each) => each.isFile() && each.name !== 'post.json')
        .map((each) => join(each.parentPath, each.name))
        .map((path) => [path.slice(join(folder, 'rednote').length + 1), readFileSync(path, 'utf8')]),
    );
  const document = () => fromJson(readFileSync(at('post.json'), 'utf8'), postDocument);
  return { folder, job, files, written, at, put, finish, next, refresh, texts, document };
}
const whole = {
  [`${key}/video.mp4`]: 'video.mp4',
  [`${key}/cover.jpg`]: 'cover.jpg',
  [`${key}/caption.txt`]: 'Words\n',
};

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

  it.each<[string, object, string]>([
    ['that the system does not release stays aside', { code: 'EBUSY', syscall: 'rmdir' }, ''],
    ['that a bug stops from being deleted is told', {}, 'not now'],
  ])('%s', async (_name, thrown, expected) => {
    const { finish, next, files, folder, texts } = world();
    const job = await next(await finish());
    const old = join(folder, 'rednote', `.${key}.old.part`);
    mkdirSync(old);
    const remove = async (path: string) =>
      path === old ? Promise.reject(Object.assign(new Error('not now'), thrown)) : files.remove(path);
    const done = finish(job, {}, { ...files, remove }).catch((error: Error) => error.message);
    if (expected !== '') return expect(await done).toBe(expected);
    await done;
    expect(existsSync(old)).toBe(true);
    expect(readdirSync(join(folder, 'rednote')).sort()).toEqual([`.${key}.old.part`, key]);
    expect(texts()).toEqual(whole);
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

describe('texts beside media that stay', () => {
  it('are not written again if they are the same', async () => {
    const { finish, next, refresh, written } = world();
    const row = await finish();
    written.length = 0;
    expect(await refresh(await next(row))).toEqual(row);
    expect(written).toEqual([]);
  });

  it('are written with post.json if they changed', async () => {
    const { finish, next, refresh, written, texts, document } = world();
    const row = await finish();
    written.length = 0;
    const now = await refresh(await next(row, { parts: [partOf('', 'New words')] }));
    expect(texts()).toEqual({ ...whole, [`${key}/caption.txt`]: 'New words\n' });
    expect(written).toEqual([pathOf('caption.txt'), pathOf('post.json')]);
    expect(document()).toEqual(now);
    expect(now.files.slice(0, 2)).toEqual(row.files.slice(0, 2));
  });

  it.each([['caption.txt'], ['post.json']])('%s that was deleted is written again', async (name) => {
    const { finish, next, refresh, at } = world();
    const row = await finish();
    rmSync(at(name));
    expect(await refresh(await next(row))).toEqual(row);
    expect(existsSync(at(name))).toBe(true);
  });

  it('list a person’s own media in place of port’s', async () => {
    const { finish, next, refresh, put } = world();
    const row = await finish();
    put('cover.jpg', 'my own cover');
    put('01.png', 'a photo');
    const now = await refresh(await next(row));
    expect(now.files.map(({ path, action }) => `${path.split('/').at(-1)} ${action}`)).toEqual([
      ...['video.mp4 copy', 'cover.jpg own', '01.png own', 'caption.txt text'],
    ]);
    expect(now.issues).toEqual([{ ...issue('sound-lost', 'info', 'said: sound-lost') }]);
  });
});
