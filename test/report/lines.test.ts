import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MissingOriginals, RunEvent } from '../../src/model/event.ts';
import type { Issue } from '../../src/model/issue.ts';
import { type LineOptions, lineReport } from '../../src/report/lines.ts';

type PostEvent = RunEvent & { readonly type: 'post' };

function told(events: readonly RunEvent[], odd: Partial<LineOptions> = {}): { out: string[]; err: string[] } {
  const out: string[] = [];
  const err: string[] = [];
  const report = lineReport({
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    colours: false,
    verbosity: 'normal',
    system: 'linux',
    ...odd,
  });
  for (const event of events) report.tell(event);
  return { out, err };
}

const run = (targets: readonly string[], odd: Partial<RunEvent & { type: 'run' }> = {}): RunEvent => ({
  type: 'run',
  export: 'export.zip',
  account: 'maya',
  folder: 'ported/maya',
  posts: 3,
  selected: 3,
  reported: 3,
  targets,
  ...odd,
});
const done = (target: string, odd: Partial<PostEvent> = {}): PostEvent => ({
  type: 'post',
  account: 'maya',
  key: '2025-03-02_09-15-04',
  target,
  status: 'delivered',
  unchanged: false,
  actions: ['copy'],
  issues: [],
  folder: null,
  original: null,
  bytes: 0,
  ...odd,
});
const issue = (code: Issue['code'], message: string, severity: Issue['severity'] = 'warning') => ({
  code,
  severity,
  actual: null,
  limit: null,
  message,
});
const totals = (odd: object = {}) => ({ delivered: 0, held: 0, rejected: 0, failed: 0, ...odd });
const summary = (odd: Partial<RunEvent & { type: 'summary' }> = {}): RunEvent => ({
  type: 'summary',
  accounts: { maya: { rednote: totals({ delivered: 2, failed: 1 }), shorts: totals({ held: 3 }) } },
  missing: {},
  folders: ['ported/maya'],
  exitCode: 0,
  ...odd,
});

const nothingMissing: MissingOriginals = { ended: null, refused: null, blocked: null, living: null };

it('mentions no folder of posts if nothing was delivered', () => {
  const { out } = told([summary({ accounts: { maya: { rednote: totals({ failed: 3 }) } }, exitCode: 1 })]);
  expect(out).toContain('No post was delivered to ported/maya');
  expect(out.join()).not.toContain('Your posts are in');
});

