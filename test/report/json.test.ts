import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/model/event.ts';
import { jsonReport } from '../../src/report/json.ts';

function told(events: readonly RunEvent[]): string[] {
  const lines: string[] = [];
  const report = jsonReport(
    (line) => lines.push(line),
    () => {},
  );
  for (const event of events) report.tell(event);
  return lines;
}

const events: RunEvent[] = [
  {
    type: 'run',
    export: 'export.zip',
    account: 'maya',
    folder: 'ported/maya',
    posts: 2,
    selected: 1,
    reported: 1,
    targets: ['rednote'],
  },
  { type: 'plan', account: 'maya', key: 'k', target: 'rednote', actions: ['copy', 'image'] },
  { type: 'progress', stage: 'make', account: 'maya', key: 'k', share: 0.5, done: 0, total: 1 },
  { type: 'warning', message: 'two\nlines' },
  { type: 'error', message: 'no' },
  { type: 'summary', accounts: {}, missing: {}, folders: [], exitCode: 1 },
];

describe('jsonReport', () => {
  it('prints one event per line, unchanged', () => {
    const lines = told(events);
    expect(lines.map((line) => JSON.parse(line))).toEqual(events);
    for (const line of lines) expect(line).not.toMatch(/[\n\r]/);
  });

  it('says warnings and errors on stderr as well, for the log that a person reads', () => {
    const said: string[] = [];
    const report = jsonReport(
      () => {},
      (line) => said.push(line),
    );
    for (const event of events) report.tell(event);
    expect(said).toEqual(['warning: two�lines', 'port: no']);
  });

  it.each([
    ['a control of C1, which some terminals obey', 'a\u009b31mb'],
    ['a mark that turns the direction', 'a\u202eb'],
    ['a space of no width', 'pay\u200bpal'],
    ['a joiner', '👩\u200d💻'],
    ['a tag of an invisible text', 'a\u{e0041}b'],
    ['a mark of bytes', '\ufeffa'],
  ])('escapes %s, and parses back to the original', (_odd, message) => {
    const [line = ''] = told([{ type: 'warning', message }]);
    expect(line).not.toMatch(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\ufeff\u{e0000}-\u{e007f}]/u);
    expect(JSON.parse(line)).toEqual({ type: 'warning', message });
  });

  it('any message stays on one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (message) => {
        const [line = ''] = told([{ type: 'warning', message }]);
        expect(line.split(/\r\n|\r|\n/)).toHaveLength(1);
        expect(JSON.parse(line)).toEqual({ type: 'warning', message });
      }),
    );
  });
});
