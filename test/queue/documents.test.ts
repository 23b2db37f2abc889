import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assertCompatible } from '../../src/queue/assert-compatible.ts';
import { readRedisAddress } from '../../src/queue/bullmq/redis-address.ts';
import { postJob } from '../../src/queue/documents.ts';
import { openSharedFolder } from '../../src/queue/shared-folder.ts';
import { createFiles } from '../../src/tools/disk-files.ts';

const job = {
  ...{ schemaVersion: 1, out: 'ported', outId: '0123456789abcdef', folder: 'maya' },
  ...{ run: 'fedcba9876543210', key: '2025-03-02_09-15-04' },
};

it.each([
  ['a post', {}, true],
  ['a number behind its second', { key: '2025-03-02_09-15-04-2' }, true],
  ['the shared folder itself as output', { out: '.' }, true],
  ['a way up', { out: '../etc' }, false],
  ['a way up in the middle', { out: 'a/../../etc' }, false],
  ['an absolute path', { out: '/etc' }, false],
  ['a drive', { out: 'C:/x' }, false],
  ['the other slash', { out: 'a\\..\\b' }, false],
  ['a NUL', { out: 'a\0b' }, false],
  ['a folder that is a path', { folder: 'maya/x' }, false],
  ['a folder that is the one above', { folder: '..' }, false],
  ['a key that is a path', { key: '../../x' }, false],
  ['a key with a line break', { key: '2025-03-02_09-15-04\n' }, false],
  ['another version', { schemaVersion: 2 }, false],
])('a job out of Redis with %s', (_, change, ok) => {
  expect(postJob.safeParse({ ...job, ...change }).success).toBe(ok);
});

it('no way that is taken leads out of the shared folder, symbolic links included', async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'port-shared-')));
  try {
    await mkdir(join(folder, 'shared/inside/deep'), { recursive: true });
    await symlink(folder, join(folder, 'shared/link'));
    const shared = await openSharedFolder(join(folder, 'shared'), createFiles());
    expect(await shared.fromShared('inside')).toBe(join(folder, 'shared/inside'));
    expect(await shared.fromShared('link')).toBe(null);
    expect(await shared.fromShared('none')).toBe(null);
    await expect(shared.toShared(folder)).rejects.toThrow(/is not in the shared folder/);
    expect(await shared.toShared(join(folder, 'shared/inside'))).toBe('inside');
    expect(await shared.toShared(join(folder, 'shared/inside/deep'))).toBe('inside/deep');
    expect(await shared.toShared(join(folder, 'shared'))).toBe('.');
    await mkdir(join(folder, 'shared/..dots'));
    expect(await shared.toShared(join(folder, 'shared/..dots'))).toBe('..dots');
    await expect(shared.toShared(join(folder, 'shared/none'))).rejects.toThrow(/^There is no ".*none"\.$/);
    const part = fc.constantFrom('..', '.', '', 'a', 'link', '/', '\\', 'C:', 'inside');
    await fc.assert(
      fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 6 }), async (parts) => {
        const out = parts.join('/');
        if (!postJob.safeParse({ ...job, out }).success) return;
        const real = await shared.fromShared(out);
        if (real !== null) expect((await realpath(real)).startsWith(join(folder, 'shared'))).toBe(true);
      }),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

it.each([
  ['redis://queue', {}, 'redis://queue:6379', null, null],
  ['redis://queue:7000/2', {}, 'redis://queue:7000/2', null, null],
  ['rediss://maya:s%40cret@queue', {}, 'rediss://queue:6379', 'maya', 's@cret'],
  ['redis://:secret@[::1]:7000', {}, 'redis://[::1]:7000', null, 'secret'],
  ['redis://queue', { PORT_REDIS_USERNAME: 'u', PORT_REDIS_PASSWORD: 'p' }, 'redis://queue:6379', 'u', 'p'],
])('%s', (text, environment, shown, username, password) => {
  expect(readRedisAddress(text, environment)).toMatchObject({ shown, username, password });
});

it.each(['queue:6379', 'http://:secret@queue', 'redis://', 'redis://:secret@queue/x', 'redis://:secret@queue?x=1', ''])(
  'the address %j is refused, and not repeated: it may hold a password',
  (text) => {
    expect(() => readRedisAddress(text, {})).toThrow(/^--queue takes the address/);
    expect(() => readRedisAddress(text, {})).not.toThrow(/secret/);
  },
);

it.each([
  [{ version: '1.0.0', libavcodec: 59 }, null],
  [
    { version: '1.1.0', libavcodec: 59 },
    /The run has port 1\.1\.0 and here it is 1\.0\.0: what they make would differ/,
  ],
  [{ version: '1.0.0', libavcodec: 60 }, /an ffmpeg of libavcodec 60 and here it is 59/],
])('machines of a run agree: %j', (other, refusal) => {
  const meet = () => assertCompatible(other, { version: '1.0.0', libavcodec: 59 }, 'the run');
  if (refusal === null) expect(meet).not.toThrow();
  else expect(meet).toThrow(refusal);
});
