import { basename, join, resolve } from 'node:path';
import * as z from 'zod';
import type { Totals } from '../../model/event.ts';
import { manifestPath } from '../../state/manifest.ts';
import type { Files } from '../../tools/files.ts';
import type { AccountState } from './api.ts';
import { RefusedError } from './refusal.ts';

/** An account in the output folder. */
export interface Account {
  readonly account: string;
  /** Absolute. */
  readonly folder: string;
  readonly totals: Readonly<Record<string, Totals>>;
}

/** The accounts in the output folder, by the beginnings of their manifests. */
export interface Accounts {
  /** Reads the output folder again. */
  refresh(): Promise<void>;
  readonly all: () => readonly Account[];
  /** By the account's name or that of its folder. @throws RefusedError if there is none */
  folder(name: string): string;
}

const count = z.number().int().nonnegative();
const head = z.object({
  export: z.object({ account: z.string() }),
  totals: z.record(z.string(), z.object({ delivered: count, held: count, rejected: count, failed: count })),
});
const headBytes = 256 * 1024;
const maxAccounts = 2000;

export function openAccounts(out: string, files: Files): Accounts {
  const root = resolve(out);
  let known: readonly Account[] = [];
  const seen = new Map<string, { readonly state: string; readonly account: Account | null }>();
  const look = async (name: string): Promise<readonly Account[]> => {
    const folder = join(root, name);
    const facts = await files.facts(manifestPath(folder));
    if (facts === null) return [];
    const state = `${facts.bytes} ${facts.modified}`;
    const before = seen.get(name);
    if (before?.state === state) return before.account ? [before.account] : [];
    const read = headOf(await files.readStart(manifestPath(folder), headBytes));
    const account = { account: read?.export.account ?? basename(folder), folder, totals: read?.totals ?? {} };
    seen.set(name, { state, account });
    return [account];
  };
  return {
    async refresh() {
      const names = (await files.list(root)).filter(({ name, folder }) => folder && !name.startsWith('.'));
      known = (await Promise.all(names.slice(0, maxAccounts).map(async ({ name }) => look(name)))).flat();
    },
    all: () => known,
    folder(name) {
      const found =
        known.find(({ account }) => account === name) ?? known.find(({ folder }) => basename(folder) === name);
      if (found === undefined) throw new RefusedError('There is no such account here.', 404);
      return found.folder;
    },
  };
}

/** Accounts with posts of a run, and those of exports that are not there yet. */
export function accountStates(there: readonly Account[], named: readonly (string | null)[]): readonly AccountState[] {
  const names = new Set(there.map(({ account }) => account));
  const others = [...new Set(named)].filter((name) => name !== null && !names.has(name));
  return [
    ...there.map(({ account, totals }) => ({ account, totals, isThere: true })),
    ...others.map((account) => ({ account: account ?? '', totals: {}, isThere: false })),
  ];
}

/** What the manifest says before its keys and rows; null if it is laid out differently. */
function headOf(start: Uint8Array): z.infer<typeof head> | null {
  const text = new TextDecoder().decode(start);
  const end = /,\s*(?:"keys"\s*:\s*\{|"posts"\s*:\s*\[)/.exec(text)?.index;
  if (end === undefined) return null;
  try {
    return head.safeParse(JSON.parse(`${text.slice(0, end)}}`)).data ?? null;
  } catch {
    return null;
  }
}
