import { isAbsolute, relative } from 'node:path';
import type { Files } from './files.ts';
import { confinedFiles } from './inside.ts';

/**
 * File access for a dry run: everything can be read, and writes outside `scratch` are silently ignored, so that the
 * stages need not know about dry runs.
 */
export function dryFiles(files: Files, scratch: string): Files {
  const inside = (path: string) => {
    const way = relative(scratch, path);
    return way !== '' && !way.startsWith('..') && !isAbsolute(way);
  };
  // Each function by its name, so that a new writing function cannot be passed through by accident.
  const { pathInside, facts, factsOf, foldersOf, list, links, real, read, readText, readStart, readAt, sha256, same } =
    files;
  const dry: Files = {
    ...{ pathInside, facts, factsOf, foldersOf, list, links, real, read, readText, readStart, readAt, sha256, same },
    confined: (folder, also = []) => confinedFiles(dry, folder, [scratch, ...also]),
    append: async (path, text) => (inside(path) ? files.append(path, text) : undefined),
    write: async (path, data) => (inside(path) ? files.write(path, data) : undefined),
    writeStream: async (path, data, maxBytes, signal) => {
      if (!inside(path)) throw new Error(`a dry run would write ${path}`);
      return await files.writeStream(path, data, maxBytes, signal);
    },
    link: async (from, to) => (inside(to) ? files.link(from, to) : undefined),
    copy: async (from, to) => (inside(to) ? files.copy(from, to) : undefined),
    move: async (from, to) => (inside(from) && inside(to) ? files.move(from, to) : undefined),
    remove: async (path) => (inside(path) ? files.remove(path) : undefined),
    makeFolder: async (path) => (inside(path) ? files.makeFolder(path) : undefined),
    setModified: async (path, seconds) => (inside(path) ? files.setModified(path, seconds) : undefined),
    protect: async (path) => (inside(path) ? files.protect(path) : undefined),
  };
  return dry;
}
