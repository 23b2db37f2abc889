import type { AccountRun } from './account-run.ts';
import { writeContactSheet } from './deliver/contact-sheet.ts';
import { written } from './open-account.ts';

/**
 * Writes the contact sheets of this run's targets, with all posts of the folder.
 * @throws IncompleteError
 */
export async function writeSheets(run: AccountRun): Promise<void> {
  const { manifest, folder, account, tools } = run;
  const rows = manifest.knownKeys().flatMap(({ key }) => manifest.rowsOf(key));
  await written(run, async () => {
    for (const target of run.options.to) await writeContactSheet(folder, account, target, rows, tools.files);
  });
}
