import { lstatSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { Files } from './files.ts';

/**
 * The one judgement of whether a path lies in a folder: by its text, and by the symbolic links on the way.
 * @returns the way with `/`, `.` for the folder itself; null where it leads out or through a link
 * @throws a system error where a folder on the way cannot be looked at
 */
export function wayInside(folder: string, path: string): string | null {
  const way = relative(folder, path);
  if (way === '') return '.';
  const steps = way.split(sep);
  // On Windows the way to another drive is absolute.
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

/** See `Files.confined`. */
export function confinedFiles(files: Files, folder: string, also: readonly string[]): Files {
  const roots = [folder, ...also];
  const refuse = (path: string): never => {
    const where = `${path} lies outside ${folder}, or a symbolic link stands on the way: port writes nowhere else. Take the link away`;
    throw Object.assign(new Error(where), { code: 'ELOOP', syscall: 'open', path });
  };
  const isWritable = (path: string) => roots.some((root) => wayInside(root, path) !== null);
  const mayWrite = (path: string) => (isWritable(path) ? path : refuse(path));
  // What is done to a name, not to what it leads to: a link that stands there is replaced, moved or removed itself.
  const mayName = (path: string) => (roots.includes(path) || isWritable(dirname(path)) ? path : refuse(path));
  const isBelow = (path: string) => {
    const way = relative(folder, path);
    return way.split(sep)[0] !== '..' && !isAbsolute(way);
  };
  const mayRead = (path: string) => (!isBelow(path) || wayInside(folder, path) !== null ? path : refuse(path));
  // A link in the place of a file is no file: these say so themselves.
  const mayLook = (path: string) =>
    isBelow(path) && path !== folder ? join(mayRead(dirname(path)), basename(path)) : path;
  // Each by its name, so that a new way to write cannot slip through.
  const { wayInside: way, confined, facts, factsOf, foldersOf, list, links, real, same } = files;
  return {
    ...{ wayInside: way, confined, facts, factsOf, foldersOf, list, links, real, same },
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
