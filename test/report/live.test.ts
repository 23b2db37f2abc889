import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/model/event.ts';
import type { Issue } from '../../src/model/issue.ts';
import { grouped } from '../../src/report/grouped.ts';
import { durationWords, type LiveState, liveLines } from '../../src/report/live-lines.ts';
import { ttyReport } from '../../src/report/tty.ts';

const state = (odd: Partial<LiveState> = {}): LiveState => ({
  ...{ jobs: [], done: 0, total: 121, fetched: null, seconds: 0, secondsLeft: null },
  ...odd,
});
const job = { key: '2025-03-02_09-15-04', doing: 'encoding', share: 0.5, cost: 1 };

describe('the foot of a terminal', () => {
  it.each<[string, Partial<LiveState>, string]>([
    ['nothing done yet: no time', { seconds: 60 }, '0 of 121 posts'],
    ['too early for a time', { done: 1, seconds: 1 }, '1 of 121 posts'],
    ['no forecast: by the posts', { done: 11, seconds: 60 }, '11 of 121 posts · about 10 min left'],
    ['a forecast: by its work', { done: 11, seconds: 60, secondsLeft: 1500 }, '11 of 121 posts · about 25 min left'],
    ['slow', { done: 1, seconds: 1800 }, '1 of 121 posts · about 3 days left'],
    ['half a post counts half', { done: 1, total: 3, jobs: [job], seconds: 60 }, '1 of 3 posts · about 1 min left'],
    ['all done: no time', { done: 121, seconds: 60 }, '121 of 121 posts'],
    ['originals that come', { fetched: { done: 3, total: 9 } }, '0 of 121 posts · 3 of 9 originals'],
    ['all originals are there', { fetched: { done: 9, total: 9 } }, '0 of 121 posts'],
  ])('%s', (_name, odd, words) => {
    expect(liveLines(state(odd), 100).at(-1)).toMatch(new RegExp(`(^|░|█| )${words}$`));
  });

  it.each([20, 40, 80, 120, 400])('no line is wider than %i columns', (columns) => {
    const jobs = [job, { ...job, key: '2025-03-02_09-15-04-12', doing: 'slideshow' }];
    const fetched = { done: 3, total: 10_000 };
    const lines = liveLines(state({ jobs, fetched, done: 9999, total: 10_000, seconds: 99_999 }), columns);
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line.length).toBeLessThan(columns);
  });

  it('a key cannot contain terminal control sequences', () => {
    expect(liveLines(state({ jobs: [{ ...job, key: 'a\u001b[2J' }] }), 80)[0]).not.toContain('\u001b');
  });

  it.each([
    [2, 'about 5 s'],
    [54, 'about 55 s'],
    [100, 'about 2 min'],
    [5300, 'about 88 min'],
    [9000, 'about 2.5 h'],
    [300_000, 'about 3 days'],
  ])('%i s are %s', (seconds, words) => {
    expect(durationWords(seconds)).toBe(words);
  });
});

const issue = (code: Issue['code'], message: string, severity: Issue['severity'] = 'warning') => ({
  ...{ code, severity, actual: null, limit: null, message },
});
const post = (key: string, odd: Partial<RunEvent & { type: 'post' }> = {}): RunEvent & { type: 'post' } => ({
  ...{
    type: 'post',
    account: 'maya',
    key,
    target: 'rednote',
    status: 'delivered',
    unchanged: false,
    actions: ['copy'],
  },
  ...{ issues: [], folder: null, original: null, bytes: 0 },
  ...odd,
});

