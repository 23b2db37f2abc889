import { join } from 'node:path';
import { writeContactSheet } from '../deliver/contact-sheet.ts';
import { digest } from '../state/up-to-date-cache.ts';
import type { AccountRun } from './context.ts';
import { presenceCheckOf } from './make-renditions.ts';
import { orIncomplete } from './open-account.ts';

/**
 * Writes the contact sheets of this run's targets, with all posts of the folder.
 * @throws IncompleteError
 */
export async function writeContactSheets(run: AccountRun): Promise<void> {
  const { manifest, folder, account, tools } = run;
  const keys = manifest.knownKeys().map(({ key }) => key);
  const madeOf = digest(run.runHash, account);
  const { hashOf } = presenceCheckOf(run);
  await orIncomplete(run, async () => {
    for (const target of run.options.to) {
      const name = `${target.name}/index.html`;
      // The manifest is only written if a row changed.
      const documents = [join(folder, 'manifest.json'), join(folder, name)];
      const isDrawn = run.upToDate.matches(name, madeOf, await tools.files.factsOf(documents));
      const rows = manifest.rowsFor(target.name);
      await writeContactSheet({ folder, account, target, keys, rows }, tools.files, hashOf, { isDrawn });
      await run.upToDate.record(name, madeOf, documents);
    }
    await run.probeCache.save();
    await run.upToDate.save();
  });
}
