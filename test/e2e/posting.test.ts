import { execFileSync, spawn } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bin, ending, type Ran, runPort, until, workFolder } from './run-port.ts';

/** `port plan` and `port posted` through the built program, on what a run delivered: six photo posts for two platforms. */

const place = await workFolder();
afterAll(place.remove);
const keys = [1, 2, 3, 4, 5, 6].map((day) => `2025-06-0${day}_10-00-00`);
const [oldest = '', second = ''] = keys;

async function writeExport(folder: string, account: string, days = [1, 2, 3, 4, 5, 6]): Promise<void> {
  const VideoList = days.map((day) => ({
    ...{
      Date: `2025-06-0${day} 10:00:00`,
      Link: 'N/A',
      WhoCanView: 'Everyone',
      Title: `Harbour number ${day}`,
      Likes: `${day === 3 ? 900 : day}`,
    },
  }));
  const Profile = { 'Profile Info': { ProfileMap: { userName: account } } };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${account}.json`), JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
}

let delivered = '';
beforeAll(async () => {
  delivered = join(place.path, 'first');
  await writeExport(delivered, 'maya');
  for (const [index, key] of keys.entries()) {
    await mkdir(join(delivered, 'media', key), { recursive: true });
    for (const name of ['01.jpg', '02.jpg']) {
      const drawn = sharp({
        create: { width: 120, height: 160, channels: 3, background: { r: 40 * index, g: 90, b: 90 } },
      });
      await drawn.jpeg().toFile(join(delivered, 'media', key, name));
    }
  }
  const { code, stderr } = await runPort([...job, 'maya.json'], delivered);
  expect([code, stderr]).toEqual([0, expect.any(String)]);
}, 120_000);

const job = ['--media', 'media', '--to', 'rednote,lemon8', '--offline', '--no-listing'];

let count = 0;
async function folder(): Promise<string> {
  const path = join(place.path, `copy-${++count}`);
  if (process.platform === 'linux') execFileSync('cp', ['-a', delivered, path]);
  else await cp(delivered, path, { recursive: true, preserveTimestamps: true });
  return path;
}

const plan = async (cwd: string, ...args: string[]) =>
  runPort(['plan', '--start', '2026-12-01', '--zone', 'Europe/Lisbon', ...args], cwd);
const sheet = async (cwd: string) => readFile(join(cwd, 'ported/maya/posting.csv'), 'utf8');
const list = async (cwd: string) =>
  JSON.parse((await runPort(['posted', '--list', '--json'], cwd)).stdout).posts as Record<string, string | null>[];
const error = ({ code, stdout, stderr }: Ran) => [code, stdout, stderr.trim()];

describe('port plan', () => {
  it('plans each platform oldest first, and writes posting.csv and posting.ics', async () => {
    const cwd = await folder();
    const { code, stdout, stderr } = await plan(cwd, '--json');
    expect([code, stderr]).toEqual([0, '']);
    const document = JSON.parse(stdout);
    expect(document).toEqual({ schemaVersion: 1, planned: expect.any(Array) });
    expect(document.planned).toHaveLength(12);
    expect(document.planned[0]).toEqual({
      account: 'maya',
      key: oldest,
      target: 'rednote',
      at: '2026-12-01T12:00:00+00:00',
    });
    expect(document.planned[1]).toEqual({
      account: 'maya',
      key: second,
      target: 'rednote',
      at: '2026-12-01T18:00:00+00:00',
    });
    const times = document.planned.map(({ at }: { at: string }) => Date.parse(at));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(await sheet(cwd)).toContain(`${oldest},rednote,2026-12-01T12:00:00+00:00,,,\r\n`);
    const calendar = await readFile(join(cwd, 'ported/maya/posting.ics'), 'utf8');
    expect(calendar.match(/BEGIN:VEVENT/g)).toHaveLength(12);
    expect(calendar).not.toMatch(/https?:/);
    for (const page of ['rednote', 'lemon8'])
      expect(await readFile(join(cwd, 'ported/maya', page, 'index.html'), 'utf8')).toMatch(/2026-12-01T1[28]:00:00/);
  }, 60_000);

  it('prints a calendar of at most 80 columns, with what to do next', async () => {
    const cwd = await folder();
    const { stdout } = await plan(cwd);
    const [head, ...lines] = stdout.split('\n');
    expect(head).toBe('maya: 12 to post on 4 days, Tue 1 Dec 2026 to Fri 4 Dec 2026 (Europe/Lisbon)');
    expect(lines.slice(0, 3)).toEqual([
      '',
      'Tue 1 Dec 2026',
      `  12:00  RedNote (Xiaohongshu)  Harbour number 1             ${oldest}`,
    ]);
    for (const line of lines.slice(0, 20)) expect(line.length).toBeLessThanOrEqual(80);
    expect(stdout).toContain(`\n  port posted ${oldest} --to rednote\n`);
  }, 60_000);

  it('again, it changes nothing; after a post is out and new ones came, it continues', async () => {
    const cwd = await folder();
    const first = await plan(cwd, '--json');
    const before = await sheet(cwd);
    const again = await plan(cwd, '--json');
    expect(again.stdout).toBe(first.stdout);
    expect(await sheet(cwd)).toBe(before);
    await runPort(['posted', oldest, '--to', 'rednote', '--at', '2026-12-01 12:03'], cwd);
    const { planned } = JSON.parse((await plan(cwd, '--json')).stdout);
    expect(planned).toEqual(JSON.parse(first.stdout).planned.slice(1));
  }, 60_000);

  it('--clear empties what is not posted, of one platform or of all, and does nothing else', async () => {
    const cwd = await folder();
    await plan(cwd);
    await runPort(['posted', oldest, '--to', 'rednote'], cwd);
    const one = await runPort(['plan', '--clear', '--to', 'lemon8'], cwd);
    expect(error(one)).toEqual([0, 'maya: nothing is planned any more for Lemon8.\n', '']);
    expect((await list(cwd)).filter(({ planned }) => planned !== null)).toHaveLength(6);
    const all = await runPort(['plan', '--clear', '--json'], cwd);
    expect([all.code, JSON.parse(all.stdout)]).toEqual([0, { schemaVersion: 1, planned: [] }]);
    const left = (await list(cwd)).filter(({ planned }) => planned !== null);
    expect(left).toEqual([expect.objectContaining({ key: oldest, target: 'rednote' })]);
    expect(await readFile(join(cwd, 'ported/maya/posting.ics'), 'utf8')).not.toContain('VEVENT');
  }, 60_000);

  it('takes a platform folder as its argument, the likes of captions.csv, and continues without that file', async () => {
    const cwd = await folder();
    const likes = JSON.parse((await plan(cwd, 'ported/maya/rednote', '--order', 'likes', '--json')).stdout).planned;
    expect(likes.map(({ key, target }: Record<string, string>) => `${target} ${key?.slice(9, 10)}`)).toEqual(
      ['3', '6', '5', '4', '2', '1'].map((day) => `rednote ${day}`),
    );
    await runPort(['plan', '--clear'], cwd);
    await rm(join(cwd, 'ported/maya/captions.csv'));
    const without = JSON.parse((await plan(cwd, '--to', 'xhs', '--order', 'likes', '--json')).stdout).planned;
    expect(without.map(({ key }: { key: string }) => key)).toEqual(keys);
  }, 60_000);

  it('does not plan what captions.csv leaves out, and keeps its row', async () => {
    const cwd = await folder();
    await plan(cwd);
    await writeFile(join(cwd, 'ported/maya/captions.csv'), `key,caption,targets\n${oldest},Harbour,lemon8\n`);
    expect((await runPort([...job, 'maya.json'], cwd)).code).toBe(0);
    const { planned } = JSON.parse((await plan(cwd, '--json')).stdout);
    expect(planned.filter(({ key }: { key: string }) => key === oldest)).toEqual([
      expect.objectContaining({ target: 'lemon8' }),
    ]);
    expect(await sheet(cwd)).toContain(`${oldest},rednote,2026-12-01T12:00:00`);
    expect(await readFile(join(cwd, 'ported/maya/posting.ics'), 'utf8')).not.toContain(`rednote/${oldest}`);
  }, 60_000);

  it.each<[string[], string]>([
    [
      ['--zone', 'Lisbon'],
      '--zone takes an IANA name such as Europe/Lisbon, not “Lisbon”. Did you mean “Europe/Lisbon”?',
    ],
    [['--zone', 'Europe/Lisboa'], 'Did you mean “Europe/Lisbon”?'],
    [['--at', '25:00'], '--at takes times such as 12:00,18:30, not “25:00”'],
    [['--at', ','], '--at takes times'],
    [['--gap', '40d'], '--gap takes a time such as 2h, 90m or 1d, up to 30 days, not “40d”'],
    [['--skip', 'sunny'], '--skip takes weekdays such as sat,sun, not “sunny”'],
    [['--skip', 'mo,tu,we,th,fr,sa,su'], '--skip leaves no day of the week'],
    [['--per-day', '0'], '--per-day takes a whole number from 1 to 100, not “0”'],
    [['--start', '2026-02-30'], '--start takes a day such as 2026-12-01, not “2026-02-30”'],
    [['--start', '12/1/2026'], '--start takes a day'],
    [['--to', 'rednot'], 'Did you mean “rednote”?'],
    [['--order', 'best'], '--order'],
    [['--account', 'mya'], 'There is no account "mya" in "ported". There: "maya".'],
    [
      ['--to', 'shorts'],
      'There is nothing delivered in "ported" for shorts, so there is nothing to plan. Run port first.',
    ],
    [['nowhere'], 'There is nothing of port in "nowhere". Run port first, or name its output folder.'],
    [['ported/maya/.port'], 'so there is nothing to plan'],
    [['ported', 'twice'], 'Too many arguments'],
  ])('%s is a usage error in one line, and nothing is written', async (args, sentence) => {
    const cwd = delivered;
    const before = await sheet(cwd);
    const { code, stdout, stderr } = await runPort(['plan', ...args], cwd);
    expect([code, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1]);
    expect(stderr).toContain(sentence);
    expect(await sheet(cwd)).toBe(before);
  });

  it('tells that --per-day has more posts than --at has times', async () => {
    const { stderr } = await plan(await folder(), '--per-day', '5');
    expect(stderr).toMatch(/^--at names 2 times a day, so no platform gets more posts than that/);
  });
});

describe('port posted', () => {
  it('marks a post with its time and link, lists it, and takes it back', async () => {
    const cwd = await folder();
    const shared = 'Harbour http://xhslink.com/o/7Qw，复制本条信息';
    const done = await runPort(
      ['posted', oldest, '--to', 'xhs', '--url', shared, '--at', '2026-11-29 18:00+01:00'],
      cwd,
    );
    expect(error(done)).toEqual([0, `${oldest} is posted on RedNote (Xiaohongshu): Sun 29 Nov 2026 18:00.\n`, '']);
    const document = await list(cwd);
    expect(document).toHaveLength(12);
    expect(document.filter(({ posted }) => posted !== null)).toEqual([
      {
        account: 'maya',
        key: oldest,
        target: 'rednote',
        planned: null,
        posted: '2026-11-29T18:00:00+01:00',
        url: 'http://xhslink.com/o/7Qw',
      },
    ]);
    const page = await runPort(['posted', '--list'], cwd);
    expect(page.stdout).toBe(
      `maya: 1 of 12 posted\n  Sun 29 Nov 2026 18:00  RedNote (Xiaohongshu)  ${oldest}  http://xhslink.com/o/7Qw\n`,
    );
    expect((await runPort(['posted', oldest, '--to', 'rednote', '--undo'], cwd)).stdout).toBe(
      `${oldest} is not posted on RedNote (Xiaohongshu).\n`,
    );
    expect((await list(cwd)).filter(({ posted, url }) => posted !== null || url !== null)).toEqual([]);
  }, 60_000);

  it('takes several keys, with the separator of a completed folder, and several platforms', async () => {
    const cwd = await folder();
    const { code, stdout } = await runPort(['posted', `${oldest}/`, second, oldest, '--to', 'rednote,lemon8'], cwd);
    expect([code, stdout.trim().split('\n').length]).toEqual([0, 4]);
    expect((await list(cwd)).filter(({ posted }) => posted !== null)).toHaveLength(4);
  }, 60_000);

  it.each<[string[], string]>([
    [[], 'Say which posts are out: port posted <key...> --to <platform>, or --from a file of ticks, or --list.'],
    [[oldest], 'Say on which platform: --to rednote.'],
    [[oldest, '--to', 'rednot'], 'Did you mean “rednote”?'],
    [
      [oldest, '--to', 'shorts'],
      `No post "${oldest}" was delivered for YouTube Shorts in "ported", so nothing was changed. It is delivered for RedNote (Xiaohongshu), Lemon8.`,
    ],
    [
      [oldest, 'nope', '--to', 'rednote'],
      'No post "nope" was delivered for RedNote (Xiaohongshu) in "ported", so nothing was changed.',
    ],
    [[oldest, '../../x', '--to', 'rednote'], 'No post "../../x" was delivered'],
    [[`${oldest}/part-1`, `${oldest}/part-2`, '--to', 'rednote'], 'It has no such part there.'],
    [[oldest, '--to', 'rednote', '--url', 'later'], '--url: that is no web address'],
    [[oldest, '--to', 'rednote,lemon8', '--url', 'https://youtu.be/a'], '--url is for one post on one platform.'],
    [[oldest, '--to', 'rednote', '--at', '1/12/2026'], '--at: day and month could be either: write 2026-12-31 18:00'],
    [[oldest, '--to', 'rednote', '--at', 'yesterday'], '--at: that is no date and time: write it as 2026-12-31 18:00.'],
    [[oldest, '--to', 'rednote', '--at', ''], '--at takes a date and time'],
    [[oldest, '--to', 'rednote', '--undo', '--at', '2026-12-31 18:00'], '--undo takes a post back'],
    [[oldest, '--to', 'rednote', '--list'], 'one of them at a time'],
    [[oldest, '--to', 'rednote', '--account', 'tomas'], 'There is no account "tomas"'],
    [[oldest, '--to', 'rednote', '--out', 'nowhere'], 'There is nothing of port in "nowhere"'],
    [
      ['--from', 'ticks-rednote.csv'],
      'There is no file "ticks-rednote.csv". Name the one that the contact sheet saved.',
    ],
    [['--from', 'maya.json'], '"maya.json" is no file of ticks'],
    [['--from', 'media'], 'There is no file "media"'],
  ])('%j is a usage error in one line that changes nothing', async (args, sentence) => {
    const before = await sheet(delivered);
    const { code, stdout, stderr } = await runPort(['posted', ...args], delivered);
    expect([code, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1]);
    expect(stderr).toContain(sentence);
    expect(await sheet(delivered)).toBe(before);
  });

  it('takes the ticks that a page saved, also under the name that a browser gives the second file', async () => {
    const cwd = await folder();
    const text = `post,tick\r\n${oldest},done\r\n${second},copied\r\n${keys[2]},undone\r\n`;
    await writeFile(join(cwd, 'ticks-rednote (1).csv'), text);
    const { code, stdout } = await runPort(['posted', '--from', 'ticks-rednote (1).csv'], cwd);
    expect([code, stdout.split('\n').length]).toEqual([0, 3]);
    expect((await list(cwd)).filter(({ posted }) => posted !== null)).toEqual([
      expect.objectContaining({ key: oldest, target: 'rednote' }),
    ]);
    await writeFile(join(cwd, 'ticks.csv'), `${text}2030-01-01_00-00-00,done\r\n`);
    const unnamed = await runPort(['posted', '--from', 'ticks.csv'], cwd);
    expect([unnamed.code, unnamed.stderr]).toEqual([2, expect.stringContaining('--to rednote')]);
    const unknown = await runPort(['posted', '--from', 'ticks.csv', '--to', 'lemon8'], cwd);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('so nothing was changed')]);
    expect((await list(cwd)).filter(({ posted }) => posted !== null)).toHaveLength(1);
  }, 60_000);

  it('asks whose post it is where two accounts have the same key', async () => {
    const cwd = await folder();
    await writeExport(cwd, 'tomas', [1]);
    expect((await runPort([...job, 'tomas.json'], cwd)).code).toBe(0);
    const { code, stderr } = await runPort(['posted', oldest, '--to', 'rednote'], cwd);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/both have a post .*: say whose with --account\./)]);
    expect((await runPort(['posted', oldest, '--to', 'rednote', '--account', 'tomas'], cwd)).code).toBe(0);
    const out = (await list(cwd)).filter(({ posted }) => posted !== null);
    expect(out).toEqual([expect.objectContaining({ account: 'tomas', key: oldest })]);
  }, 60_000);

  it('ten at once are all kept', async () => {
    const cwd = await folder();
    const all = keys.slice(0, 5).flatMap((key) => ['rednote', 'lemon8'].map((target) => [key, target] as const));
    const ran = await Promise.all(all.map(async ([key, target]) => runPort(['posted', key, '--to', target], cwd)));
    expect(ran.map(({ code, stderr }) => [code, stderr])).toEqual(Array(10).fill([0, '']));
    expect((await list(cwd)).filter(({ posted }) => posted !== null)).toHaveLength(10);
  }, 120_000);
});

