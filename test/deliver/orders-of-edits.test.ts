import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSheetNow } from '../../src/captions/open-sheet.ts';
import { checkOptions } from '../../src/config/options.ts';
import { type CellConflict, editCaptions, readCaptionsSheet } from '../../src/deliver/edit-captions.ts';
import { loadCaptions } from '../../src/pipeline/load-captions.ts';
import { openManifest } from '../../src/state/manifest.ts';
import { createArchives } from '../../src/tools/archives.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { createLocks } from '../../src/tools/locks.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { post } from '../builders.ts';

/**
 * One captions.csv, written by a studio, by two spreadsheets that were opened at any time, and by runs, in any order. No
 * word that a person typed is lost silently: it is in its cell, or kept as another text of it that was told, until
 * somebody who saw it replaces it.
 */
const keys = ['2025-03-02_09-15-04', '2025-03-03_09-15-04'] as const;
const posts = keys.map((key) => post({ key, time: Date.parse(`${key.slice(0, 10)}T09:15:04Z`) / 1000 }));
const columns = ['title', 'caption', 'fit', 'caption_es'] as const;
type Column = (typeof columns)[number];
const ofStudio = ['title', 'caption', 'fit'] as const;

interface World {
  readonly folder: string;
  /** @returns what was told */
  run(said: string): Promise<string>;
  sheet(): Promise<string[][]>;
  others(key: string, column: string): Promise<readonly string[]>;
}

const tools = { files: createFiles(), locks: createLocks(), archives: createArchives(), now: () => 2e9 };

async function openWorld(): Promise<World> {
  const root = await mkdtemp(join(tmpdir(), 'orders-'));
  const folder = join(root, 'maya');
  const words = join(root, 'words.csv');
  const cell = { text: 'hola', personal: false, of: '' };
  const none = { text: '', personal: false };
  const row = {
    caption: none,
    title: none,
    hashtags: none,
    translations: { es: { title: { ...cell, text: '' }, caption: cell } },
  };
  const languages = { es: { targets: ['shorts'], layout: 'first' } };
  const rows = Object.fromEntries(keys.map((key) => [key, row]));
  await tools.files.write(join(folder, 'captions.json'), JSON.stringify({ schemaVersion: 1, languages, rows }));
  return {
    folder,
    async run(said) {
      await writeFile(words, `key,caption\n${keys.map((key) => `${key},${said}`).join('\n')}\n`);
      const options = checkOptions({ to: 'shorts', captions: [words], offline: true });
      const named = { name: 'maya', nameless: false, folder: 'maya', paths: [], archives: [] };
      const told = {
        format: 'tiktok-json',
        generation: 'E',
        account: 'maya',
        posts,
        deleted: [],
        setAside: [],
      } as const;
      const signal = new AbortController().signal;
      const work = { account: { ...named, export: told }, folder, media: [], signal };
      const manifest = await openManifest(folder, tools.files);
      const world = { tools: tools as Partial<Tools> as Tools, tell: () => {}, signal };
      const loaded = await loadCaptions(work, posts, { selected: posts, held: [] }, manifest, options, world);
      return JSON.stringify((await loaded.all()).issues);
    },
    sheet: async () => parse(await readFile(join(folder, 'captions.csv'), 'utf8'), { bom: true }),
    async others(key, column) {
      const { past } = await readSheetNow(folder, tools.files);
      return (past.others.get(key)?.[column] ?? []).map(({ text }) => text);
    },
  };
}

const cellIn = (table: string[][], key: string, column: string) =>
  table.find((row) => row[0] === key)?.[table[0]?.indexOf(column) ?? -1] ?? '';

/** What is known of the words of a cell. */
class Words {
  /** Typed, and replaced by nobody who saw them. */
  private readonly alive = new Map<string, Set<string>>();
  /** With the number of changes in a spreadsheet when a run told of them. */
  private readonly told = new Map<string, number>();
  private readonly changes = new Map<string, number>();

  type(cell: string, seen: string, text: string, inSheet: boolean, isRequired = true): void {
    const words = this.alive.get(cell) ?? new Set();
    words.delete(seen);
    if (text !== '' && isRequired) words.add(text);
    this.alive.set(cell, words);
    if (inSheet) this.changes.set(cell, (this.changes.get(cell) ?? 0) + 1);
  }

  decide(cell: string, dropped: string): void {
    this.alive.get(cell)?.delete(dropped);
  }

  async check(world: World, report: string): Promise<void> {
    const table = await world.sheet();
    for (const [cell, words] of this.alive) {
      const [key = '', column = ''] = cell.split(' ');
      const kept = await world.others(key, column);
      for (const word of words) {
        const name = `${cell} ${word}`;
        if (cellIn(table, key, column) === word) continue;
        const isKept = kept.includes(word);
        if (isKept && !this.told.has(name)) expect(report, `${name} is told`).toContain(`${column} of ${key}`);
        if (isKept) this.told.set(name, this.told.get(name) ?? this.changes.get(cell) ?? 0);
        const wasTold = this.told.get(name);
        const isDecided = wasTold !== undefined && (this.changes.get(cell) ?? 0) >= wasTold;
        if (!isKept && !isDecided) throw new Error(`${name} is lost: the cell says “${cellIn(table, key, column)}”`);
      }
    }
  }
}

