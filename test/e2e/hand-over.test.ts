import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMemory } from '../../src/handover/reports.ts';
import { ProgramStandIn, run } from '../handover/stand-ins.ts';
import { fixture, foldersAfter, runPort, workFolder } from './run-port.ts';

/** From the fixture over port to the tools, with the documents that lie between them. */

const split = '2025-12-06_17-42-30';
const first = '2025-02-14_19-33-07';
const second = '2025-03-02_09-15-04';
const madeByAi = '2025-11-23_08-05-41';

interface Document {
  readonly tool: string;
  readonly files: readonly string[];
  readonly written: readonly {
    readonly key: string;
    readonly part: string | null;
    readonly target: string;
    readonly at: string | null;
    readonly files: readonly string[];
    readonly toDeclare: readonly string[];
  }[];
  readonly leftOut: readonly {
    readonly key: string;
    readonly target: string;
    readonly reason: string;
    readonly message: string;
  }[];
}

const removals: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const remove of removals) await remove();
});
const folder = foldersAfter([fixture('export.zip'), '--to', 'rednote,shorts,reels', '-q'], async () => {
  const { path, remove } = await workFolder();
  removals.push(remove);
  return path;
});
beforeAll(async () => {
  await folder();
});

async function handOver(cwd: string, ...args: string[]): Promise<Document> {
  const { code, stdout, stderr } = await runPort(['hand-over', ...args, '--json'], cwd);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
}

const keysOf = ({ written }: Document) => written.map(({ key }) => key);
const reasons = ({ leftOut }: Document, reason: string) =>
  leftOut.filter((each) => each.reason === reason).map(({ key }) => key);