describe('lineReport: posts', () => {
  it('reports what is missing at each post, even in the same words', () => {
    const text = 'Its link led to a page of text, not to a video or photo.';
    const gap = 'Photo 2 of 3 is missing; the others are here.';
    const { err } = told([
      run(['originals']),
      done('originals', { key: 'a', status: 'failed', issues: [issue('link-not-media', text, 'error')] }),
      done('originals', { key: 'b', status: 'held', issues: [issue('link-not-media', text, 'error')] }),
      done('originals', { key: 'c', issues: [issue('photo-missing', gap)] }),
      done('originals', { key: 'd', issues: [issue('photo-missing', gap)] }),
    ]);
    expect(err.filter((line) => line.includes(text))).toHaveLength(2);
    expect(err.filter((line) => line.includes(gap))).toHaveLength(2);
  });

  it('prints one line for all targets with the same outcome', () => {
    const { out, err } = told([run(['rednote', 'lemon8']), done('rednote'), done('lemon8')]);
    expect(err).toEqual([
      'export.zip: 3 posts by maya, to rednote, lemon8',
      'delivered  2025-03-02_09-15-04  rednote, lemon8 (copy)',
    ]);
    expect(out).toEqual([]);
  });

  it('prints a line for each outcome, and below it the reasons', () => {
    const events = [
      run(['rednote', 'shorts', 'lemon8']),
      done('rednote'),
      done('shorts', { status: 'rejected', actions: [], issues: [issue('duration', 'Too long.', 'error')] }),
      done('lemon8'),
    ];
    expect(told(events).err.slice(1)).toEqual([
      'delivered  2025-03-02_09-15-04  rednote, lemon8 (copy)',
      'rejected   2025-03-02_09-15-04  shorts',
      '           Too long.',
    ]);
  });

  it('waits for the last target of a post, even if posts are interleaved', () => {
    const other = { key: '2024-01-01_00-00-00' };
    const events = [
      run(['rednote', 'shorts']),
      done('rednote'),
      done('rednote', other),
      done('shorts', other),
      done('shorts'),
    ];
    expect(told(events).err.slice(1)).toEqual([
      'delivered  2024-01-01_00-00-00  rednote, shorts (copy)',
      'delivered  2025-03-02_09-15-04  rednote, shorts (copy)',
    ]);
  });

  it('prints a post whose other targets never came before the summary', () => {
    const { err } = told([run(['rednote', 'shorts']), done('rednote'), summary({ exitCode: 130 })]);
    expect(err).toContain('delivered  2025-03-02_09-15-04  rednote (copy)');
  });

  it('keeps posts of the same second of two accounts apart', () => {
    const { err } = told([
      run(['rednote', 'shorts']),
      done('rednote'),
      run(['rednote', 'shorts'], { account: 'noor' }),
      done('rednote', { account: 'noor' }),
      done('shorts', { account: 'noor', status: 'failed', actions: [] }),
      summary(),
    ]);
    expect(err.filter((line) => line.includes('2025-03-02'))).toEqual([
      'delivered  2025-03-02_09-15-04  rednote (copy)',
      'failed     2025-03-02_09-15-04  shorts',
      'delivered  2025-03-02_09-15-04  rednote (copy)',
    ]);
  });

  it.each<[string, Partial<PostEvent>, string]>([
    ['an action that is done nine times is named once', { actions: ['image', 'image', 'copy'] }, '(image, copy)'],
    ['what an earlier run made', { unchanged: true }, '(already there)'],
  ])('%s', (_odd, odd, expected) => {
    expect(told([run(['rednote']), done('rednote', odd)]).err[1]).toContain(expected);
  });

  it('prints a warning at the first post only, but a failure each time', () => {
    const warned = { issues: [issue('no-words', 'No words.')] };
    const failed = { status: 'failed', issues: [issue('no-link', 'No link.')] } as const;
    const keys = ['a', 'b'];
    const { err } = told([
      run(['rednote']),
      ...keys.map((key) => done('rednote', { ...warned, key })),
      ...keys.map((key) => done('rednote', { ...failed, key })),
    ]);
    expect(err.filter((line) => line.includes('No words.'))).toHaveLength(1);
    expect(err.filter((line) => line.includes('No link.'))).toHaveLength(2);
  });
});

describe('lineReport: verbosity', () => {
  const events: RunEvent[] = [
    run(['rednote']),
    done('rednote', { key: 'a', issues: [issue('container', 'Was MOV.', 'info')] }),
    done('rednote', { key: 'b', status: 'held', issues: [issue('visibility', 'Private.', 'info')] }),
    done('rednote', { key: 'c', status: 'failed', issues: [issue('no-link', 'No link.', 'error')] }),
    { type: 'warning', message: 'careful' },
    { type: 'error', message: 'no' },
    { type: 'plan', account: 'maya', key: 'a', target: 'rednote', actions: ['copy'] },
    { type: 'progress', stage: 'make', account: 'maya', key: 'a', share: 0.5, done: 1, total: 3 },
  ];
  it.each<[LineOptions['verbosity'], string[]]>([
    ['quiet', ['failed     c  rednote (copy)', '           No link.', 'warning: careful', 'port: no']],
    [
      'normal',
      [
        'export.zip: 3 posts by maya, to rednote',
        'delivered  a  rednote (copy)',
        'held       b  rednote (copy)',
        '           Private.',
        'failed     c  rednote (copy)',
        '           No link.',
        'warning: careful',
        'port: no',
      ],
    ],
    [
      'verbose',
      [
        'export.zip: 3 posts by maya, to rednote',
        'delivered  a  rednote (copy)',
        '           Was MOV.',
        'held       b  rednote (copy)',
        '           Private.',
        'failed     c  rednote (copy)',
        '           No link.',
        'warning: careful',
        'port: no',
      ],
    ],
  ])('%s', (verbosity, expected) => {
    expect(told(events, { verbosity }).err).toEqual(expected);
  });

  it('a selection of posts', () => {
    expect(told([run(['rednote'], { posts: 3, selected: 1 })]).err).toEqual([
      'export.zip: 1 of 3 posts by maya, to rednote',
    ]);
  });
});

