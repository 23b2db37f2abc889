import { join } from 'node:path';
import * as z from 'zod';
import type { Files } from '../tools/files.ts';
import { fromJson } from './documents.ts';
import { digest } from './up-to-date-cache.ts';

/**
 * What translators answered, in `translations.jsonl` of the account's folder: a line each, written as it arrives, because
 * it may have been paid for. It holds refused answers too, so that they are not asked for again.
 */
export interface TranslationMemory {
  /** `undefined`: never asked; null: the reply could not be used. */
  get(text: string, from: string | null, to: string): string | null | undefined;
  put(text: string, from: string | null, to: string, answer: string | null): Promise<void>;
}

const line = z.object({ engine: z.string(), to: z.string(), text: z.string(), answer: z.string().nullable() });
const maxBytes = 500 << 20;

/** The path of the document. @param folder the account's folder */
export function translationsPath(folder: string): string {
  return join(folder, 'translations.jsonl');
}

/**
 * Opens the answers of one engine.
 * @param engine its name with everything that its answers depend on; only a hash of it is written
 */
export async function openTranslationMemory(
  folder: string,
  engine: string,
  files: Pick<Files, 'readText' | 'append'>,
): Promise<TranslationMemory> {
  const path = translationsPath(folder);
  const own = digest(engine);
  const known = new Map<string, string | null>();
  const text = (await files.readText(path, maxBytes)) ?? '';
  for (const each of text.split('\n')) {
    const read = fromJson(each, line);
    if (read?.engine === own) known.set(`${read.to} ${read.text}`, read.answer);
  }
  // A run that was killed, or a full disk, may have left half a line.
  let isTorn = text !== '' && !text.endsWith('\n');
  let last = Promise.resolve();
  return {
    get: (source, from, to) => known.get(nameOf(source, from, to)),
    async put(source, from, to, answer) {
      known.set(nameOf(source, from, to), answer);
      const row = JSON.stringify({ engine: own, to, text: digest(from, source), answer });
      const written = last.then(async () => {
        const start = isTorn ? '\n' : '';
        isTorn = true;
        await files.append(path, `${start}${row}\n`);
        isTorn = false;
      });
      last = written.catch(() => {});
      await written;
    },
  };
}

function nameOf(source: string, from: string | null, to: string): string {
  return `${to} ${digest(from, source)}`;
}