describe('what is true of many posts', () => {
  const said = (...events: (RunEvent & { type: 'post' })[]) => {
    const remarks = grouped();
    for (const event of events) remarks.add(event);
    return remarks.lines();
  };

  it('is printed once with the number of posts, the most frequent first', () => {
    const words = issue('no-words', 'It has no caption.');
    const mark = issue('watermark', 'It has a watermark.');
    const many = Array.from({ length: 17 }, (_, index) => post(`k${index}`, { issues: [words] }));
    expect(said(post('x', { issues: [mark] }), ...many)).toEqual([
      ...['17 posts: It has no caption.', 'x: It has a watermark.'],
    ]);
  });

  it('counts a post once for all platforms', () => {
    const issues = [issue('no-words', 'It has no caption.')];
    expect(said(post('x', { issues }), post('x', { issues, target: 'shorts' }))).toEqual(['x: It has no caption.']);
  });

  it('merges messages that differ only in figures', () => {
    const long = (seconds: number) => ({
      issues: [{ ...issue('duration-advice', `It lasts ${seconds} s.`), actual: seconds }],
    });
    expect(said(post('a', long(61)), post('b', long(62)))).toEqual(['2 posts: It lasts 61 s. (also: 62) [a, b]']);
  });

  it('merges messages that differ in a name, and lists up to three other names', () => {
    const song = (title: string) => ({
      issues: [{ ...issue('sound-claim', `Its sound (“${title}”) is somebody else's.`), actual: title }],
    });
    const songs = ['A', 'B', 'C', 'D', 'E', 'B'].map((title, index) => post(`${index}`, song(title)));
    expect(said(...songs)[0]).toBe(`6 posts: Its sound (“A”) is somebody else's. (also: B, C, D and 1 more)`);
  });

  it('leaves out remarks, and reasons that are printed with their post', () => {
    const info = post('a', { issues: [issue('title-made', 'x', 'info')] });
    const failed = post('b', { status: 'failed', issues: [issue('damaged', 'y', 'error')] });
    expect(said(info, failed)).toEqual([]);
  });
});

