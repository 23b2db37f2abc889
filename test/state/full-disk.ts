import type { Files } from '../../src/tools/files.ts';

/** Files of a disk that is full once, in the middle of the first line that is appended. */
export function fullOnce(files: Files): Files {
  let isFull = true;
  return {
    ...files,
    async append(path, text) {
      await files.append(path, isFull ? text.slice(0, text.length / 2) : text);
      if (!isFull) return;
      isFull = false;
      throw new Error('disk full');
    },
  };
}
