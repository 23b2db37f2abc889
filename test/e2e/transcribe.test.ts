import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCues } from '../../src/text/subtitles.ts';
import { makeMedia, picture, recipes, tone } from '../media.ts';
import { expectConsistentFolder, type Row, readManifest } from './accounting.ts';
import { cutOff, runPort, workFolder } from './run-port.ts';

const script = resolve(import.meta.dirname, '../stand-ins/transcriber.mjs');
const command = (how: string) => `"${process.execPath}" "${script}" ${how}`;

const keys = {
  /** Of 65 s: in two parts on Snapchat. */
  long: '2025-06-01_10-00-00',
  short: '2025-06-02_10-00-00',
  silent: '2025-06-03_10-00-00',
  worded: '2025-06-04_10-00-00',
  held: '2025-06-05_10-00-00',
  missing: '2025-06-06_10-00-00',
} as const;

let removals: (() => Promise<void>)[] = [];
const fresh = async () => {
  const { path, remove } = await workFolder();
  removals.push(remove);
  return path;
};
afterAll(async () => {
  for (const remove of removals) await remove();
  removals = [];
});

const tail = recipes.compliant.slice(picture().length + tone().length);
const recipeOf = {
  long: [...picture('540x960', 65, 30), ...tone(65), ...tail, '-g', '30'],
  short: [...picture('1080x1920', 3), ...tone(3), ...tail],
  silent: [...picture('1080x1920', 3), '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-an'],
} as const;
const made = new Map<string, Promise<string>>();
/** Videos that the platforms of these tests take as they are, but for their length. */
async function video(name: keyof typeof recipeOf): Promise<string> {
  const path = made.get(name) ?? fresh().then(async (folder) => makeMedia(folder, `${name}.mp4`, recipeOf[name]));
  made.set(name, path);
  return await path;
}

async function prepared(wanted: readonly (keyof typeof keys)[] = ['short', 'silent', 'worded', 'held', 'missing']) {
  const path = await fresh();
  const rows = wanted.map((name) => ({
    Date: `${keys[name].slice(0, 10)} 10:00:00`,
    Link: 'N/A',
    WhoCanView: name === 'held' ? 'Private' : 'Everyone',
  }));
  const about = { 'Profile Info': { ProfileMap: { userName: 'maya_cooks' } } };
  await writeFile(join(path, 'export.json'), JSON.stringify({ Profile: about, Post: { Posts: { VideoList: rows } } }));
  await mkdir(join(path, "my media's"));
  for (const name of wanted) {
    const kind = name === 'long' || name === 'silent' ? name : 'short';
    if (name !== 'missing') await copyFile(await video(kind), join(path, "my media's", `${keys[name]}.mp4`));
  }
  await writeFile(join(path, 'words.csv'), `key,caption\n${keys.worded},The street by the sea\n`);
  return path;
}

const reading = ['export.json', '--media', "my media's", '--captions', 'words.csv', '--no-listing'];
const run = [...reading, '--to', 'rednote,shorts'];
const maya = (path: string) => join(path, 'ported/maya_cooks');
const textOf = async (path: string, name: string) => readFile(join(maya(path), name), 'utf8').catch(() => null);

