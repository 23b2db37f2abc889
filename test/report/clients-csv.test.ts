import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import type { RunEvent, Totals } from '../../src/model/event.ts';
import { clientsCsv } from '../../src/report/clients-csv.ts';

const totals = (delivered: number): Totals => ({ delivered, held: 1, rejected: 0, failed: 0 });
const run = (account: string, folder: string): RunEvent => ({
  ...{
    type: 'run',
    export: 'export.zip',
    account,
    folder: `/out/${folder}`,
    posts: 2,
    selected: 2,
    reported: 2,
    targets: ['rednote'],
  },
});
const post = (target: string, actions: string[], bytes: number, unchanged = false): RunEvent => ({
  ...{
    type: 'post',
    account: 'x',
    key: 'k',
    target,
    status: 'delivered',
    unchanged,
    actions,
    issues: [],
    folder: null,
    original: null,
  },
  bytes,
});

function table(events: readonly RunEvent[], ticks: number[] = []): Record<string, string>[] {
  let time = 0;
  const csv = clientsCsv(() => ticks[time++] ?? 0);
  for (const event of events) csv.tell(event);
  return parse(csv.text(), { columns: true, bom: true });
}

it('has a row for each account and target, in the order of the run', () => {
  const rows = table(
    [
      run('maya', 'maya'),
      post('rednote', ['copy'], 100),
      post('shorts', ['transcode'], 50),
      run('Bo', 'bo-2'),
      post('rednote', ['copy', 'copy', 'image'], 7),
      post('rednote', ['copy'], 1000, true),
      {
        ...{ type: 'summary', folders: [], missing: {}, exitCode: 0 },
        accounts: { maya: { rednote: totals(1), shorts: totals(1) }, 'bo-2': { rednote: totals(2) } },
      },
    ],
    [10, 22.5, 22.5, 30],
  );
  expect(rows).toEqual(
    [
      ...[
        {
          account: 'maya',
          target: 'rednote',
          delivered: '1',
          copies: '1',
          encodes: '0',
          bytes: '100',
          seconds: '12.5',
        },
      ],
      ...[
        { account: 'maya', target: 'shorts', delivered: '1', copies: '0', encodes: '1', bytes: '50', seconds: '12.5' },
      ],
      ...[{ account: 'Bo', target: 'rednote', delivered: '2', copies: '2', encodes: '0', bytes: '7', seconds: '7.5' }],
    ].map((row) => ({ ...row, held: '1', rejected: '0', failed: '0' })),
  );
});

it.each([
  ['a formula', '=HYPERLINK("http://x"),\n"'],
  ['one in full width', '＝cmd'],
  ['a plus in full width', '＋1'],
  ['a minus in full width', '－1'],
  ['an at sign in full width', '＠SUM(1)'],
  ['a line break before it', '\n=1'],
])('a name that looks like %s is none for a spreadsheet', (_odd, name) => {
  const rows = table([
    run(name, 'x'),
    { type: 'summary', folders: [], missing: {}, exitCode: 0, accounts: { x: { rednote: totals(1) } } },
  ]);
  expect(rows[0]?.['account']).toBe(`'${name}`);
});

it('a run without results has only a header', () => {
  expect(clientsCsv(() => 0).text()).toBe(
    '\ufeffaccount,target,delivered,held,rejected,failed,copies,encodes,bytes,seconds\n',
  );
});
