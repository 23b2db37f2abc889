import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { OutputError } from '../../src/errors.ts';
import { withDocumentLock } from '../../src/state/document-lock.ts';
import { createLocks } from '../../src/tools/locks.ts';
import { temporaryFolder } from '../tools/folder.ts';

const locks = createLocks();

it('changes of one document run one after the other, of two documents at once', async () => {
  const folder = temporaryFolder();
  const log: string[] = [];
  const change = async (name: 'posting' | 'captions') =>
    withDocumentLock(folder, name, locks, async () => {
      log.push(`${name} begins`);
      await setTimeout(60);
      log.push(`${name} ends`);
      return name;
    });
  expect(await Promise.all([change('posting'), change('posting'), change('captions')])).toEqual([
    ...['posting', 'posting', 'captions'],
  ]);
  const ofPosting = log.filter((line) => line.startsWith('posting'));
  expect(ofPosting).toEqual(['posting begins', 'posting ends', 'posting begins', 'posting ends']);
  expect(log.indexOf('captions begins')).toBeLessThan(log.indexOf('posting ends'));
});

it('a change that fails leaves the document to the next one', async () => {
  const folder = temporaryFolder();
  const failing = withDocumentLock(folder, 'included', locks, async () => Promise.reject(new Error('broken')));
  await expect(failing).rejects.toThrow('broken');
  const path = join(folder, '.port', 'included.lock');
  const taken = await locks.take(path);
  await taken.release();
});

it('a lock that cannot be written is reported at once', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, '.port'), '');
  const began = Date.now();
  await expect(withDocumentLock(folder, 'posting', locks, async () => 1)).rejects.not.toBeInstanceOf(OutputError);
  expect(Date.now() - began).toBeLessThan(5000);
});

it('a port that keeps the document for fifteen seconds is reported, and nothing was changed', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, '.port'));
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const tried: number[] = [];
  const began = Date.now();
  const busy = {
    take: async () => {
      tried.push(Date.now() - began);
      vi.setSystemTime(Date.now() + 5000);
      throw new OutputError('Another run is working there.');
    },
  };
  let changed = false;
  const change = withDocumentLock(folder, 'captions', busy, async () => {
    changed = true;
  });
  await expect(change).rejects.toThrow('Another run is working there.');
  expect([changed, tried]).toEqual([false, [0, 5000, 10_000, 15_000]]);
});
