import { expect, it } from 'vitest';
import { combineSettings, readConfig } from '../../src/config/config-file.ts';
import { checkOptions } from '../../src/config/options.ts';
import type { RunEvent } from '../../src/model/event.ts';
import { warnOfUnknownAccounts } from '../../src/pipeline/unknown-accounts.ts';

/** The warnings about a config with options for these accounts, in a run of exports of other accounts. */
function warnings(configured: readonly string[] | null, exported: readonly string[]): string[] {
  const accounts = Object.fromEntries((configured ?? []).map((name) => [name, { limit: 3 }]));
  const config = configured && readConfig(JSON.stringify({ accounts }), '/clients/port.config.json', true);
  const told: RunEvent[] = [];
  warnOfUnknownAccounts(
    exported.map((name) => ({ name })),
    combineSettings({ to: 'rednote' }, config, checkOptions).named,
    (event) => told.push(event),
  );
  return told.map((event) => (event.type === 'warning' ? event.message : event.type));
}

const start = 'port.config.json has options for accounts that no export of this run has: ';

it.each<[string, string[] | null, string[], string[]]>([
  ['no config file', null, ['maya'], []],
  ['a config file without accounts', [], ['maya'], []],
  ['an account that has an export', ['maya'], ['maya', 'tom'], []],
  ['an account in other letter case', ['MAYA'], ['Maya'], []],
  ['a mistyped account', ['mayaa', 'tom'], ['maya', 'tom'], ['"mayaa" (did you mean "maya"?).']],
  ['the suggestion in the spelling of the export', ['mayaa'], ['Maya'], ['"mayaa" (did you mean "Maya"?).']],
  ['an account like no other', ['bakery'], ['maya'], ['"bakery".']],
  ['a mistyped account after others', ['bakery', 'mayaa'], ['maya'], ['"mayaa" (did you mean "maya"?), "bakery".']],
  ['three accounts', ['one', 'two', 'six'], ['bakery'], ['"one", "two", "six".']],
  ['more than three accounts', ['one', 'two', 'six', 'ten', 'ace'], ['bakery'], ['"one", "two", "six", 2 more.']],
])('%s', (_name, configured, exported, expected) => {
  expect(warnings(configured, exported)).toEqual(expected.map((list) => `${start}${list}`));
});