describe('port hand-over', () => {
  it('hands over what is planned in the order of its times, then the rest, and not what is posted', async () => {
    const cwd = await folder();
    await runPort(['plan', '--to', 'rednote', '--start', '2031-05-01', '--zone', 'Europe/Lisbon'], cwd);
    const path = join(cwd, 'ported/maya/posting.csv');
    const sheet = await readFile(path, 'utf8');
    // A person moves one to the end, and takes another out of the plan.
    const moved = sheet
      .replace(new RegExp(`^(${first},rednote),[^,]*`, 'm'), '$1,2031-06-01 09:30')
      .replace(new RegExp(`^(${madeByAi},rednote),[^,]*`, 'm'), '$1,');
    await writeFile(path, moved);
    await runPort(['posted', second, '--to', 'rednote'], cwd);
    const made = await handOver(cwd, '--for', 'sau');
    expect(keysOf(made).slice(-2)).toEqual([first, madeByAi]);
    expect(made.written.at(-2)?.at).toBe('2031-06-01T09:30:00+01:00');
    expect(made.written.at(-1)?.at).toBeNull();
    expect(reasons(made, 'posted')).toEqual([second]);
    const script = await readFile(join(cwd, 'hand-over/maya/sau.sh'), 'utf8');
    expect(script).not.toContain(second);
    expect(script.indexOf(first)).toBeGreaterThan(script.indexOf(split));
    expect(made.files).toEqual(['hand-over/maya/sau.sh', 'hand-over/maya/sau.ps1']);
  });

  it('leaves out what nobody has answered, takes answers for all, for a post, and for a part', async () => {
    const cwd = await folder();
    const none = await handOver(cwd, '--for', 'youtubeuploader');
    expect(none.written).toEqual([]);
    expect(reasons(none, 'made-for-kids')).toHaveLength(8);
    expect(none.leftOut[0]?.message).toContain('--made-for-kids');
    const answers = {
      [first]: { madeForKids: false },
      [second]: { madeForKids: null },
      [split]: { madeForKids: true },
    };
    await writeFile(join(cwd, 'answers.json'), JSON.stringify(answers));
    const some = await handOver(cwd, '--for', 'youtubeuploader', '--answers', 'answers.json');
    expect(some.written.map(({ key, part }) => [key, part]).sort()).toEqual([
      [first, null],
      [split, 'part-1'],
      [split, 'part-2'],
    ]);
    const all = await handOver(cwd, '--for', 'youtubeuploader', '--answers', 'answers.json', '--made-for-kids', 'no');
    expect(all.written).toHaveLength(8);
    const meta = async (name: string) =>
      JSON.parse(await readFile(join(cwd, `hand-over/maya/youtubeuploader/${name}.json`), 'utf8'));
    expect([(await meta(second)).madeForKids, (await meta(`${split}-part-2`)).madeForKids]).toEqual([false, true]);
    expect((await meta(madeByAi)).containsSyntheticMedia).toBe(true);
    expect(all.written.find(({ key }) => key === madeByAi)?.toDeclare).toEqual([]);
  });

  it('takes away the file of a post that is out, and leaves others and its own memory alone', async () => {
    const cwd = await folder();
    await handOver(cwd, '--for', 'xhs-mcp');
    const place = join(cwd, 'hand-over/maya/xhs-mcp');
    await writeFile(join(place, 'mine.json'), '{}');
    await writeFile(join(place, '../xhs-mcp.sent.csv'), 'mine');
    await runPort(['posted', first, '--to', 'rednote'], cwd);
    const made = await handOver(cwd, '--for', 'xhs-mcp');
    const names = await readdir(place);
    expect(names).not.toContain(`${first}.json`);
    expect(names).toEqual(expect.arrayContaining(['mine.json', `${second}.json`]));
    expect(await readFile(join(place, '../xhs-mcp.sent.csv'), 'utf8')).toBe('mine');
    expect(reasons(made, 'posted')).toEqual([first]);
  });

  it('leaves out a post whose words or files changed since the last run', async () => {
    const cwd = await folder();
    const account = join(cwd, 'ported/maya/rednote');
    const words = join(account, first, 'caption.txt');
    await rename(words, `${words}.old`);
    await writeFile(words, (await readFile(`${words}.old`, 'utf8')).replace('Night', 'Light'));
    await rm(join(account, second, 'video.mp4'));
    await writeFile(join(account, second, 'video.mp4'), 'another');
    const made = await handOver(cwd, '--for', 'xhs-mcp', '--only', `${first},${second}`, '--only', split);
    expect([keysOf(made), reasons(made, 'changed').sort()]).toEqual([[split], [first, second]]);
    expect(made.leftOut.find(({ key }) => key === first)?.message).toContain('caption.txt');
  });

  it.each<[string, string[], RegExp]>([
    ['no tool', [], /--for sau/],
    ['an unknown tool', ['--for', 'saw'], /Did you mean sau|takes sau/],
    ['a platform that the tool does not post to', ['--for', 'sau', '--to', 'reels'], /posts to RedNote/],
    ['an unknown post', ['--for', 'csv', '--only', '2020-01-01_00-00-00'], /No post "2020-01-01_00-00-00"/],
    ['a folder of posts to write into', ['--for', 'csv', '--out', 'ported'], /name another folder/],
    ['an unknown account', ['--for', 'csv', '--account', 'tom'], /no account "tom"/],
    ['an answer that is neither', ['--for', 'csv', '--made-for-kids', 'perhaps'], /takes yes, no/],
    ['answers that are not there', ['--for', 'csv', '--answers', 'none.json'], /no file "none.json"/],
    ['answers that are no JSON', ['--for', 'csv', '--answers', 'bad.json'], /it is no JSON/],
    ['answers of an unknown post', ['--for', 'csv', '--answers', 'other.json'], /not delivered/],
    ['a folder without posts', ['nowhere', '--for', 'csv'], /nothing of port in "nowhere"/],
  ])('%s is a usage error in one sentence, and nothing is written', async (_name, args, words) => {
    const cwd = await folder();
    await writeFile(join(cwd, 'bad.json'), '{ madeForKids }');
    await writeFile(join(cwd, 'other.json'), '{ "2020-01-01_00-00-00": { "madeForKids": false } }');
    const { code, stdout, stderr } = await runPort(['hand-over', ...args], cwd);
    expect([code, stdout, stderr.trim().split('\n')]).toEqual([2, '', [expect.stringMatching(words)]]);
    expect(await readdir(cwd)).not.toContain('hand-over');
  });

  it('tells a person what to start, what was left out, and what to declare', async () => {
    const { stdout } = await runPort(['hand-over', '--for', 'sau'], await folder());
    expect(stdout).toMatch(/^maya: 7 posts for social-auto-upload in hand-over.maya\n {2}Start it: sh /);
    expect(stdout).toContain('笔记含AI合成内容');
    expect(stdout).toContain('does not post to Instagram Reels');
  });
});

