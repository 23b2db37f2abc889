import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Bundle, makeBundle } from '../../packaging/bundle.ts';
import { filesBelow, sumsOf } from '../../packaging/sums.ts';
import { nodeVersions, systems } from '../../packaging/systems.ts';
import { ending, fixture, until, workFolder } from '../e2e/run-port.ts';

/** The bundle of this system, made from npm's packages and used as on a machine that has no Node. */
const root = resolve(import.meta.dirname, '../..');
const work = await workFolder();
afterAll(work.remove);
const here = systems.find(({ name }) => name === `${process.platform}-${process.arch}`);
const bundle = await makeHere();
if (typeof bundle === 'string') {
  console.warn(
    `\n*** NOT TESTED: the bundle for this system: ${bundle}\n*** Whether it runs without Node is unknown. ***\n`,
  );
}

async function makeHere(): Promise<Bundle | string> {
  if (here === undefined || here.os === 'win32') return `none is made on ${process.platform}-${process.arch}`;
  const out = join(work.path, 'made here');
  mkdirSync(out);
  const source = { nodeVersion: nodeVersions.npm, nodeSource: 'npm' } as const;
  try {
    return await makeBundle(here, { root, out, ...source, release: false, zip: false });
  } catch (error) {
    // Anything else is a fault of ours.
    const text = error instanceof Error ? error.message : String(error);
    if (
      /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|E404|ETARGET|E50\d)\b/.test(
        text,
      )
    )
      return text.slice(0, 200);
    throw error;
  }
}

describe.skipIf(typeof bundle === 'string')('the bundle for this system', () => {
  const { folder } = bundle as Bundle;
  const path = (...names: string[]) => join(folder ?? '', ...names);

  it('is whole by its own SHA256SUMS', async () => {
    const files = (await filesBelow(folder)).filter((file) => file !== 'SHA256SUMS');
    expect(readFileSync(path('SHA256SUMS'), 'utf8')).toBe(await sumsOf(folder, files));
  });

  it('holds the licence of each library, of Node and of ffmpeg, with the source that belongs to the build', () => {
    const index = readFileSync(path('LICENSES/INDEX.txt'), 'utf8');
    const named = [...index.matchAll(/^ {4}text: (.+)$/gm)].map(([, file]) => file ?? '');
    expect(named.length).toBeGreaterThan(50);
    for (const file of named) expect(existsSync(path('LICENSES', file)), file).toBe(true);
    for (const name of ['zod', 'sharp', '@img/sharp-libvips', 'bullmq', '@ffmpeg-installer/'])
      expect(index).toContain(`\n${name}`);
    expect(readFileSync(path('LICENSES/node.txt'), 'utf8')).toMatch(/Node\.js is licensed for use as follows/);
    const page = readFileSync(path('LICENSES/FFMPEG.txt'), 'utf8');
    expect(page.match(/source: https:\/\/github\.com\/FFmpeg\/FFmpeg\/tree\/\w+/g)).toHaveLength(2);
    expect(page).not.toContain('nonfree');
  });

  it('says nothing of the machine or the registry that it came from', () => {
    expect(existsSync(path('app/node_modules/.package-lock.json'))).toBe(false);
    expect(existsSync(path('app/package-lock.json'))).toBe(false);
    for (const name of readdirSync(path('app'))) expect(['src', 'test', 'fixtures', '.git']).not.toContain(name);
    expect(readFileSync(path('START-HERE.txt'), 'utf8')).toContain('./port TikTok_Data');
  });

  it('ffmpeg, ffprobe, Node and the launchers have their run bits, and nothing but bin/port.js besides', async () => {
    const files = (await filesBelow(folder)).filter((file) => (statSync(path(file)).mode & 0o111) !== 0);
    const modules = `app/node_modules/@`;
    const openers = here?.os === 'darwin' ? ['.command'] : ['.desktop', '.sh'];
    expect(files).toEqual([
      ...openers.map((ending) => `Open content-port${ending}`),
      'app/bin/port.js',
      `${modules}ffmpeg-installer/${here?.name}/ffmpeg`,
      `${modules}ffprobe-installer/${here?.name}/ffprobe`,
      'node',
      'port',
    ]);
  });

  it('opens the studio by what a person double-clicks, with no Node on PATH, and ends with the terminal window', async () => {
    const opener = here?.os === 'darwin' ? 'Open content-port.command' : 'Open content-port.sh';
    const bin = join(work.path, 'no browser');
    mkdirSync(bin);
    writeFileSync(join(bin, 'xdg-open'), '#!/bin/sh\n', { mode: 0o755 });
    const env = { HOME: work.path, CONTENT_PORT_WINDOW: '1', PATH: `${bin}:/usr/bin:/bin` };
    const child = spawn(path(opener), ['--no-open'], { cwd: '/', env, detached: true });
    const ended = ending(child);
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    await until(() => out.includes('Studio: '));
    const address = /Studio: (\S+)/.exec(out)?.[1] ?? '';
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(303);
    // As a terminal does: to the shell and the program.
    process.kill(-(child.pid ?? 0), 'SIGHUP');
    expect((await ended).stderr).toContain('The studio has ended.');
  });

  it('ports the fixture with no Node on PATH, from a folder with spaces, through a link; the second run does nothing', async () => {
    const cwd = join(work.path, 'my videos');
    mkdirSync(cwd);
    copyFileSync(fixture('export.zip'), join(cwd, 'my export.zip'));
    symlinkSync(path('port'), join(cwd, 'link'));
    const run = async (...args: string[]) =>
      await ending(
        spawn(join(cwd, 'link'), args, { cwd, env: { HOME: work.path, PORT_YTDLP: process.env['PORT_YTDLP'] } }),
      );
    const first = await run('my export.zip', '--to', 'rednote', '--no-listing');
    expect(first.stdout, first.stderr).toMatch(/rednote {3}7 delivered, 1 held/);
    expect(first.code).toBe(0);
    const second = await run('my export.zip', '--to', 'rednote', '--no-listing');
    expect(second.stderr).not.toMatch(/\((?:copy|remux|transcode|image)/);
    expect(second.code).toBe(0);
    const doctor = await run('doctor', '--json');
    expect(JSON.parse(doctor.stdout)).toMatchObject({ node: expect.stringContaining(nodeVersions.npm) });
  });
});
