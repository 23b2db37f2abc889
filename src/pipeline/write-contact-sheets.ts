import { join } from 'node:path';
import { writeContactSheet } from '../deliver/contact-sheet.ts';
import { readPosting } from '../posting/folder.ts';
import { recordPath } from '../posting/paths.ts';
import { digest } from '../state/up-to-date-cache.ts';
import { once } from '../tools/once.ts';
import type { AccountRun } from './context.ts';
import { presenceCheckOf } from './make-renditions.ts';
import { orIncomplete } from './open-account.ts';
import { postingOn } from './redraw-sheets.ts';

/**
 * Writes the contact sheets of this run's targets, with all posts of the folder. Has to be called after posting.csv is saved.
 * @throws IncompleteError
 */
export async function writeContactSheets(run: AccountRun): Promise<void> {
  const { manifest, folder, account, tools } = run;
  const keys = manifest.knownKeys().map(({ key }) => key);
  const { hashOf } = presenceCheckOf(run);
  // All pages show one state. Nothing is opened if all of them show it already.
  const record = once(async () => (await readPosting(folder, tools)).record);
  await orIncomplete(run, async () => {
    const inputHash = digest(run.runHash, account, await tools.files.facts(recordPath(folder)));
    for (const target of run.options.to) {
      const name = `${target.name}/index.html`;
      // The manifest is only written if a row changed.
      const documents = [join(folder, 'manifest.json'), join(folder, name)];
      const isDrawn = run.upToDate.matches(name, inputHash, await tools.files.factsOf(documents));
      const rows = manifest.rowsFor(target.name);
      const posting = async () => postingOn(target.name, await record());
      await writeContactSheet({ folder, account, target, keys, rows, posting }, tools.files, hashOf, { isDrawn });
      await run.upToDate.record(name, inputHash, documents);
    }
    await run.probeCache.save();
    await run.upToDate.save();
  });
}
