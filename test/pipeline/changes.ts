import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyOf } from './account-run.ts';

/** Something that a person does in the folder of an account between two runs. */
export type Change = (account: string) => Promise<unknown>;

/** A copy of an output folder in which the account `maya` was changed. @returns for `out` of the next run */
export async function changed(out: string, ...changes: readonly Change[]): Promise<string> {
  const copy = await copyOf(out);
  for (const change of changes) await change(join(copy, 'maya'));
  return copy;
}

/** Posts that are out on RedNote. */
export function posted(...keys: readonly string[]): Change {
  const lines = keys.map((key) => `${key},rednote,2026-11-01 12:00`);
  return async (account) => writeFile(join(account, 'posting.csv'), ['key,target,posted', ...lines, ''].join('\n'));
}

/** captions.csv with one row. @param columns those after `key` and `caption` */
export function sheet(columns: string, row: string): Change {
  return async (account) => writeFile(join(account, 'captions.csv'), `key,caption,${columns}\n${row}\n`);
}

/** @param path inside the account's folder */
export function without(path: string): Change {
  return async (account) => rm(join(account, path), { recursive: true });
}

/** @param path inside the account's folder */
export function withFile(path: string, text: string): Change {
  return async (account) => writeFile(join(account, path), text);
}

/** What became of a post on a platform, with the codes of its issues: `rednote: held visibility`. */
export function ended(target: string, outcome: string, issues: readonly { readonly code: string }[]): string {
  return [`${target}: ${outcome}`, ...issues.map(({ code }) => code)].join(' ');
}
