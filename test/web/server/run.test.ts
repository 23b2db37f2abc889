import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { bin, ending, fixture, runPort, until } from '../../e2e/run-port.ts';
import { temporaryFolder } from '../../media.ts';
import { rowOf, tools } from './served-folder.ts';

it('posts that are ticked while a run of port holds the folder are out, for the run too', async () => {
  const work = await temporaryFolder();
  const options = [fixture('export.zip'), '--offline', '--no-listing'];
  expect((await runPort([...options, '--to', 'rednote'], work)).code).toBe(0);
  const folder = join(work, 'ported/maya');
  const serving = spawn(process.execPath, [bin, 'serve'], { cwd: work });
  onTestFinished(() => void serving.kill('SIGKILL'));
  const [text] = (await once(serving.stdout.setEncoding('utf8'), 'data')) as [string];
  expect(text.split('\n').every((line) => line.length <= 80)).toBe(true);
  const url = /http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\//.exec(text)?.[0] ?? '';
  const tick = async (key: string) => {
    const headers = { 'content-type': 'application/json', origin: new URL(url).origin };
    const body = JSON.stringify({ key, posted: true });
    return (await fetch(`${url}maya/rednote/posting`, { method: 'POST', headers, body })).status;
  };
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as {
    posts: { key: string; status: string }[];
  };
  const keys = manifest.posts.filter(({ status }) => status === 'delivered').map(({ key }) => key);
  // Another fit, so that the run changes packages.
  const child = spawn(process.execPath, [bin, ...options, '--to', 'rednote,lemon8', '--fit', 'pad'], { cwd: work });
  const ended = ending(child);
  await until(async () => (await tools.files.facts(join(folder, '.port/lock'))) !== null);
  for (const key of keys.slice(0, 3)) expect(await tick(key)).toBe(200);
  expect(child.exitCode).toBe(null);
  expect((await ended).code).toBe(0);
  for (const key of keys.slice(0, 3)) expect((await rowOf(folder, key))?.posted).not.toBe('');
  for (const key of keys.slice(3)) expect((await rowOf(folder, key))?.posted).toBe('');
  serving.kill('SIGINT');
  expect(await once(serving, 'close')).toEqual([0, null]);
  const page = await readFile(join(folder, 'rednote/index.html'), 'utf8');
  for (const key of keys) {
    const isOut = keys.indexOf(key) < 3 ? 'yes' : 'no';
    expect(page).toMatch(new RegExp(`data-id="${key}"[^>]*data-out="${isOut}"`));
  }
  const sheet = await readFile(join(folder, 'posting.csv'), 'utf8');
  expect(sheet.match(/,lemon8,/g)?.length).toBeGreaterThan(3);
});