const place = fc.record({ key: fc.constantFrom(...keys), column: fc.constantFrom<Column>(...columns) });
const what = fc.constantFrom('word', 'word', 'word', 'clear', 'back');
const who = fc.constantFrom(0, 1);
const step = fc.oneof(
  fc.record({ act: fc.constant('open' as const), who }),
  fc.record({ act: fc.constant('type' as const), who, place, what }),
  fc.record({ act: fc.constant('save' as const), who }),
  fc.record({ act: fc.constant('read' as const) }),
  fc.record({
    act: fc.constant('studio' as const),
    place: fc.record({ key: fc.constantFrom(...keys), column: fc.constantFrom(...ofStudio) }),
    what,
  }),
  fc.record({ act: fc.constant('decide' as const), mine: fc.boolean() }),
  fc.record({ act: fc.constant('run' as const), said: fc.constantFrom('one', 'two') }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Unsaved {
  readonly replaced: readonly string[];
  readonly text: string;
  readonly isWord: boolean;
}

async function follow(steps: readonly Step[]): Promise<void> {
  const world = await openWorld();
  const words = new Words();
  let count = 0;
  await world.run('one');
  /** The spreadsheet that saved the sheet since the last run. */
  let saver: number | null = null;
  const look = async (said = 'one') => {
    await words.check(world, await world.run(said));
    saver = null;
  };
  const open = async () => ({
    table: await world.sheet(),
    before: new Map<string, string>(),
    unsaved: new Map<string, Unsaved>(),
  });
  const spreadsheets = [await open(), await open()];
  let page = await readCaptionsSheet(world.folder, tools.files);
  const seen = new Map<string, string>();
  let conflicts: (CellConflict & { key: string })[] = [];
  const read = async () => {
    page = await readCaptionsSheet(world.folder, tools.files);
    for (const key of keys) for (const column of ofStudio) seen.set(`${key} ${column}`, page.of(key)[column]);
    conflicts = keys.flatMap((key) => page.conflictsOf(key).map((each) => ({ ...each, key })));
  };
  await read();
  const textOf = (kind: string, now: string, back: string | undefined) =>
    kind === 'word' ? `w${++count}` : kind === 'clear' ? '' : (back ?? now);
  for (const each of [...steps, { act: 'run', said: 'one' } as const]) {
    switch (each.act) {
      case 'open':
        spreadsheets[each.who] = await open();
        break;
      case 'type': {
        const { table, before, unsaved } = spreadsheets[each.who] ?? (await open());
        const { key, column } = each.place;
        const row = table.find((cells) => cells[0] === key);
        const at = table[0]?.indexOf(column) ?? -1;
        const now = row?.[at];
        if (row === undefined || now === undefined) break;
        const name = `${key} ${column}`;
        const text = textOf(each.what, now, before.get(name));
        before.set(name, now);
        row[at] = text;
        const { replaced } = unsaved.get(name) ?? { replaced: [] };
        unsaved.set(name, { replaced: [...replaced, now], text, isWord: each.what === 'word' });
        break;
      }
      case 'save': {
        // Of a sheet that another spreadsheet overwrites before port looks at it, nobody can know.
        if (saver !== null && saver !== each.who) await look();
        saver = each.who;
        const { table, unsaved } = spreadsheets[each.who] ?? (await open());
        for (const [name, { replaced, text, isWord }] of unsaved) {
          for (const word of replaced) words.decide(name, word);
          // What a person puts back in a spreadsheet may be taken for an older copy, which is told.
          words.type(name, '', text, true, isWord);
        }
        unsaved.clear();
        await writeFile(join(world.folder, 'captions.csv'), stringify(table));
        break;
      }
      case 'read':
        await read();
        break;
      case 'studio': {
        const { key, column } = each.place;
        const name = `${key} ${column}`;
        const now = seen.get(name) ?? '';
        const wanted = textOf(each.what, now, '');
        const answer = await editCaptions(world.folder, key, [{ column, seen: now, wanted }], tools);
        words.type(name, now, wanted, false);
        conflicts = [
          ...conflicts.filter((old) => old.key !== key || old.column !== column || answer.conflicts.length === 0),
          ...answer.conflicts.map((one) => ({ ...one, key })),
        ];
        seen.set(name, answer.cells[column]);
        break;
      }
      case 'decide': {
        const [first, ...rest] = conflicts;
        if (first === undefined) break;
        conflicts = rest;
        const { key, column, theirs, ours } = first;
        const wanted = each.mine ? ours : theirs;
        const dropped = each.mine ? theirs : ours;
        const name = `${key} ${column}`;
        const answer = await editCaptions(
          world.folder,
          key,
          [{ column, seen: seen.get(name) ?? '', wanted }],
          tools,
          [ours, theirs].map((text) => ({ column, text })),
        );
        if (answer.conflicts.length === 0) {
          words.decide(name, dropped);
          words.type(name, seen.get(name) ?? '', wanted, false, false);
          seen.set(name, answer.cells[column]);
        }
        conflicts = [...conflicts, ...answer.conflicts.map((one) => ({ ...one, key }))];
        break;
      }
      case 'run':
        await look(each.said);
        break;
    }
  }
  await rm(join(world.folder, '..'), { recursive: true });
}

describe('any order of edits of captions.csv', () => {
  it('loses no word silently', async () => {
    const numRuns = Number(process.env['PORT_ORDERS'] ?? 40);
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), follow), { numRuns });
  }, 600_000);
});
