import { execFile, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ending, fixture, type Ran, workFolder } from '../e2e/run-port.ts';

/** The package as `npm install` puts it into an empty folder, with no install script run, on the Node of these tests. */
const root = resolve(import.meta.dirname, '../..');
const work = await workFolder();
afterAll(work.remove);
const installed = join(work.path, 'installed');
const bin = join(installed, 'node_modules/content-port/bin/port.js');
const port = async (...args: string[]): Promise<Ran> =>
  await ending(spawn(process.execPath, [bin, ...args], { cwd: work.path, env: withoutPrograms }));
/** Only what the package brings: no program from PATH, none that the configuration of tests names. */
const { PORT_FFMPEG: _ffmpeg, PORT_FFPROBE: _ffprobe, ...rest } = process.env;
const withoutPrograms = { ...rest, PATH: '' };

beforeAll(async () => {
  await mkdir(installed);
  // `npm` of PATH is a script for `node` of PATH, which test/nodes/run.mjs made the Node of these tests.
  const npm = async (...args: string[]) => await promisify(execFile)('npm', args, { cwd: installed });
  const { stdout } = await npm('pack', root, '--json', '--ignore-scripts');
  const [packed] = JSON.parse(stdout) as { filename: string }[];
  await npm('init', '-y');
  await npm('install', `./${packed?.filename}`, '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund');
});

const { PORT_EXPECTED_NODE: expected } = process.env;

it('runs on the Node that was asked for', () => {
  expect(process.versions.node).toBe(expected ?? process.versions.node);
});

it('port doctor finds all that a run needs', async () => {
  const { code, stdout, stderr } = await port('doctor', '--json');
  const { node, programs } = JSON.parse(stdout) as { node: string; programs: { name: string; from: string }[] };
  expect(node).toBe(process.versions.node);
  expect(programs.filter(({ from }) => from === 'npm').map(({ name }) => name)).toEqual(['ffmpeg', 'ffprobe']);
  expect(code, stderr).toBe(0);
});

it('the fixture is delivered, and the second run finds all of it there', async () => {
  const args = [fixture('export.zip'), '--to', 'rednote', '--no-listing'];
  const first = await port(...args);
  expect(first.stdout, first.stderr).toMatch(/rednote {3}7 delivered, 1 held/);
  expect(first.code).toBe(0);
  const second = await port(...args);
  expect(second.stderr).not.toMatch(/\((?:copy|remux|transcode|image)/);
  expect(second.code).toBe(0);
  expect(first.stderr + second.stderr).not.toMatch(/Warning|Deprecat/);
});

it('--json prints events only, the summary last', async () => {
  const { code, stdout, stderr } = await port(fixture('export.zip'), '--to', 'rednote', '--no-listing', '--json');
  const events = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; exitCode?: number });
  expect(events.at(-1)).toMatchObject({ type: 'summary', exitCode: 0 });
  expect(events.filter(({ type }) => type === 'post')).toHaveLength(8);
  expect(code, stderr).toBe(0);
});

it.skipIf(process.platform === 'win32')('port serve shows the sheets and ends with Ctrl-C', async () => {
  const child = spawn(process.execPath, [bin, 'serve', 'ported'], { cwd: work.path, env: withoutPrograms });
  const ended = ending(child);
  let text = '';
  const address = await new Promise<string>((done, fail) => {
    const read = (chunk: Buffer) => {
      text += String(chunk);
      const [found] = /http:\/\/\S+/.exec(text) ?? [];
      if (found !== undefined) done(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('close', () => fail(new Error(text)));
  });
  const response = await fetch(address);
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('rednote');
  child.kill('SIGINT');
  expect((await ended).code).toBe(0);
});
