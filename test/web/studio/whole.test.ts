import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaptionAnswer, PostDetail, PostingAnswer, Refusal, WordsAnswer } from '../../../src/web/studio/api.ts';
import { fixture, runPort, until, workFolder } from '../../e2e/run-port.ts';
import { type Started, startStudio, uploadsOf } from './started.ts';

/** From the drop of an export to a posted tick, each step on the files of the one before. */
describe('the whole job over the API', () => {
  let folder: Awaited<ReturnType<typeof workFolder>>;
  let studio: Started;
  const key = '2025-12-06_17-42-30';
  const held = '2025-05-18_21-47-55';
  const file = (name: string) => join(folder.path, 'ported', 'maya', name);
  const read = async (name: string) => readFile(file(name), 'utf8');
  const detail = async (of = key) => studio.api<PostDetail>(`post?account=maya&key=${of}`);
  const isMade = async (of = key) =>
    (await studio.posts('maya')).filter((post) => post.key === of).every(({ waits }) => !waits);

  beforeAll(async () => {
    folder = await workFolder();
    studio = await startStudio(folder.path, ['--offline']);
  });
  afterAll(async () => {
    await studio.end();
    await folder.remove();
  });

  it('takes an export, and says what is in it', async () => {
    const state = await studio.api('export?name=export.zip', await readFile(fixture('export.zip')));
    expect(state.exports).toMatchObject([
      { name: 'export.zip', isUploaded: true, problem: null, inspection: { account: 'maya', counts: { posts: 8 } } },
    ]);
    expect(state.accounts).toEqual([{ account: 'maya', totals: {}, isThere: false }]);
  });

  it('the same export again is not a second one', async () => {
    const { exports } = await studio.api('export?name=again.zip', await readFile(fixture('export.zip')));
    expect(exports).toHaveLength(1);
  });

  it('counts for each platform what would be done, before one is chosen', async () => {
    const { platforms } = await studio.stateWhere(({ forecast }) => forecast.state === 'done');
    const counts = Object.fromEntries(platforms.map((each) => [each.name, each.counts]));
    expect(counts['rednote']).toMatchObject({ held: 1, failed: 0, toFetch: 0 });
    expect(counts['shorts']).toMatchObject({ split: 1, slideshows: 1 });
    for (const each of Object.values(counts)) expect(Object.values(each ?? {}).reduce((sum, one) => sum + one)).toBe(8);
  });

  it('needs a platform before it makes anything', async () => {
    const { refused } = await studio.api<Refusal>('run', { what: 'all' });
    expect(refused).toContain('Choose a platform');
    expect((await studio.state()).run.state).toBe('idle');
  });

  it.each([
    ['a path', { out: '/tmp' }],
    ['own media', { media: ['/'] }],
    ['an address', { proxy: 'http://127.0.0.1:1' }],
    ['a host', { allowHost: ['127.0.0.1'] }],
    ['a program', { translator: 'command:touch /tmp/x' }],
    ['a prototype', JSON.parse('{"__proto__":"x"}')],
    ['no option', { nothing: 'x' }],
  ])('a page cannot set %s', async (_what, options) => {
    const answer = await studio.api<Refusal>('options', { options });
    // `__proto__` is dropped when it is read.
    if (Object.keys(options).length > 0 && !Object.hasOwn(options, '__proto__')) expect(answer.refused).toBeTruthy();
    expect(Object.keys((await studio.state()).options)).toEqual(['offline']);
  });

  it('says where options contradict each other', async () => {
    const { optionsProblem } = await studio.api('options', { options: { since: '2025-05-01', until: '2025-01-01' } });
    expect(optionsProblem).toContain('--since is after --until');
    expect((await studio.api('options', { options: { since: '', until: '' } })).optionsProblem).toBeNull();
  });

  it('choosing platforms changes the sum at once, without another dry run', async () => {
    await studio.stateWhere(({ forecast }) => forecast.state === 'done');
    const all = await studio.api('options', { options: { to: 'rednote,shorts' } });
    expect(all.forecast.state).toBe('done');
    expect(all.platforms.filter(({ chosen }) => chosen).map(({ name }) => name)).toEqual(['rednote', 'shorts']);
    const one = await studio.api('options', { options: { to: 'rednote' } });
    expect(one.forecast.state).toBe('done');
    expect(one.disk.needed).toBeLessThan(all.disk.needed ?? 0);
    await studio.api('options', { options: { to: 'rednote,shorts' } });
  });

  it('one post first: the newest that needs work on most platforms', async () => {
    await studio.api('run', { what: 'one' });
    const { run } = await studio.stateWhere((state) => state.run.state === 'done');
    expect(run).toMatchObject({ what: 'one', exitCode: 0, done: 1, total: 1 });
    const made = (await studio.posts('maya')).filter(({ status }) => status === 'delivered');
    expect(made.map((post) => `${post.target} ${post.key}`).sort()).toEqual([`rednote ${key}`, `shorts ${key}`]);
  });

  it('all posts, with the events of the run; no post begins while it is paused', async () => {
    const { all, stop } = await studio.events();
    await studio.api('run', { what: 'all' });
    await studio.api('control', { action: 'pause' });
    await studio.stateWhere(({ run }) => run.state === 'paused' || run.state === 'done');
    expect((await studio.state()).run.state).toBe('paused');
    const before = all.filter((event) => event.type === 'run' && event.event.type === 'post').length;
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(all.filter((event) => event.type === 'run' && event.event.type === 'post')).toHaveLength(before);
    await studio.api('control', { action: 'resume' });
    const { run, accounts } = await studio.stateWhere((state) => state.run.state === 'done');
    expect(run).toMatchObject({ what: 'all', exitCode: 0, done: 8, total: 8 });
    expect(accounts[0]?.totals['rednote']).toEqual({ delivered: 7, held: 1, rejected: 0, failed: 0 });
    expect(all[0]?.type).toBe('state');
    expect(all.some((event) => event.type === 'posts' && event.keys.includes(key))).toBe(true);
    expect(all.some((event) => event.type === 'run' && event.event.type === 'summary')).toBe(true);
    stop();
  });

  it('the same files as a run from the command line makes', async () => {
    const other = join(folder.path, 'other');
    const args = [fixture('export.zip'), '--to', 'rednote,shorts', '--offline', '--out', other];
    expect((await runPort(args, folder.path)).code).toBe(0);
    const filesIn = async (root: string) => {
      const all = await readdir(root, { recursive: true, withFileTypes: true });
      const own = all.filter((each) => each.isFile() && !each.parentPath.includes('.port'));
      return own.map((each) => join(each.parentPath, each.name).slice(root.length)).sort();
    };
    expect(await filesIn(file(''))).toEqual(await filesIn(join(other, 'maya')));
    expect(await readFile(join(other, 'maya', 'captions.csv'), 'utf8')).toBe(await read('captions.csv'));
  });

  it('nothing of the export lies in the output folder', async () => {
    expect((await readdir(join(folder.path, 'ported'))).sort()).toEqual(['maya']);
  });

  it('shows a post with its original, its packages and words', async () => {
    const { original, platforms, cells, facts } = await detail();
    expect(original).toMatchObject({ path: `originals/${key}.mp4` });
    expect(original?.seconds).toBeCloseTo(185, 0);
    expect(facts).toMatchObject({ kind: 'video', time: Date.parse('2025-12-06T17:42:30Z') / 1000 });
    expect(cells.caption).toContain('Three minutes');
    expect(platforms.find(({ target }) => target === 'shorts')?.packages.map(({ part }) => part)).toEqual([
      'part-1',
      'part-2',
    ]);
    const text = platforms.find(({ target }) => target === 'rednote')?.packages[0]?.captionText;
    expect(text).toBe(await read(`rednote/${key}/caption.txt`));
  });

  it('sends frames, and files of posts by ranges, and nothing else', async () => {
    const headers = { cookie: studio.cookie };
    const frame = await studio.ask(`/api/frame?account=maya&key=${key}&at=1.5`, { headers });
    expect([frame.status, frame.headers['content-type']]).toEqual([200, 'image/jpeg']);
    const video = await studio.ask(`/api/media/maya/originals/${key}.mp4`, {
      headers: { ...headers, range: 'bytes=4-7' },
    });
    expect([video.status, video.text]).toEqual([206, 'ftyp']);
    for (const path of [
      ...[
        'manifest.json',
        'captions.csv',
        `rednote/${key}/caption.txt`,
        `rednote/${key}/post.json`,
        'rednote/index.html',
      ],
      ...[
        '../maya/captions.csv',
        '%2e%2e/maya/captions.csv',
        '..%2fmaya%2fcaptions.csv',
        '.port/x.jpg',
        'originals',
        '',
      ],
    ]) {
      const { status, text } = await studio.ask(`/api/media/maya/${path}`, { headers });
      expect([path, status]).toEqual([path, 404]);
      expect(text).not.toContain('tide');
    }
  });

  it('writes words into captions.csv, and makes the post again', async () => {
    const { cells } = await detail();
    const wanted = { ...cells, caption: '=Low tide 🌊 "quoted",\n#ocean', title: 'Low tide' };
    const answer = await studio.api<WordsAnswer>('words', { account: 'maya', key, cells: wanted, seen: cells });
    expect(answer).toEqual({ cells: wanted, conflicts: [] });
    expect((await studio.posts('maya')).find((post) => post.key === key)?.waits).toBe(true);
    expect(await read('captions.csv')).toContain('"\'=Low tide 🌊 ""quoted"",\n#ocean",Low tide');
    await until(isMade);
    expect(await read(`rednote/${key}/caption.txt`)).toMatch(/^Low tide\n\n/);
    expect(await read(`shorts/${key}/part-1/caption.txt`)).toMatch(/^Low tide \(1\/2\)\n/);
    expect((await studio.state()).run).toMatchObject({ what: 'all', state: 'done' });
  });

  it('captions.csv edited outside meanwhile: both texts of one cell are shown, other cells are merged', async () => {
    const seen = (await detail()).cells;
    const sheet = await read('captions.csv');
    await writeFile(file('captions.csv'), sheet.replace(',Low tide,', ',By spreadsheet,'));
    const wanted = { ...seen, title: 'By studio', hashtags: '#sea' };
    const answer = await studio.api<WordsAnswer>('words', { account: 'maya', key, cells: wanted, seen });
    expect(answer.conflicts).toEqual([{ column: 'title', theirs: 'By spreadsheet', ours: 'By studio' }]);
    expect(answer.cells).toMatchObject({ title: 'By spreadsheet', hashtags: '#sea' });
    const resolved = { ...answer.cells, title: 'By studio' };
    const again = await studio.api<WordsAnswer>('words', { account: 'maya', key, cells: resolved, seen: answer.cells });
    expect(again).toEqual({ cells: resolved, conflicts: [] });
    await until(isMade);
    expect(await read(`rednote/${key}/caption.txt`)).toContain('By studio');
    expect(await read(`rednote/${key}/caption.txt`)).toContain('#sea');
  });

  it('columns and rows that a person added stay', async () => {
    const sheet = await read('captions.csv');
    const lines = sheet.replace(/^\ufeff/, '').split('\r\n');
    await writeFile(file('captions.csv'), [`${lines[0]},mine`, ...lines.slice(1), 'note to self'].join('\r\n'));
    const { cells } = await detail();
    await studio.api('words', { account: 'maya', key, cells: { ...cells, title: 'Once more' }, seen: cells });
    expect(await read('captions.csv')).toMatch(/,mine\r\n/);
    expect(await read('captions.csv')).toContain('note to self');
    await until(isMade);
  });

  it('a sheet that cannot be read is refused with a sentence, and left as it is', async () => {
    const sheet = await read('captions.csv');
    await writeFile(file('captions.csv'), 'nonsense\r\n1\r\n');
    const { cells } = await detail();
    const { refused } = await studio.api<Refusal>('words', {
      ...{ account: 'maya', key, seen: cells },
      cells: { ...cells, title: 'x' },
    });
    expect(refused).toMatch(/^captions\.csv cannot be read: /);
    expect(await read('captions.csv')).toBe('nonsense\r\n1\r\n');
    await writeFile(file('captions.csv'), sheet);
  });

  it('writes a caption.txt, shows both where it changed meanwhile, and gives it back to port', async () => {
    const path = `rednote/${key}/caption.txt`;
    const seen = await read(path);
    const place = { account: 'maya', key, target: 'rednote', part: null };
    expect(await studio.api('caption', { ...place, text: 'Mine\n', seen })).toEqual({ text: 'Mine\n', conflict: null });
    expect(await read(path)).toBe('Mine\n');
    await until(isMade);
    await writeFile(file(path), 'Of an editor\n');
    const answer = await studio.api<CaptionAnswer>('caption', { ...place, text: 'Mine again\n', seen: 'Mine\n' });
    expect(answer.conflict).toBe('Of an editor\n');
    expect(await read(path)).toBe('Of an editor\n');
    expect((await detail()).platforms.find(({ target }) => target === 'rednote')?.packages[0]?.isEdited).toBe(true);
    await studio.api('caption', { ...place, text: null, seen: 'Of an editor\n' });
    await until(isMade);
    expect(await read(path)).toBe(seen);
  });

  it('a picture becomes the cover, beside the originals', async () => {
    const picture = await readFile(file(`rednote/${key}/cover.jpg`));
    const before = picture.length;
    const { choices } = await studio.api<PostDetail>(`cover?account=maya&key=${key}`, picture);
    expect(choices.cover).toMatch(/^covers\/[0-9a-f]+\.jpg$/);
    expect((await stat(file(choices.cover))).size).toBe(before);
    const { refused } = await studio.api<Refusal>(`cover?account=maya&key=${key}`, new TextEncoder().encode('<svg/>'));
    expect(refused).toContain('no picture');
    await until(isMade);
    const moment = { account: 'maya', key, column: 'cover', value: '2.5' };
    expect((await studio.api<Refusal>('choice', moment)).refused).toBeTruthy();
    const late = await studio.api<PostDetail>('choice', { ...moment, seen: '' });
    expect([late.choices.cover, late.conflicts]).toEqual([
      choices.cover,
      [{ column: 'cover', theirs: choices.cover, ours: '2.5' }],
    ]);
    const decided = { ...moment, seen: choices.cover, decided: ['2.5', choices.cover] };
    const picked = await studio.api<PostDetail>('choice', decided);
    expect([picked.choices.cover, picked.conflicts]).toEqual(['2.5', []]);
    await until(isMade);
  });

  it('a post that is held is included by its button, and by the command line in the same words', async () => {
    expect((await detail(held)).platforms.map(({ remedies }) => remedies)).toEqual([
      [{ kind: 'include' }],
      [{ kind: 'include' }],
    ]);
    const isAll = async (wanted: string) =>
      (await studio.posts('maya')).filter((post) => post.key === held).every(({ status }) => status === wanted);
    await studio.api('remedy', { account: 'maya', key: held, remedy: { kind: 'include', seen: '' } });
    await until(async () => isAll('delivered'));
    const args = [fixture('export.zip'), '--to', 'rednote,shorts', '--offline'];
    const { stderr, code } = await runPort([...args, '--include', held], folder.path);
    expect([code, stderr]).not.toEqual([1, stderr]);
    expect((await studio.posts('maya')).filter(({ status }) => status === 'held')).toEqual([]);
  });

  it('a post that was included stays so in later runs, which say it, until that is taken back', async () => {
    const isAll = async (wanted: string) =>
      (await studio.posts('maya')).filter((post) => post.key === held).every(({ status }) => status === wanted);
    const args = [fixture('export.zip'), '--to', 'rednote,shorts', '--offline'];
    const day = (await detail(held)).included;
    expect(day).toMatch(/^\d{4}-\d\d-\d\d$/);
    const said =
      /1 post goes along though not everyone could see it, since you included it by hand[^\n]*\n\s+2025-05-18/;
    expect((await runPort(args, folder.path)).stdout).toMatch(said);
    expect(await isAll('delivered')).toBe(true);
    const words = `Included by you on ${day}, though not everyone could see it (private)`;
    expect(await read(`rednote/${held}/post.json`)).toContain(words);
    const dry = await runPort([...args, '--dry-run'], folder.path);
    expect(`${dry.stdout}${dry.stderr}`).toContain('since you included it by hand');
    await studio.api('remedy', { account: 'maya', key: held, remedy: { kind: 'exclude' } });
    await until(async () => isAll('held'));
    expect((await detail(held)).included).toBeNull();
    const last = await runPort(args, folder.path);
    expect(`${last.stdout}${last.stderr}`).not.toContain('by hand');
    expect(await isAll('held')).toBe(true);
    await studio.api('remedy', { account: 'maya', key: held, remedy: { kind: 'include', seen: '' } });
    await until(async () => isAll('delivered'));
  });

  it('ticks, plans, and sees the ticks of the command line', async () => {
    const { all, stop } = await studio.events();
    const tick = { account: 'maya', key, target: 'rednote', part: null, posted: true, url: 'https://example.com/1' };
    const { posts } = await studio.api<PostingAnswer>('posting', tick);
    expect(posts.find((post) => post.key === key && post.target === 'rednote')?.posted).toMatch(/^\d{4}-/);
    expect(await read('posting.csv')).toMatch(new RegExp(`${key},rednote,,\\d{4}-[^,]*,https://example.com/1`));
    const planned = await studio.api<PostingAnswer>('plan', { account: 'maya', perDay: '1', zone: 'Europe/Lisbon' });
    expect(planned.posts.filter((post) => post.planned !== '').length).toBeGreaterThan(10);
    const other = '2025-11-23_08-05-12';
    await runPort(['posted', other, '--to', 'shorts'], folder.path);
    await until(async () => (await studio.posts('maya')).some((post) => post.key === other && post.posted !== ''));
    await until(() => all.some(({ type }) => type === 'posting'));
    expect((await detail(other)).platforms.find(({ target }) => target === 'shorts')?.packages[0]?.isOut).toBe(true);
    stop();
  });

  it('a part of a split video is out by itself', async () => {
    const tick = { account: 'maya', key, target: 'shorts', posted: true };
    await studio.api('posting', { ...tick, part: 'part-2' });
    const packages = (await detail()).platforms.find(({ target }) => target === 'shorts')?.packages;
    expect(packages?.map(({ isOut }) => isOut)).toEqual([false, true]);
    const { refused } = await studio.api<Refusal>('posting', { ...tick, part: 'part-9' });
    expect(refused).toBeTruthy();
  });

  it.each([
    ['another account', 'post?account=nobody&key=2025-12-06_17-42-30'],
    ['another key', 'post?account=maya&key=2001-01-01_00-00-00'],
    ['no key', 'post?account=maya&key=../../x'],
    ['a folder above', 'posts?account=..'],
  ])('%s is refused', async (_what, path) => {
    expect((await studio.api<Refusal>(path)).refused).toBeTruthy();
  });

  it('ends with its uploads deleted', async () => {
    const uploads = uploadsOf(folder.path);
    const [own = ''] = (await readdir(uploads, { withFileTypes: true }))
      .filter((each) => each.isDirectory())
      .map(({ name }) => name);
    const all = await readdir(join(uploads, own), { recursive: true, withFileTypes: true });
    const zip = all.find(({ name }) => name === 'export.zip');
    if (process.platform !== 'win32') {
      expect((await stat(join(zip?.parentPath ?? '', 'export.zip'))).mode & 0o777).toBe(0o600);
      expect((await stat(join(uploads, own))).mode & 0o777).toBe(0o700);
    }
    expect(await studio.end()).toBe(0);
    expect((await readdir(uploads)).filter((name) => name !== 'lock')).toEqual([]);
    await mkdir(uploads, { recursive: true });
    studio = await startStudio(folder.path);
  });

  it('without an export, words are changed and marked as to be made', async () => {
    const { cells } = await detail('2025-11-23_08-05-12');
    const words = { account: 'maya', key: '2025-11-23_08-05-12', cells: { ...cells, title: 'Later' }, seen: cells };
    await studio.api('words', words);
    expect(await read('captions.csv')).toContain('Later');
    const waits = async () => (await studio.posts('maya')).find((post) => post.key === '2025-11-23_08-05-12')?.waits;
    await new Promise((resolve) => setTimeout(resolve, 3500));
    expect(await waits()).toBe(true);
  });
});