describe('posting.csv', () => {
  it('of a run in which ticks and a plan are made in the middle keeps all of them', async () => {
    const cwd = join(place.path, 'at-work');
    await cp(join(delivered, 'media'), join(cwd, 'media'), { recursive: true });
    await writeExport(cwd, 'maya', [1, 2]);
    await runPort([...job, 'maya.json'], cwd);
    await writeExport(cwd, 'maya');
    const child = spawn(process.execPath, [bin, ...job, 'maya.json', '--jobs', '1', '--json'], { cwd });
    let ended = false;
    const whole = ending(child).finally(() => {
      ended = true;
    });
    await until(
      async () => (await readFile(join(cwd, 'ported/maya/.port/lock'), 'utf8').catch(() => null)) !== null || ended,
    );
    const tick = await runPort(['posted', oldest, '--to', 'rednote'], cwd);
    const planned = await plan(cwd, '--to', 'lemon8', '--json');
    expect([tick.code, planned.code]).toEqual([0, 0]);
    expect((await whole).code).toBe(0);
    const rows = await list(cwd);
    expect(rows).toHaveLength(12);
    expect(rows.filter(({ posted }) => posted !== null)).toEqual([
      expect.objectContaining({ key: oldest, target: 'rednote' }),
    ]);
    for (const { key, target, at } of JSON.parse(planned.stdout).planned)
      expect(rows).toContainEqual(expect.objectContaining({ key, target, planned: at }));
  }, 60_000);

  it('is made for an older folder, and keeps rows of posts that vanished from a newer export', async () => {
    const cwd = await folder();
    await rm(join(cwd, 'ported/maya/posting.csv'));
    await rm(join(cwd, 'ported/maya/posting.json'));
    expect((await runPort(['posted', oldest, '--to', 'rednote'], cwd)).code).toBe(0);
    await writeExport(cwd, 'maya', [2, 3]);
    expect((await runPort([...job, 'maya.json'], cwd)).code).toBe(0);
    const rows = await list(cwd);
    expect([rows.length, rows.filter(({ posted }) => posted !== null)]).toEqual([
      12,
      [expect.objectContaining({ key: oldest })],
    ]);
    // Its package is there still, and can be taken back.
    expect((await runPort(['posted', oldest, '--to', 'rednote', '--undo'], cwd)).code).toBe(0);
  }, 60_000);

  it('that a spreadsheet saved is taken over by a run, which freezes what is out and says so', async () => {
    const cwd = await folder();
    const text = (await sheet(cwd))
      .replace(`${oldest},rednote,,,,`, `${oldest},rednote,soon,x,,`)
      .replace(/^\ufeff/, '')
      .replaceAll(',', ';');
    await writeFile(join(cwd, 'ported/maya/posting.csv'), text);
    const { code, stdout, stderr } = await runPort([...job, 'maya.json', '--tags', 'again', '--json'], cwd);
    expect(code).toBe(0);
    expect(stdout + stderr).toContain('that is no date and time');
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(
      events.filter(({ type, message }) => type === 'warning' && message.startsWith('1 post would change now')),
    ).toHaveLength(1);
    const post = events.find(({ type, key, target }) => type === 'post' && key === oldest && target === 'rednote');
    expect(post).toMatchObject({
      status: 'delivered',
      issues: expect.arrayContaining([expect.objectContaining({ code: 'posted-frozen' })]),
    });
    expect(await sheet(cwd)).toMatch(new RegExp(`${oldest};rednote;soon;2\\d{3}-.*T`));
  }, 60_000);
});
