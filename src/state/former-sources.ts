import * as z from 'zod';
import type { Files } from '../tools/files.ts';
import { readFacts } from './probe-cache.ts';

const former = z.object({
  origin: z.record(z.string(), z.unknown()),
  link: z.string().optional().catch(undefined),
  taken: z.string().optional().catch(undefined),
  sha256: z.string().optional().catch(undefined),
});

/**
 * Reads the sources of originals as versions up to 0.1.0 stored them: as facts about files in the cache.
 * @returns by file name, relative to `originals/`
 */
export async function formerSources<Row extends { readonly sha256: string }>(
  folder: string,
  files: Files,
  schema: z.ZodType<Row>,
): Promise<Map<string, Row>> {
  const found = new Map<string, Row>();
  for (const [path, facts] of await readFacts(folder, files)) {
    const [first, ...rest] = path.split(/[/\\]/);
    const told = former.safeParse(facts).data;
    if (first !== 'originals' || told === undefined) continue;
    // The oldest versions stored only the source of a file and its hash.
    const { origin, link, taken, sha256 } = told;
    const row = schema.safeParse({ ...origin, link, sha256: taken ?? sha256 });
    if (row.success) found.set(rest.join('/'), row.data);
  }
  return found;
}
