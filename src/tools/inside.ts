import { lstatSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { Files } from './files.ts';

/**
 * Decides whether a path is inside a folder: by its text, and by the symbolic links in it. All checks use this one
 * function.
 * @returns the relative path with `/`, `.` for the folder itself; null if it leads out or through a link
 * @throws a system error if a folder in the path cannot be read
 */
export function pathInside(folder: string, path: string): string | null {
  const way = relative(folder, path);
  if (way === '') return '.';
  const steps = way.split(sep);
  // On Windows the relative path to another drive is absolute.
  if (steps[0] === '..' || isAbsolute(way)) return null;
  let here = folder;
  for (const step of steps) {
    here = join(here, step);
    const stat = lstatSync(here, { throwIfNoEntry: false });
    if (stat === undefined) break;
    if (stat.isSymbolicLink()) return null;
  }
  return steps.join('/');
}

/** Implements `Files.confined`. */
export function confinedFiles(files: Files, folder: string, also: readonly string[]): Files {
  const roots = [folder, ...also];
  const refuse = (path: string): never => {
    const where = `${path} lies outside ${folder}, or a symbolic link stands on the way: port writes nowhere else. Take the link away`;
    throw Object.assign(new Error(where), { code: 'ELOOP', syscall: 'open', path });
  };
  const isWritable = (path: string) => roots.some((root) => pathInside(root, path) !== null);
  const mayWrite = (path: string) => (isWritable(path) ? path : refuse(path));
  // For operations on a directory entry, not its target: a link there is replaced, moved or removed itself.
  const mayName = (path: string) => (roots.includes(path) || isWritable(dirname(path)) ? path : refuse(path));
  const isBelow = (path: string) => {
    const way = relative(folder, path);
    return way.split(sep)[0] !== '..' && !isAbsolute(way);
  };
  const mayRead = (path: string) => (!isBelow(path) || pathInside(folder, path) !== null ? path : refuse(path));
  // A link in place of a file does not count as a file: these functions check that themselves.
  const mayLook = (path: string) =>
    isBelow(path) && path !== folder ? join(mayRead(dirname(path)), basename(path)) : path;
  // Each function by its name, so that a new writing function cannot be passed through by accident.
  const { pathInside: way, confined, facts, factsOf, foldersOf, list, links, real, same } = files;
  return {
    ...{ pathInside: way, confined, facts, factsOf, foldersOf, list, links, real, same },
    read: async (path, maxBytes) => files.read(mayLook(path), maxBytes),
    readText: async (path, maxBytes) => files.readText(mayLook(path), maxBytes),
    readStart: async (path, bytes) => files.readStart(mayRead(path), bytes),
    readAt: async (path, at, bytes) => files.readAt(mayRead(path), at, bytes),
    sha256: async (path, signal) => files.sha256(mayRead(path), signal),
    append: async (path, text) => files.append(mayWrite(path), text),
    write: async (path, data) => files.write(mayName(path), data),
    writeStream: async (path, data, maxBytes, signal) => files.writeStream(mayName(path), data, maxBytes, signal),
    link: async (from, to) => files.link(mayRead(from), mayName(to)),
    copy: async (from, to) => files.copy(mayRead(from), mayName(to)),
    move: async (from, to) => files.move(mayName(from), mayName(to)),
    remove: async (path) => files.remove(mayName(path)),
    makeFolder: async (path) => files.makeFolder(mayWrite(path)),
    setModified: async (path, seconds) => files.setModified(mayWrite(path), seconds),
    protect: async (path) => files.protect(mayWrite(path)),
  };
}
