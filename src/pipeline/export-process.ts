import { ExportError, NoPostsError } from '../errors.ts';
import { readExport } from '../exports/index.ts';
import type { ExportFile } from '../model/export-file.ts';
import type { Export } from '../model/post.ts';

/** The first message to the process. */
export interface ReadTask {
  readonly files: readonly Pick<ExportFile, 'name' | 'bytes'>[];
  readonly given: string | null;
}

/** A message of the process: a request for the content of a file (by its number), or the result. */
export type ReadWords =
  | { readonly wants: number; readonly maxBytes: number }
  | { readonly read: Export }
  | { readonly refused: string; readonly account: string | null; readonly noPosts: boolean };

/** The content of the requested file, or the error. */
export type ReadAnswer = { readonly content: Uint8Array } | { readonly refused: string };

/** A child process for exports that may exhaust the heap: `read-in-child.ts` starts it with a memory limit. */
process.once('message', async ({ files, given }: ReadTask) => {
  const say = async (words: ReadWords) =>
    new Promise<void>((resolve) => (process.send ? process.send(words, () => resolve()) : resolve()));
  const own = files.map(
    (file, number): ExportFile => ({
      ...file,
      read: async (maxBytes) => {
        const answer = new Promise<ReadAnswer>((resolve) => process.once('message', resolve));
        await say({ wants: number, maxBytes });
        const came = await answer;
        if ('refused' in came) throw new ExportError(came.refused);
        return came.content;
      },
    }),
  );
  try {
    await say({ read: await readExport(own, given) });
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    const noPosts = error instanceof NoPostsError;
    await say({ refused: error.message, account: noPosts ? error.account : null, noPosts });
  }
  process.disconnect();
});
