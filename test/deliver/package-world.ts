import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { finishPackage, refreshWords } from '../../src/deliver/package.ts';
import { type PackageJob, stagedPath } from '../../src/deliver/package-job.ts';
import { inspectPackage } from '../../src/deliver/package-media.ts';
import type { MadeFile } from '../../src/deliver/package-row.ts';
import { readWords, sha256 } from '../../src/deliver/package-words.ts';
import type { Issue } from '../../src/model/issue.ts';
import type { PlannedFile, PlannedPart } from '../../src/plan/plan.ts';
import { type Entry, fromJson, postDocument } from '../../src/state/documents.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { post } from '../builders.ts';
import { temporaryFolder } from '../tools/folder.ts';
import { entry } from './contact-sheet/entries.ts';

const { key, time } = post();
export const pathOf = (name: string) => `rednote/${key}/${name}`;
export const issueOf = (code: string) => ({ code, severity: 'info', actual: null, limit: null }) as unknown as Issue;

export const planned = (name: string, odd: Partial<PlannedFile> = {}) =>
  ({
    ...{ name, role: name.endsWith('.jpg') ? 'cover' : 'video', operation: { kind: 'copy' }, why: [] },
    ...{ key: `key of ${name}`, ...odd },
  }) as unknown as PlannedFile;
export const partOf = (
  folder: string,
  body: string,
  files = [planned('video.mp4'), planned('cover.jpg')],
): PlannedPart =>
  ({ folder, files, caption: { title: null, body, hashtags: [], removed: [] } }) as unknown as PlannedPart;

/** A post's folder on one platform, in which port has made nothing yet. */
export function world(odd: Partial<PackageJob> = {}) {
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
/** What `finish` makes, by path. */
export const whole = {
  [`${key}/video.mp4`]: 'video.mp4',
  [`${key}/cover.jpg`]: 'cover.jpg',
  [`${key}/caption.txt`]: 'Words\n',
};
