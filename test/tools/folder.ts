import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that lives as long as the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'content-port-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A file in a folder that lives as long as the test. */
export function temporaryFile(name: string, content: string | Uint8Array): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return path;
}

/** A folder with these files, in folders of their own where their names say so. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const environment = { PATH: process.env['PATH'] };

/**
 * Makes a file one that nobody can change, as long as the test runs: root can, on some file systems of Linux.
 * @returns whether that is possible here
 */
export function freeze(path: string): boolean {
  if (spawnSync('chattr', ['+i', path], { env: environment }).status !== 0) return false;
  onTestFinished(() => void spawnSync('chattr', ['-i', path], { env: environment }));
  return true;
}
