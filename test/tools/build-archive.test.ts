import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ArchiveError, checkTar } from '../../src/tools/ffmpeg-archive.ts';
import { temporaryFolder } from './folder.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.skipIf(process.platform === 'win32')('an archive of a build where tar', () => {
  const check = async (script: string | null, mode = 0o755): Promise<unknown> => {
    const folder = temporaryFolder();
    if (script !== null) writeFileSync(join(folder, 'tar'), `#!/bin/sh\n${script}\n`, { mode });
    vi.stubEnv('PATH', folder);
    return await checkTar(join(folder, 'draft')).catch((error: unknown) => error);
  };

  it.each<[string, string | null, string]>([
    ['is missing', null, 'is a .tar.xz, and there is no tar here: install tar and xz-utils'],
    [
      'finds no xz',
      'echo "tar (child): xz: Cannot exec: No such file" >&2; exit 2',
      'is a .tar.xz, and tar needs the program xz for it: install xz-utils (or xz)',
    ],
    ['fails', 'echo "tar: no" >&2; exit 2', 'cannot be read (tar: tar: no)'],
    ['prints without an end', 'while :; do echo more; done', 'holds more than a build of ffmpeg can'],
  ])('%s: the reason', async (_odd, script, message) => {
    const error = await check(script);
    expect(error).toBeInstanceOf(ArchiveError);
    expect(error).toMatchObject({ message });
  });

  it('works: no reason', async () => {
    expect(await check(':')).toBeUndefined();
  });

  it('may not be started: the error of the system', async () => {
    const error = await check(':', 0o644);
    expect(error).not.toBeInstanceOf(ArchiveError);
    expect(error).toMatchObject({ code: 'EACCES' });
  });
});
