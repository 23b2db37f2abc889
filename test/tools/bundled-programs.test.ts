import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ToolMissingError } from '../../src/errors.ts';
import { findBundled, findProgram } from '../../src/tools/programs.ts';
import { temporaryFolder } from './folder.ts';

/** What npm's package says where its program is: npm installs some of them without their run bit. */
const installed = createRequire(import.meta.url)('@ffprobe-installer/ffprobe') as { path: string };
const { path: real } = installed;
let folder: string;
let bin: string;
beforeEach(() => {
  folder = temporaryFolder();
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
  bin = join(folder, 'cache', 'content-port', 'bin');
});
afterEach(() => {
  installed.path = real;
  vi.unstubAllEnvs();
});

const answer =
  "#!/bin/sh\necho 'ffprobe version 4.1 Copyright (c) 2018'; echo 'libavcodec     58. 35.100 / 58. 35.100'\n";
/** Puts a program in the place of npm's. */
function install(text: string, mode = 0o644): string {
  installed.path = join(folder, 'ffprobe');
  writeFileSync(installed.path, text, { mode });
  return installed.path;
}
const find = async () => findProgram('ffprobe', { PATH: '', XDG_CACHE_HOME: join(folder, 'cache') });

describe.skipIf(process.platform !== 'linux')("npm's program", () => {
  it('that can be run is used where it is', async () => {
    const path = install(answer, 0o755);
    expect(await find()).toMatchObject({ path, from: 'npm', version: '4.1', libavcodec: [58, 35] });
    expect(readdirSync(folder)).toEqual(['ffprobe']);
  });

  it('without its run bit is copied to the cache, once', async () => {
    install(answer);
    const copy = join(bin, `${answer.length}-ffprobe`);
    expect(await find()).toMatchObject({ path: copy, from: 'npm' });
    const made = statSync(copy);
    expect([made.mode & 0o777, readFileSync(copy, 'utf8'), readdirSync(bin)]).toEqual([
      ...[0o755, answer, [`${answer.length}-ffprobe`]],
    ]);
    expect(await find()).toMatchObject({ path: copy });
    expect(statSync(copy).ino).toBe(made.ino);
  });

  it('is copied again over a copy that was cut short', async () => {
    install(answer);
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, `${answer.length}-ffprobe`), answer.slice(0, 20), { mode: 0o755 });
    expect(await find()).toMatchObject({ path: join(bin, `${answer.length}-ffprobe`), version: '4.1' });
  });

  it('that cannot be copied: why it cannot be run', async () => {
    install(answer);
    writeFileSync(join(folder, 'cache'), '');
    await expect(find()).rejects.toThrow(ToolMissingError);
    await expect(find()).rejects.toThrow(
      /^No ffprobe can be run here \(the one of npm: .*\)\. Install ffmpeg 4\.3 or newer/,
    );
  });

  it('that is another one, as a copy too', async () => {
    install("#!/bin/sh\necho 'curl 8.0'\n");
    await expect(find()).rejects.toThrow('(the one of npm: it does not answer like ffprobe)');
  });

  it('that is not there is none', async () => {
    installed.path = join(folder, 'none');
    expect(await findBundled('ffprobe')).toBeNull();
    mkdirSync(join(folder, 'none'));
    expect(await findBundled('ffprobe')).toBeNull();
    await expect(find()).rejects.toThrow(
      'No ffprobe can be run here. Install ffmpeg 4.3 or newer (https://ffmpeg.org/download.html), or set PORT_FFPROBE to one.',
    );
  });

  it('nor any other: each that was found and why it is of no use, but no folder without one', async () => {
    installed.path = join(folder, 'none');
    const path = join(temporaryFolder(), 'ffprobe');
    writeFileSync(path, '#!/bin/sh\necho no >&2; exit 1\n', { mode: 0o755 });
    const cached = join(bin, 'ffmpeg', 'ffprobe');
    mkdirSync(dirname(cached), { recursive: true });
    writeFileSync(cached, '#!/bin/sh\necho curl\n', { mode: 0o755 });
    const PATH = ['/nowhere', dirname(path)].join(delimiter);
    await expect(findProgram('ffprobe', { PATH, XDG_CACHE_HOME: join(folder, 'cache') })).rejects.toThrow(
      `No ffprobe can be run here (${path}: no; ${cached}: it does not answer like ffprobe). Install`,
    );
  });
});