async function heard(path: string, how = 'srt', more: readonly string[] = []) {
  const log = join(path, 'heard.log');
  await rm(log, { force: true });
  const ran = await runPort([...run, '--transcribe', command(how), ...more], path, { PORT_TRANSCRIBER_LOG: log });
  const calls = (await readFile(log, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  return { ...ran, calls };
}

const rowOf = async (path: string, key: string, target: string): Promise<Row | undefined> =>
  (await readManifest(maya(path))).posts.find((row) => row.key === key && row.target === target);
const codesOf = async (path: string, key: string) =>
  (await rowOf(path, key, 'rednote'))?.issues.map(({ code }) => code) ?? [];
const documents = async (path: string) =>
  Promise.all(
    ['captions.csv', 'captions.json', 'manifest.json', 'transcripts.jsonl', `speech/${keys.short}.srt`].map(
      async (name) => textOf(path, name),
    ),
  );

describe.skipIf(process.platform === 'win32')('port --transcribe', () => {
  let path = '';
  let first: Awaited<ReturnType<typeof heard>>;
  beforeAll(async () => {
    path = await prepared();
    first = await heard(path, 'srt', ['--offline']);
  }, 120_000);

  it('hears the videos with sound of posts without words that are delivered, and no others', () => {
    expect(first.calls).toHaveLength(1);
    expect(first.calls[0]).toContain(keys.short);
  });

  it('puts subtitles beside the video, and lists them', async () => {
    const srt = await textOf(path, `rednote/${keys.short}/video.srt`);
    // The video has three seconds.
    expect(readCues(srt ?? '')).toEqual([
      { from: 0, to: 1500, text: 'Good morning from the quiet street,' },
      { from: 1500, to: expect.closeTo(3000, -2), text: 'it is = seven o’clock.' },
    ]);
    const files = (await rowOf(path, keys.short, 'shorts'))?.files;
    expect(files?.find(({ role }) => role === 'subtitles')).toMatchObject({
      path: `shorts/${keys.short}/video.srt`,
      action: 'text',
    });
    await expectConsistentFolder(maya(path));
  });

  it('suggests what is said in a column, and makes no caption of it', async () => {
    const sheet = (await textOf(path, 'captions.csv')) ?? '';
    expect(sheet.split('\r\n')[0]).toMatch(/,fit,speech$/);
    expect(sheet).toContain('Good morning from the quiet street, it is = seven o’clock. See you tomorrow.');
    expect(await textOf(path, `rednote/${keys.short}/caption.txt`)).not.toContain('morning');
    expect(await codesOf(path, keys.short)).toContain('no-words');
  });

  it('a second run calls nothing and changes nothing, and neither does one without it and without caches', async () => {
    const before = await documents(path);
    expect((await heard(path)).calls).toEqual([]);
    expect(await documents(path)).toEqual(before);
    await rm(join(maya(path), '.port'), { recursive: true });
    await runPort(run, path);
    expect(await documents(path)).toEqual(before);
    expect(await textOf(path, `rednote/${keys.short}/video.srt`)).toContain('Good morning');
  });

  it('port check takes the subtitles, and not those of another video or none', async () => {
    const checked = async (name: string) => (await runPort(['check', name, '--to', 'shorts'], path)).stdout;
    const folder = join('ported/maya_cooks/rednote', keys.short);
    expect(await checked(folder)).toMatch(/ok {5}.*video\.srt/);
    await writeFile(join(path, 'broken.srt'), 'Good morning');
    expect(await checked('broken.srt')).toContain('cannot be read as subtitles');
    await copyFile(join(path, "my media's", `${keys.short}.mp4`), join(path, 'other.mp4'));
    await writeFile(join(path, 'other.srt'), '1\n00:10:00,000 --> 00:10:01,000\nlate\n');
    expect(await checked('other.srt')).toContain('may belong to another video');
  });

  it('what a person writes into the cell stays, and a correction of the subtitles goes out everywhere', async () => {
    const sheet = (await textOf(path, 'captions.csv')) ?? '';
    await writeFile(join(maya(path), 'captions.csv'), sheet.replace(/Good morning from[^\r]*/, 'My own words'));
    const srt = (await textOf(path, `speech/${keys.short}.srt`)) ?? '';
    await writeFile(join(maya(path), `speech/${keys.short}.srt`), srt.replace('quiet', 'empty'));
    expect((await heard(path)).calls).toEqual([]);
    expect(await textOf(path, 'captions.csv')).toContain('My own words');
    expect(await textOf(path, 'captions.csv')).not.toContain('Good morning');
    for (const target of ['rednote', 'shorts'])
      expect(await textOf(path, `${target}/${keys.short}/video.srt`)).toContain('the empty street');
    await expectConsistentFolder(maya(path));
  });

  it('subtitles that a person changed in a package stay there', async () => {
    const own = '1\n00:00:00,000 --> 00:00:01,000\nmine alone\n';
    await writeFile(join(maya(path), `rednote/${keys.short}/video.srt`), own);
    await runPort(run, path);
    expect(await textOf(path, `rednote/${keys.short}/video.srt`)).toBe(own);
    expect(await codesOf(path, keys.short)).toContain('own-file');
    await expectConsistentFolder(maya(path));
  });
});

describe.skipIf(process.platform === 'win32')('a recogniser', () => {
  it.each(['fail', 'huge', 'prose'])('%s: the post is delivered with a warning', async (how) => {
    const path = await prepared(['short']);
    expect((await heard(path, how)).code).toBe(0);
    expect(await codesOf(path, keys.short)).toContain('speech-failed');
    // It may have been mended meanwhile, as the warning says.
    const again = await heard(path, how);
    expect(again.calls).toHaveLength(1);
    expect(await codesOf(path, keys.short)).toContain('speech-failed');
    expect((await heard(path, 'srt')).calls).toHaveLength(1);
    expect(await codesOf(path, keys.short)).not.toContain('speech-failed');
    await expectConsistentFolder(maya(path));
  });

  it('writes nothing into a column of this name that a person had before', async () => {
    const path = await prepared(['short']);
    await runPort(run, path);
    const [header = '', row = ''] = ((await textOf(path, 'captions.csv')) ?? '').split('\r\n');
    await writeFile(join(maya(path), 'captions.csv'), `${header},Speech\r\n${row},mine\r\n`);
    await heard(path);
    expect(await textOf(path, 'captions.csv')).toMatch(/,mine\r\n/);
    expect(await textOf(path, 'captions.csv')).not.toContain('Good morning');
    expect(await textOf(path, `rednote/${keys.short}/video.srt`)).toContain('Good morning');
  });

  it('that hears nobody is not asked again, and there are no subtitles', async () => {
    const path = await prepared(['short']);
    await heard(path, 'none');
    expect((await heard(path, 'srt')).calls).toEqual([]);
    expect(await readdir(join(maya(path), 'rednote', keys.short))).not.toContain('video.srt');
  });

  it('what it answered before a kill is there, and is not asked for again', async () => {
    const path = await prepared(['short', 'long']);
    const memory = async () => (await textOf(path, 'transcripts.jsonl'))?.includes('\n') === true;
    await cutOff([...run, '--transcribe', command('srt')], path, 'SIGKILL', memory);
    const before = ((await textOf(path, 'transcripts.jsonl')) ?? '').trim().split('\n').length;
    expect((await heard(path)).calls).toHaveLength(2 - before);
    expect((await textOf(path, 'captions.csv'))?.match(/Good morning/g)).toHaveLength(2);
    await expectConsistentFolder(maya(path));
  });

  it('parts of a video have subtitles in their own time', async () => {
    const path = await prepared(['long']);
    await runPort([...reading, '--to', 'snapchat', '--transcribe', command('srt')], path);
    const parts = (await readdir(join(maya(path), 'snapchat', keys.long))).filter((name) => name.startsWith('part-'));
    expect(parts).toHaveLength(2);
    // By hand: in the second part too.
    const srt = (await textOf(path, `speech/${keys.long}.srt`)) ?? '';
    await writeFile(
      join(maya(path), `speech/${keys.long}.srt`),
      `${srt}\n4\n00:01:00,500 --> 00:01:04,000\nat the end\n`,
    );
    await runPort([...reading, '--to', 'snapchat'], path);
    const last = readCues((await textOf(path, `snapchat/${keys.long}/part-2/video.srt`)) ?? '');
    expect(last).toHaveLength(1);
    expect(last[0]?.from).toBeLessThan(62_000);
    expect(await textOf(path, `snapchat/${keys.long}/part-1/video.srt`)).toContain('Good morning');
    await expectConsistentFolder(maya(path));
  }, 60_000);

  it('a dry run says how many videos it would hear, and starts nothing', async () => {
    const path = await prepared();
    const { stdout, stderr, calls } = await heard(path, 'srt', ['--dry-run']);
    expect(stdout + stderr).toMatch(/2 videos without words would be heard by the program \S+ on this machine/);
    expect(calls).toEqual([]);
  });

  it.each([
    ['a config that was found', [], 2],
    ['a config that is named', ['--config', 'port.config.json'], 0],
  ])('in %s', async (_what, more, code) => {
    const path = await prepared(['short']);
    await writeFile(join(path, 'port.config.json'), JSON.stringify({ transcribe: command('srt') }));
    const ran = await runPort([...run, ...more], path);
    expect(ran.code).toBe(code);
    if (code === 2) expect(ran.stderr).toContain('“transcribe” reaches out');
  });
});
