import { basename } from 'node:path';
import type { Settings } from '../config/config-file.ts';
import { quoted } from '../errors.ts';
import type { RunEvent } from '../model/event.ts';
import { nearest } from '../text/nearest.ts';

const maxShown = 3;

/** Warns of accounts in the config file that no export of the run has: their options, perhaps mistyped, did nothing. */
export function warnOfUnknownAccounts(
  accounts: readonly { readonly name: string }[],
  named: Settings<unknown>['named'],
  tell: (event: RunEvent) => void,
): void {
  if (named === null) return;
  const names = accounts.map(({ name }) => name);
  const known = new Set(names.map((name) => name.toLowerCase()));
  const unknown = named.accounts
    .filter((name) => !known.has(name))
    .map((name) => ({ name, meant: nearest(name, names) }))
    .sort((one, other) => Number(other.meant !== null) - Number(one.meant !== null));
  if (unknown.length === 0) return;
  const shown = unknown.slice(0, maxShown).map(({ name, meant }) => {
    return meant === null ? quoted(name) : `${quoted(name)} (did you mean ${quoted(meant)}?)`;
  });
  const more = unknown.length - shown.length;
  const list = [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  const message = `${basename(named.path)} has options for accounts that no export of this run has: ${list}.`;
  tell({ type: 'warning', message });
}