describe('lineReport: summary', () => {
  it('calls the posts that an interrupted run did not reach by what they are, not held', () => {
    const { out } = told([
      summary({
        accounts: {
          maya: { rednote: totals({ delivered: 12, held: 48 }), reels: totals({ delivered: 15, held: 45 }) },
        },
        unreached: { maya: { rednote: 45, reels: 45 } },
        exitCode: 130,
      }),
    ]);
    expect(out).toContain('  rednote   12 delivered, 3 held, 45 not reached yet');
    expect(out).toContain('  reels     15 delivered, 45 not reached yet');
  });

  it('says how many posts got new words, each counted once', () => {
    const { out } = told([
      run(['rednote', 'reels']),
      ...['a', 'b'].flatMap((key) =>
        ['rednote', 'reels'].map((to) => done(to, { key, unchanged: true, newWords: true })),
      ),
      ...['rednote', 'reels'].map((to) => done(to, { key: 'c', unchanged: true })),
      summary(),
    ]);
    expect(out).toContain('  2 posts got new words');
    expect(told([summary()]).out.join()).not.toContain('new words');
  });

  it('adds up, on stdout', () => {
    expect(told([summary()]).out).toEqual([
      '',
      'maya',
      '  rednote   2 delivered, 1 failed',
      '  shorts    0 delivered, 3 held',
      '',
      'Your posts are in ported/maya',
      'Next: open this page, and post from it:',
      '  xdg-open ported/maya/rednote/index.html',
    ]);
  });

  it.each<[NodeJS.Platform, string, string[]]>([
    ['linux', 'ported/maya', ['Your posts are in ported/maya', '  xdg-open ported/maya/rednote/index.html']],
    ['darwin', 'ported/maya', ['Your posts are in ported/maya', '  open ported/maya/rednote/index.html']],
    ['darwin', "my out/it's", ["Your posts are in my out/it's", "  open 'my out/it'\\''s/rednote/index.html'"]],
    ['linux', '-out/旅行', ['Your posts are in -out/旅行', "  xdg-open '-out/旅行/rednote/index.html'"]],
    ['win32', 'ported\\maya', ['Your posts are in ported\\maya', '  start "" "ported\\maya\\rednote\\index.html"']],
  ])('on %s, of %s: the command that opens the page can be pasted', (system, folder, expected) => {
    const name = folder.split(/[/\\]/).at(-1) ?? '';
    const accounts = { [name]: { rednote: totals({ delivered: 1 }) } };
    const { out } = told([summary({ accounts, folders: [folder] })], { system });
    expect([out.at(-3), out.at(-1)]).toEqual(expected);
  });

  it('on Windows, a sentence that names an original has the separators of Windows', () => {
    const message = 'originals/2025-03-02_09-15-04/01.jpg is damaged (see https://a.example/originals/x), 16/9.';
    const failed = done('rednote', {
      ...{ status: 'failed', issues: [{ code: 'damaged', severity: 'error', actual: null, limit: null, message }] },
    });
    const { err } = told([failed], { system: 'win32' });
    expect(err.at(-1)).toContain(
      ' originals\\2025-03-02_09-15-04\\01.jpg is damaged (see https://a.example/originals/x), 16/9.',
    );
  });

  it('names the page of each platform with deliveries; with many accounts, their folder', () => {
    const both = { rednote: totals({ delivered: 1 }), shorts: totals({ delivered: 1 }) };
    expect(told([summary({ accounts: { maya: both } })]).out.slice(-3)).toEqual([
      'Next: open these pages, and post from them:',
      '  xdg-open ported/maya/rednote/index.html',
      '  xdg-open ported/maya/shorts/index.html',
    ]);
    const clients = ['a', 'b', 'c', 'd'];
    const accounts = Object.fromEntries(clients.map((name) => [name, both]));
    const { out } = told([summary({ accounts, folders: clients.map((name) => `ported/${name}`) })]);
    expect(out.at(-1)).toContain('Next: open the index.html of a platform there');
  });

  it.each([
    [0, '  xdg-open ported/maya/rednote/index.html'],
    [1, 'Some posts are not there'],
    [130, 'Run the same command again'],
  ])('exit code %d ends with “%s”', (exitCode, expected) => {
    expect(told([summary({ exitCode })]).out.at(-1)).toContain(expected);
  });

  describe('port fetch', () => {
    const fetched = (path: string | null, odd: object = {}) =>
      done('originals', {
        ...(path !== null && {
          original: { path, source: 'media' as const, matchedBy: 'key' as const, seconds: null },
        }),
        ...{ actions: [], ...odd },
      });
    const ends = (delivered: number) => summary({ accounts: { maya: { originals: totals({ delivered }) } } });
    const start = run(['originals'], { folder: '/x/ported/maya' });

    it('says where saved originals are', () => {
      expect(told([start, fetched('originals/a.mp4'), ends(1)]).out.slice(-2)).toEqual([
        'Your originals are in ported/maya/originals',
        'Next: port on the same exports, with --to. Nothing is fetched twice.',
      ]);
    });

    it('says that files of --media stay in place, and were not there before', () => {
      const { out, err } = told([start, fetched('/y/a.mp4'), fetched('/y/b.mp4', { key: 'b' }), ends(2)]);
      expect(err.at(-1)).toBe('delivered  b  originals (in --media)');
      expect(out.at(-2)).toBe('2 originals are used where they lie, in --media: no copy was made.');
      expect(out.join()).not.toContain('Your originals');
    });

    it('says that nothing was saved, without a next step', () => {
      const { out } = told([start, fetched(null, { status: 'failed' }), ends(0)]);
      expect(out.at(-1)).toBe('No originals were saved.');
    });

    it.each<[string, MissingOriginals, string[]]>([
      [
        'refused',
        { ...nothingMissing, refused: { videos: 1, photoPosts: 2 } },
        [
          'maya: the server would not hand out 1 video and 2 photo posts.',
          'A new export may bring them. What it does not bring is gone from TikTok: give',
          'your own copies with --media.',
        ],
      ],
      [
        'not followed',
        { ...nothingMissing, blocked: { posts: 1 } },
        [
          'maya: the links of 1 post are not https or not public: not followed.',
          'If you trust them, name their hosts with --allow-host.',
        ],
      ],
      [
        'alive, forbidden by --offline',
        { ...nothingMissing, living: { posts: 2, firstEnds: '2025-03-01', offline: true } },
        [
          'maya: 2 posts can still be fetched; the first link ends on 2025-03-01.',
          'Run port again in time, without --offline.',
        ],
      ],
      [
        'alive, not reached',
        { ...nothingMissing, blocked: { posts: 1 }, living: { posts: 2, firstEnds: null, offline: false } },
        [
          'maya: the links of 1 post are not https or not public: not followed.',
          'If you trust them, name their hosts with --allow-host.',
          'maya: 2 more posts can still be fetched.',
          'Run port again in time.',
        ],
      ],
    ])('links that are %s', (_name, missing, lines) => {
      const { out } = told([summary({ missing: { maya: missing }, accounts: {} })]);
      expect(out.slice(1, 1 + lines.length)).toEqual(lines);
      for (const line of out) expect(line.length).toBeLessThanOrEqual(80);
    });
  });

  it('prints nothing if no export was read', () => {
    expect(told([summary({ accounts: {}, folders: [] })]).out).toEqual([]);
  });
});

describe('lineReport: untrusted text', () => {
  const unsafe = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
  const hostile = fc.string({
    unit: fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      fc.constantFrom('\u001b[2J', '\n', '\u009b', '\u202e'),
    ),
  });

  it('removes control sequences everywhere', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { out, err } = told([
          run(['rednote'], { export: text, account: text, folder: text }),
          done('rednote', { account: text, key: text, issues: [issue('damaged', text)], actions: [text] }),
          { type: 'warning', message: text },
          { type: 'error', message: text },
          summary({ accounts: { [text]: { rednote: totals() } }, folders: [text] }),
        ]);
        for (const line of [...out, ...err]) expect(line).not.toMatch(unsafe);
      }),
    );
  });

  it('prints colours only if they are enabled', () => {
    const events = [run(['rednote']), done('rednote', { issues: [issue('damaged', '\u001b[31mred')] })];
    const [, line = '', why = ''] = told(events, { colours: true }).err;
    expect(line).toBe('\u001b[32mdelivered \u001b[0m 2025-03-02_09-15-04  rednote (copy)');
    expect(why).not.toContain('\u001b');
    expect(told(events).err.join('')).not.toContain('\u001b');
  });
});
