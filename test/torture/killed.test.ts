import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { bin } from '../e2e/run-port.ts';
import { cases, long } from './how-long.ts';
import { makeSmallMedia, type SmallExport, smallExport } from './small-export.ts';
import { contents, finalFiles, leftovers, type Seen } from './tree.ts';

let folder: string;
let media: Readonly<Record<string, Buffer>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'port-torture-'));
  media = await makeSmallMedia(join(folder, 'media'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

const dieAt = pathToFileURL(resolve(import.meta.dirname, 'die-at.mjs')).href;
const complete = 0;

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/** A run in a group of processes of its own, as a shell starts it. */
function start({ path }: SmallExport, out: string, environment: NodeJS.ProcessEnv = {}) {
  const options = [
    '--to',
    'rednote,shorts',
    '--out',
    out,
    '--jobs',
    '1',
    '--allow-host',
    '127.0.0.1',
    '--no-listing',
    '--slide-seconds',
    '1',
  ];
  const child = spawn(process.execPath, ['--import', dieAt, bin, path, ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...environment },
    detached: true,
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((done) => child.on('exit', (code, signal) => done({ code, signal, stderr })));
  /** To the program alone, or to all of its group, as Ctrl-C in a terminal does. */
  const send = (signal: NodeJS.Signals, group: boolean) => {
    try {
      process.kill(group ? -(child.pid ?? 0) : (child.pid ?? 0), signal);
    } catch {
      // Ended by itself.
    }
  };
  return { ended, send };
}

/** What a run that nothing disturbs makes, and how much there is to disturb. */
async function undisturbed(small: SmallExport) {
  const out = join(folder, 'reference');
  const count = join(folder, 'count');
  const from = performance.now();
  const { code, stderr } = await start(small, out, { PORT_COUNT_INTO: count }).ended;
  const milliseconds = performance.now() - from;
  expect(code, stderr).toBe(complete);
  await expectConsistentFolder(join(out, 'small'));
  const files = await finalFiles(out);
  await rm(out, { recursive: true });
  return { files, milliseconds, steps: Number(await readFile(count, 'utf8')) };
}

type Reference = Awaited<ReturnType<typeof undisturbed>>;
let known: Promise<Reference> | undefined;
/** The same whatever the address of the server. */
const referenceOf = async (small: SmallExport): Promise<Reference> => {
  known ??= undisturbed(small);
  return await known;
};

/** Documents that speak of the whole folder, and change with each post. */
const ofAll =
  /\/(?:manifest\.json|captions\.csv|captions\.json|posting\.csv|posting\.json|sources\.jsonl|index\.html)$/;

function expectNothingDamaged(files: ReadonlyMap<string, Seen>, { files: whole }: Reference, when: string): void {
  for (const [path, { content }] of files) {
    if (!ofAll.test(path)) expect(`${path} ${content}`, when).toBe(`${path} ${whole.get(path)?.content}`);
  }
}

/** The run that comes after: it finishes what is missing, touches nothing else, and leaves the same as if nothing was. */
async function expectGoneOn(small: SmallExport, out: string, reference: Reference, when: string): Promise<void> {
  const before = await finalFiles(out);
  expectNothingDamaged(before, reference, when);
  const asked = small.server.asked.length;
  const { code, stderr } = await start(small, out).ended;
  expect(code, `${when}: ${stderr}`).toBe(complete);
  await expectConsistentFolder(join(out, 'small'));
  const after = await finalFiles(out);
  expect(contents(after), when).toEqual(contents(reference.files));
  for (const [path, { inode, modified }] of before) {
    if (ofAll.test(path)) continue;
    const now = after.get(path);
    expect(`${path} ${inode} ${modified}`, when).toBe(`${path} ${now?.inode} ${now?.modified}`);
  }
  expect(await leftovers(out), when).toEqual([]);
  const again = small.server.asked.slice(asked).map(({ path }) => path.split('?')[0]);
  for (const [path, key] of Object.entries({ '/hevc': '2025-06-02', '/one': '2025-06-03', '/two': '2025-06-03' })) {
    const place = `small/originals/${key}_10-00-00${path === '/hevc' ? '.mp4' : path === '/one' ? '/01.jpg' : '/02.webp'}`;
    if (before.has(place)) expect(again, when).not.toContain(path);
  }
}

describe('kill -9', () => {
  it('before any change of the disk: nothing damaged has a final name, and the next run continues', async () => {
    const small = await smallExport(folder, media);
    const reference = await referenceOf(small);
    expect(reference.steps).toBeGreaterThan(100);
    const moments = cases(2, Number.POSITIVE_INFINITY);
    const stride = Math.max(1, reference.steps / moments);
    for (let at = 1 + stride / 2; at < reference.steps; at += stride) {
      const step = Math.round(at);
      const when = `killed before step ${step} of ${reference.steps}`;
      const out = join(folder, `step ${step}`);
      const { signal, code } = await start(small, out, { PORT_DIE_AT: `${step}` }).ended;
      // Downloads come in pieces of which nobody knows the number: near the end a run may have fewer steps.
      expect([signal, code], when).toContainEqual(signal === null ? complete : 'SIGKILL');
      await expectGoneOn(small, out, reference, when);
      await rm(out, { recursive: true });
    }
  });
});

describe.each<[string, NodeJS.Signals, boolean, number, number]>([
  ['kill -9', 'SIGKILL', false, 1, 100],
  ['Ctrl-C, which every process of the group hears', 'SIGINT', true, 1, 30],
  ['Ctrl-C twice', 'SIGINT', true, 2, 30],
  ['SIGTERM', 'SIGTERM', false, 1, 30],
])('%s', (name, signal, group, times, many) => {
  // In CI test/e2e/interrupt.test.ts sends it.
  it.skipIf(!long && signal === 'SIGTERM')(
    'at any moment: nothing damaged has a final name, and the next run goes on',
    async () => {
      const small = await smallExport(folder, media);
      const reference = await referenceOf(small);
      const moments = cases(1, many);
      for (let index = 0; index < moments; index++) {
        const milliseconds = (0.25 + (0.75 * (index + 0.5)) / moments) * reference.milliseconds;
        const when = `${name} after ${Math.round(milliseconds)} of ${Math.round(reference.milliseconds)} ms`;
        const out = join(folder, `${signal} ${times} ${index}`);
        const run = start(small, out);
        await wait(milliseconds);
        for (let time = 0; time < times; time++) {
          run.send(signal, group);
          await wait(30);
        }
        const ended = await run.ended;
        if (signal === 'SIGKILL') expect([ended.signal, ended.code], when).toContainEqual(ended.signal ?? complete);
        // Who ends just then no longer listens: the shell says 130 of it all the same.
        else expect([130, complete], `${when}: ${ended.stderr}`).toContain(ended.signal === signal ? 130 : ended.code);
        if (ended.code === 130 && times === 1) await expectConsistentFolder(join(out, 'small')).catch(notBegun(out));
        await expectGoneOn(small, out, reference, when);
        await rm(out, { recursive: true });
      }
    },
  );
});

/** A run that ends before it opened the folder has no books. */
function notBegun(out: string) {
  return async (error: unknown) => {
    if ((await finalFiles(out)).has('small/manifest.json')) throw error;
  };
}