describe('a terminal', () => {
  function terminal() {
    const screen: string[] = [];
    let foot = '';
    let time = 0;
    let late = () => {};
    const print = (line: string) => {
      expect(foot, 'nothing is printed over the foot').toBe('');
      screen.push(line);
    };
    const report = ttyReport({
      ...{ out: print, err: print, colours: false, verbosity: 'normal', system: 'linux', columns: () => 80 },
      foot: { show: (text) => (foot = text), clear: () => (foot = '') },
      now: () => time,
      later: (draw) => {
        late = draw;
      },
    });
    const tell = (event: RunEvent, seconds = 1) => {
      time += seconds;
      report.tell(event);
    };
    return { screen, tell, foot: () => foot, later: () => late() };
  }
  const run: RunEvent = {
    ...{
      type: 'run',
      export: 'export.zip',
      account: 'maya',
      folder: 'ported/maya',
      posts: 2,
      selected: 2,
      reported: 2,
    },
    targets: ['rednote'],
  };
  const plan = (key: string, ...actions: string[]): RunEvent => ({
    ...{ type: 'plan', account: 'maya', key, target: 'rednote', actions },
  });
  const progress = (key: string, share: number): RunEvent => ({
    ...{ type: 'progress', stage: 'make', account: 'maya', key, share, done: 0, total: 2 },
  });
  const summary: RunEvent = {
    ...{ type: 'summary', folders: ['ported/maya'], missing: {}, exitCode: 0 },
    accounts: { maya: { rednote: { delivered: 2, held: 0, rejected: 0, failed: 0 } } },
  };

  it('shows current jobs, hides successful posts, and clears the bottom lines at the end', () => {
    const { screen, tell, foot } = terminal();
    tell(run);
    tell(plan('a', 'image', 'transcode'));
    tell(progress('a', 0.25));
    expect(foot()).toMatch(/a +encoding +█+░+ +25 %\n.*0 of 2 posts/);
    tell(post('a', { issues: [issue('no-words', 'It has no caption.')] }));
    expect(foot()).not.toContain('encoding');
    tell(post('b', { status: 'failed', issues: [issue('damaged', 'It is damaged.', 'error')] }));
    tell(summary);
    expect(foot()).toBe('');
    expect(screen).toEqual([
      ...['export.zip: 2 posts by maya, to rednote', 'failed     b  rednote (copy)', '           It is damaged.'],
      ...['', 'a: It has no caption.', '', 'maya', '  rednote   2 delivered', '', 'Your posts are in ported/maya'],
      ...['Next: open this page, and post from it:', '  xdg-open ported/maya/rednote/index.html'],
    ]);
  });

  it('counts posts that are done at once, such as copies, and each one when all its platforms are done', () => {
    const { tell, foot } = terminal();
    tell({ ...run, type: 'run', posts: 9, selected: 2, reported: 3, targets: ['rednote', 'reels'] });
    tell(post('a'));
    expect(foot()).toContain('0 of 3 posts');
    tell(post('a', { target: 'reels' }));
    expect(foot()).toContain('1 of 3 posts');
    const held = { status: 'held', issues: [issue('visibility', 'Held back.', 'info')], actions: [] } as const;
    for (const target of ['rednote', 'reels']) tell(post('b', { ...held, target }));
    expect(foot()).toContain('2 of 3 posts');
  });

  it('tells the time left by the work that is left: after copies at once the encodes take theirs', () => {
    const { tell, foot } = terminal();
    tell({ ...run, posts: 45, selected: 45, reported: 45 });
    tell({
      ...{ type: 'forecast', account: 'maya', posts: 45, lookedAt: 45, toFetch: 0, withoutOriginal: 0 },
      ...{ withoutWords: 0, unchanged: 0, works: { copy: 40, remux: 0, transcode: 5, slideshow: 0, image: 0 } },
      ...{ perPlatform: { encoded: 5, others: 40 }, estimate: { seconds: 300, bytes: 1 } },
    });
    for (let index = 0; index < 40; index++) tell(post(`copy-${index}`), 0.1);
    expect(foot()).toMatch(/40 of 45 posts · about 10 s left/);
    tell(plan('encode-1', 'transcode'));
    tell(progress('encode-1', 0.5), 50);
    expect(foot()).toMatch(/40 of 45 posts · about 2 min left/);
    tell(post('encode-1', { actions: ['transcode'] }), 50);
    expect(foot()).toMatch(/41 of 45 posts · about 2 min left/);
  });

  it('says why posts were held, once for all of them', () => {
    const { screen, tell } = terminal();
    tell(run);
    const held = { status: 'held', issues: [issue('visibility', 'Held back: private.', 'info')], actions: [] } as const;
    tell(post('a', held));
    tell(post('b', held));
    tell(summary);
    expect(screen).toContain('2 posts: Held back: private. [a, b]');
  });

  it('shows the last of several simultaneous events a moment later, even if no other follows', () => {
    const { tell, foot, later } = terminal();
    tell(run);
    tell(progress('a', 0.25));
    tell(progress('a', 0.5), 0.01);
    tell(progress('a', 0.75), 0.01);
    expect(foot()).toContain('25 %');
    later();
    expect(foot()).toContain('75 %');
  });

  it('port fetch counts processed posts among those whose originals are loaded', () => {
    const { tell, foot } = terminal();
    const original = (key: string) => post(key, { target: 'originals', actions: [] });
    tell({ ...run, targets: ['originals'], posts: 9, reported: 9 });
    expect(foot()).toContain('0 of 9 posts');
    tell({ ...{ type: 'progress', stage: 'fetch', account: 'maya', key: 'a', share: 1, done: 1, total: 4 } });
    tell(original('a'));
    expect(foot()).toContain('1 of 4 posts');
    tell({ ...original('b'), status: 'failed', issues: [issue('link-refused', 'No.', 'error')] });
    expect(foot()).toMatch(/^█+░+ {2}2 of 4 posts · /);
    expect(foot()).not.toContain('originals');
  });
});
