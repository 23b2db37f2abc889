/**
 * Feeds mutated exports to the built readers, in a process of its own so that its memory can be measured:
 * `node test/exports/mutate.mjs <cases> <file...>`. Prints what came of it as JSON.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PortError } from '../../build/errors.js';
import { readExport } from '../../build/exports/index.js';
import { createArchives } from '../../build/tools/archives.js';
import { peakMegabytes } from '../peak-memory.mjs';

const [cases, ...paths] = process.argv.slice(2);
const sources = paths.map((path) => ({ name: path, bytes: readFileSync(path) }));
const archives = createArchives();
const folder = mkdtempSync(join(tmpdir(), 'port-mutate-'));

/** Numbers that look like chance and are the same every time (xorshift). */
let state = 88_172_645;
const next = (below) => {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
};

/** A few bytes changed, a stretch doubled, taken out, or the end cut off. */
function mutate(bytes) {
  let result = Buffer.from(bytes);
  for (let count = 1 + next(8); count > 0; count--) {
    const at = next(result.length);
    const stretch = result.subarray(at, at + next(2000));
    const kind = next(5);
    if (kind < 2) result[at] = next(256);
    else if (kind === 2) result = Buffer.concat([result.subarray(0, at), stretch, result.subarray(at)]);
    else if (kind === 3) result = Buffer.concat([result.subarray(0, at), result.subarray(at + stretch.length)]);
    else result = result.subarray(0, Math.max(1, at));
  }
  return result;
}

const came = { read: 0, refused: 0, other: [] };
try {
  for (let index = 0; index < Number(cases); index++) {
    const { name, bytes } = sources[index % sources.length];
    const path = join(folder, `case${name.slice(name.lastIndexOf('.'))}`);
    writeFileSync(path, mutate(bytes));
    try {
      const archive = await archives.open(path);
      try {
        await readExport(archive.files);
        came.read++;
      } finally {
        await archive.close();
      }
    } catch (error) {
      if (error instanceof PortError) came.refused++;
      else came.other.push(`case ${index} of ${name}: ${error?.stack}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(JSON.stringify({ ...came, peakMB: peakMegabytes() }));
