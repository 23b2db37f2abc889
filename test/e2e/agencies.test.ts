import { spawn, spawnSync } from 'node:child_process';
import { copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bin, ending, fixture, type Ran, workFolder } from './run-port.ts';

/** docs/agencies.md: what it tells people to type is typed here, with two clients and the network off. */
const page = await readFile(resolve(import.meta.dirname, '../../docs/agencies.md'), 'utf8');
const blocks = [...page.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, kind = '', text = '']) => ({ kind, text }));
const shell = blocks.filter(({ kind }) => kind === 'sh').map(({ text }) => text);
const folder = await workFolder();

function blockWith(words: string): string {
  const found = blocks.filter(({ text }) => text.includes(words));
  expect(found, words).toHaveLength(1);
  return found[0]?.text ?? '';
}

async function type(command: string): Promise<Ran> {
  const { PATH = '' } = process.env;
  const environment = { ...process.env, PATH: `${join(folder.path, 'bin')}${delimiter}${PATH}`, HOME: folder.path };
  const child = spawn('sh', ['-c', command], {
    cwd: join(folder.path, 'clients'),
    env: { ...environment, GITHUB_STEP_SUMMARY: join(folder.path, 'step.md') },
  });
  return await ending(child);
}

describe.skipIf(process.platform === 'win32')('docs/agencies.md', () => {
  beforeAll(async () => {
    const clients = join(folder.path, 'clients');
    await mkdir(join(clients, 'exports'), { recursive: true });
    await mkdir(join(folder.path, 'bin'));
    await symlink(bin, join(folder.path, 'bin/port'));
    await copyFile(fixture('export.zip'), join(clients, 'exports/maya.zip'));
    await writeFile(join(clients, 'exports/bo.zip'), 'PK and nothing more');
    await writeFile(join(clients, 'captions.csv'), 'key,caption\n2025-03-02_09-15-04,The harbour\n');
    const config: object = JSON.parse(blockWith('"accounts"'));
    // One small post, from the export itself.
    const odd = { offline: true, only: '2025-03-02_09-15-04', to: 'reels' };
    await writeFile(join(clients, 'port.config.json'), JSON.stringify({ ...config, ...odd }));
  });
  afterAll(folder.remove);

  it('one command for all', async () => {
    const { code, stderr } = await type(blockWith('port exports/*.zip\n'));
    expect(code).toBe(1);
    expect(stderr).toContain('bo.zip');
    const post = await readFile(join(folder.path, 'clients/ported/maya/reels/2025-03-02_09-15-04/caption.txt'), 'utf8');
    expect(post).toBe('The harbour\n\nNew recipes every Sunday.\n\n#slowfood\n');
    const [columns] = (await readFile(join(folder.path, 'clients/ported/summary.csv'), 'utf8')).split(/\r?\n/);
    expect(columns?.replace('\ufeff', '')).toBe(blockWith('account,target,').trim());
  });

  it.skipIf(spawnSync('jq', ['--version']).status !== 0)('what failed, by jq', async () => {
    const { code, stdout } = await type(blockWith('jq .accounts'));
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ maya: { reels: { delivered: 1, held: 7, rejected: 0, failed: 0 } } });
  });

  it('rehearsal and check', async () => {
    expect((await type(blockWith('--dry-run\n'))).code).toBe(1);
    const { code, stdout } = await type(blockWith('port check'));
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('reels') });
  });

  it('a loop, with its exit code', async () => {
    const { code, stdout } = await type(blockWith('#!/bin/sh'));
    expect(stdout).toMatch(/^bo: nothing was done: port: .*bo\.zip.*\nmaya: done\n$/);
    expect(code).toBe(2);
    const log = await readFile(join(folder.path, 'clients/logs/maya.ndjson'), 'utf8');
    expect(JSON.parse(log.trim().split('\n').at(-1) ?? '')).toMatchObject({ type: 'summary', exitCode: 0 });
  });

  it('what cron runs', async () => {
    const lines = blockWith('15 3 * * *').trim().split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines) expect((await type(line.split(/\s+/).slice(5).join(' '))).code).toBe(1);
    for (const log of ['fetch.log', 'port.log']) {
      expect(await readFile(join(folder.path, 'clients', log), 'utf8')).toContain('bo.zip');
    }
  });

  it('what GitHub runs', async () => {
    const steps = [...blockWith('runs-on:').matchAll(/run: (.*)$/gm)].map(([, command]) => command ?? '');
    const codes = [];
    for (const step of steps.filter((command) => !command.startsWith('npm'))) codes.push((await type(step)).code);
    expect(codes).toEqual([0, 1, 0]);
    expect(await readFile(join(folder.path, 'step.md'), 'utf8')).toContain('maya');
  });

  it('every block of shell is typed above', () => {
    expect(shell).toHaveLength(5);
  });
});