describe.skipIf(process.platform === 'win32')('from the tools back to posting.csv', () => {
  it('a script marks nothing as posted; port posted --from takes what it remembers', async () => {
    const cwd = await folder();
    await handOver(cwd, '--for', 'sau', '--only', `${first},${second}`);
    const before = await readFile(join(cwd, 'ported/maya/posting.json'), 'utf8');
    const tool = new ProgramStandIn(join(cwd, 'bin'), 'sau');
    const ran = await run('sh', [join(cwd, 'hand-over/maya/sau.sh')], { SAU: tool.path });
    expect([ran.code, tool.calls().length]).toEqual([0, 2]);
    expect(await readFile(join(cwd, 'ported/maya/posting.json'), 'utf8')).toBe(before);
    const memory = 'hand-over/maya/sau.sent.csv';
    expect(await readMemory(await readFile(join(cwd, memory)))).toHaveLength(2);
    const posted = await runPort(['posted', '--from', memory], cwd);
    expect([posted.code, posted.stdout.trim().split('\n').length]).toEqual([0, 2]);
    expect(reasons(await handOver(cwd, '--for', 'sau'), 'posted').sort()).toEqual([first, second]);
  });

  it('port posted --from takes the reports of youtubeuploader with their addresses, not those of private videos', async () => {
    const cwd = await folder();
    const reports = join(cwd, 'hand-over/maya/youtubeuploader');
    await mkdir(reports, { recursive: true });
    const report = (id: string, status: object) => JSON.stringify({ kind: 'youtube#video', id, status });
    const planned = { privacyStatus: 'private', publishAt: '2031-05-01T11:00:00Z' };
    await writeFile(join(reports, `${first}.uploaded.json`), report('abcdefghijk', planned));
    await writeFile(join(reports, `${split}-part-1.uploaded.json`), report('bbcdefghijk', { privacyStatus: 'public' }));
    await writeFile(join(reports, `${second}.uploaded.json`), report('cbcdefghijk', { privacyStatus: 'private' }));
    const { code, stdout, stderr } = await runPort(['posted', '--from', reports], cwd);
    expect([code, stderr]).toEqual([0, expect.stringContaining('1 of the videos was uploaded as private')]);
    expect(stdout).toContain(`${split}/part-1 is posted on YouTube Shorts; other parts of it are not.`);
    const list = JSON.parse((await runPort(['posted', '--list', '--json'], cwd)).stdout).posts;
    const row = (key: string) =>
      list.find((each: { key: string; target: string }) => each.key === key && each.target === 'shorts');
    expect(row(first)).toMatchObject({ url: 'https://www.youtube.com/shorts/abcdefghijk' });
    expect(Date.parse(row(first).posted)).toBe(Date.parse(planned.publishAt));
    expect(row(second).posted).toBeNull();
    const left = await handOver(cwd, '--for', 'youtubeuploader', '--made-for-kids', 'no', '--only', split);
    expect([left.written.map(({ part }) => part), reasons(left, 'posted')]).toEqual([['part-2'], [split]]);
  });
});

it('a thread is left out with the reason, since its replies would be lost', async () => {
  const { path: cwd, remove } = await workFolder();
  removals.push(remove);
  const long = `key,caption\n${first},${'The harbour wakes before the town does. '.repeat(20).trim()}\n`;
  await writeFile(join(cwd, 'words.csv'), long);
  const ran = await runPort(
    [
      fixture('export.zip'),
      '--to',
      'bluesky',
      '--only',
      first,
      '--thread',
      '--captions',
      'words.csv',
      '--offline',
      '-q',
    ],
    cwd,
  );
  expect(ran.code, ran.stderr).toBe(0);
  const made = await handOver(cwd, '--for', 'postiz');
  expect([keysOf(made), reasons(made, 'thread')]).toEqual([[], [first]]);
});
