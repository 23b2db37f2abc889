import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixture, runPort, workFolder } from './run-port.ts';

const folder = await workFolder();
const zip = fixture('export.zip');

beforeAll(async () => {
  await writeFile(join(folder.path, 'text.zip'), 'This is no ZIP.');
  await writeFile(join(folder.path, 'other.json'), JSON.stringify({ hello: 'world' }));
  await writeFile(
    join(folder.path, 'likes.json'),
    JSON.stringify({ 'Your Activity': { 'Watch History': { VideoList: [] } } }),
  );
  await writeFile(join(folder.path, 'file'), '');
  await mkdir(join(folder.path, 'empty'));
});
afterAll(folder.remove);

describe('bad input: one sentence, exit 2, nothing written', () => {
  it.each<[string, string[], RegExp]>([
    ['no export named', ['--to', 'rednote'], /No export was named.*See port --help\.$/],
    ['nothing there', ['nowhere.zip', '--to', 'rednote'], /nowhere\.zip/],
    ['not a ZIP', ['text.zip', '--to', 'rednote'], /text\.zip/],
    ['a JSON of something else', ['other.json', '--to', 'rednote'], /TikTok/],
    ['an export without posts', ['likes.json', '--to', 'rednote'], /Posts/],
    ['an empty folder', ['empty', '--to', 'rednote'], /TikTok/],
    ['no platform', [zip], /--to is missing/],
    ['a mistyped command', ['inspekt', zip], /no command "inspekt"\. Did you mean “port inspect”\?/],
    ['a mistyped command behind an export', [zip, 'docter'], /no command "docter"\. Did you mean “port doctor”\?/],
    [
      'a word that is neither command nor file',
      ['frobnicate', '--to', 'rednote'],
      /neither a command of port nor a file/,
    ],
    ['a mistyped platform', [zip, '--to', 'rednot'], /no platform “rednot”\. Did you mean “rednote”\?/],
    ['a shortened name of a platform', [zip, '--to', 'insta'], /Did you mean “instagram”\?/],
    ['a mistyped option', [zip, '--to', 'rednote', '--loudnes', '-14'], /'--loudnes'\. Did you mean --loudness\?/],
    ['a mistyped value', [zip, '--to', 'rednote', '--fit', 'blurr'], /--fit takes .*Did you mean “blur”\?/],
    ['a long option with one dash', [zip, '-to', 'rednote'], /'-to'\. Did you mean --to\?/],
    ['an option of another command', ['inspect', zip, '--to', 'rednote'], /^port: port inspect has no option '--to'\./],
    ['a mistyped audience', [zip, '--to', 'rednote', '--include', 'privat'], /not “privat”\. Did you mean “private”\?/],
    ['help for a mistyped command', ['help', 'inspekt'], /no command "inspekt"\. Did you mean “port inspect”\?/],
    ['a mistyped help', ['hlep'], /Did you mean “port help”\?/],
    ['a version without dashes', ['version'], /Did you mean “port --version”\?/],
    ['a mistyped subcommand', ['queue', 'statu'], /takes status, retry or drop, not "statu"\. Did you mean “status”\?/],
    ['no subcommand', ['queue'], /^port: port queue takes status, retry or drop\. See/],
    ['a mistyped shell', ['completion', 'bahs'], /takes bash, zsh or fish, not "bahs"\. Did you mean “bash”\?/],
    ['an unknown platform', [zip, '--to', 'myspace'], /“myspace”.*rednote, lemon8, shorts, reels, .* or all/],
    ['an unknown option', [zip, '--to', 'rednote', '--frobnicate'], /--frobnicate/],
    ['a day that is none', [zip, '--to', 'rednote', '--since', '2025-02-30'], /--since/],
    ['a number that is none', [zip, '--to', 'rednote', '--limit', 'many'], /--limit/],
    ['a shape that is none', [zip, '--to', 'rednote', '--fit', 'squash'], /--fit/],
    ['a folder that cannot be written', [zip, '--to', 'rednote', '--out', 'file/ported'], /--out/],
    ['a program that is none', [zip, '--to', 'rednote'], /PORT_FFMPEG/],
  ])('%s', async (name, args, sentence) => {
    const before = await readdir(folder.path);
    const environment = name === 'a program that is none' ? { PORT_FFMPEG: join(folder.path, 'text.zip') } : {};
    const { code, stdout, stderr } = await runPort(args, folder.path, environment);
    expect(stderr.trim()).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/^port: /);
    expect(stdout).toBe('');
    expect(code).toBe(2);
    expect(await readdir(folder.path)).toEqual(before);
  });

  it.skipIf(process.platform === 'win32')('a wrong flag is reported before any program is asked', async () => {
    const ffmpeg = join(folder.path, 'file-of-an-ffmpeg');
    await writeFile(ffmpeg, '#!/bin/sh\ntouch "$0.asked"\n', { mode: 0o755 });
    const environment = { PORT_FFMPEG: ffmpeg };
    const { code } = await runPort([zip, '--to', 'myspace'], folder.path, environment);
    expect(code).toBe(2);
    expect(await readdir(folder.path)).not.toContain('file-of-an-ffmpeg.asked');
    await runPort([zip, '--to', 'rednote'], folder.path, environment);
    expect(await readdir(folder.path)).toContain('file-of-an-ffmpeg.asked');
  });

  it('with --json the last line is the summary all the same', async () => {
    const { code, stdout } = await runPort(['nowhere.zip', '--to', 'rednote', '--json'], folder.path);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.at(-1)).toMatchObject({ type: 'summary', exitCode: 2 });
    expect(code).toBe(2);
  });
});

describe('what is not the main job', () => {
  it.each([
    ['--help', /Usage: port <export\.\.\.> --to <targets>/],
    ['--version', /^\d+\.\d+\.\d+$/m],
  ])('%s goes to stdout, exit 0', async (flag, expected) => {
    const { code, stdout, stderr } = await runPort([flag], folder.path);
    expect(stdout).toMatch(expected);
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('inspect says what is in an export and does not ask for --to', async () => {
    const { code, stdout } = await runPort(['inspect', zip, '--json'], folder.path);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      generation: 'E',
      account: 'maya',
      counts: { posts: 8 },
    });
  });

  it('doctor names the programs that a run would use', async () => {
    const { code, stdout } = await runPort(['doctor', '--json'], folder.path);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, programs: [{ name: 'ffmpeg' }, { name: 'ffprobe' }] });
  });
});
