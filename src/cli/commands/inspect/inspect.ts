import { inspectExport } from '../../../exports/inspection.ts';
import { skeletonOf } from '../../../exports/skeleton.ts';
import type { Inspection } from '../../../model/inspection.ts';
import { readArchive } from '../../../pipeline/read-archive.ts';
import type { Archive } from '../../../tools/archive.ts';
import type { Tools } from '../../../tools/tools.ts';

type World = Pick<Tools, 'archives' | 'now'>;

/**
 * Reports what is in an export, and what can still be fetched.
 * @throws ExportError if there is no export with posts at `path`
 */
export function inspect(path: string, tools: World): Promise<Inspection> {
  return withArchive(path, tools, async (archive) =>
    inspectExport(await readArchive(archive), archive.setAside, tools.now()),
  );
}

/**
 * The structure of an export with every value blanked, as JSON for a public bug report. Works for exports that
 * `inspect` cannot read: those are the ones to report.
 * @throws ExportError if nothing at `path` can be opened
 */
export function skeleton(path: string, tools: World): Promise<string> {
  return withArchive(path, tools, (archive) => skeletonOf(archive.files));
}

async function withArchive<T>(path: string, tools: World, use: (archive: Archive) => Promise<T>): Promise<T> {
  const archive = await tools.archives.open(path);
  try {
    return await use(archive);
  } finally {
    await archive.close();
  }
}
