import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IssueCode, RunEvent } from '../../src/model.ts';
import { type LineOptions, lineReport } from '../../src/report/lines.ts';
import { message } from '../../src/report/messages.ts';

function told(events: readonly RunEvent[], options: Partial<LineOptions> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const report = lineReport({
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    colours: false,
    verbosity: 'normal',
    ...options,
  });
  for (const event of events) report.tell(event);
  return { out, err };
}

const start: RunEvent = {
  type: 'run',
  export: 'export.zip',
  account: 'maya',
  folder: '/x',
  posts: 2,
  selected: 2,
  targets: ['rednote', 'reels'],
};
const issue = (code: IssueCode, severity: 'error' | 'warning' | 'info' = 'warning') => ({
  code,
  severity,
  actual: null,
  limit: null,
  message: `says ${code}`,
});
const event = (odd: Partial<RunEvent & { type: 'post' }>): RunEvent => ({
  type: 'post',
  account: 'maya',
  key: 'k',
  target: 'rednote',
  status: 'delivered',
  unchanged: false,
  actions: ['copy'],
  issues: [],
  folder: null,
  ...odd,
});

describe('lineReport', () => {
  it('tells of a post once for all platforms where it went the same way', () => {
    const { err } = told([start, event({}), event({ target: 'reels' })]);
    expect(err).toEqual(['export.zip: 2 posts by maya, to rednote, reels', 'delivered  k  rednote, reels (copy)']);
  });

  it('and in several lines where it did not', () => {
    const failed = event({ target: 'reels', status: 'rejected', actions: [], issues: [issue('duration', 'error')] });
    const { err } = told([start, event({}), failed]);
    expect(err.slice(1)).toEqual(['delivered  k  rednote (copy)', 'rejected   k  reels', '           says duration']);
  });

  it('says a warning once, and a reason for a failure every time', () => {
    const posts = ['a', 'b'].flatMap((key) =>
      ['rednote', 'reels'].map((target) => event({ key, target, issues: [issue('no-words')] })),
    );
    expect(told([start, ...posts]).err.filter((line) => line.includes('no-words'))).toHaveLength(1);
    const failures = ['a', 'b'].flatMap((key) =>
      ['rednote', 'reels'].map((target) =>
        event({ key, target, status: 'failed', issues: [issue('no-link', 'error')] }),
      ),
    );
    expect(told([start, ...failures]).err.filter((line) => line.includes('no-link'))).toHaveLength(2);
  });

  it('quiet: only trouble', () => {
    const { err } = told([start, event({}), event({ target: 'reels', status: 'failed' })], { verbosity: 'quiet' });
    expect(err).toEqual(['failed     k  reels (copy)']);
  });

  it('the summary goes to stdout and names the folder', () => {
    const totals = { rednote: { delivered: 2, held: 1, rejected: 0, failed: 0 } };
    const { out } = told([{ type: 'summary', accounts: { maya: totals }, folders: ['ported/maya'], exitCode: 0 }]);
    expect(out).toEqual(['', 'maya', '  rednote   2 delivered, 1 held', '', 'Your posts are in ported/maya']);
  });

  it('nothing from an export reaches the terminal as a control sequence', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('\u001b', '[', '2', 'J', '\n', '\r', '\u0007', '\u009b', '\u202e', 'a'),
    });
    fc.assert(
      fc.property(hostile, (text) => {
        const named = { ...start, account: text, export: text } as RunEvent;
        const why = [{ ...issue('damaged', 'error'), message: text }];
        const posts = ['rednote', 'reels'].map((target) => event({ target, status: 'failed', issues: why }));
        const end: RunEvent = { type: 'summary', accounts: { [text]: {} }, folders: [text], exitCode: 1 };
        const { out, err } = told([
          named,
          ...posts,
          { type: 'warning', message: text },
          { type: 'error', message: text },
          end,
        ]);
        for (const line of [...out, ...err])
          expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
});

describe('message', () => {
  it.each<[IssueCode, string | number | null, string | number | null, RegExp]>([
    ['duration', 185, 180, /185 s.*180 s/],
    ['bytes', 400_000_000, 300_000_000, /400 MB.*300 MB/],
    ['visibility', 'private', null, /--include private/],
    ['link-expired', '2025-12-11', null, /2025-12-11.*new export/],
    ['video-codec', 'hevc', 'h264', /hevc.*h264/],
  ])('%s', (code, actual, limit, expected) => {
    expect(message({ code, severity: 'error', actual, limit })).toMatch(expected);
  });
});
