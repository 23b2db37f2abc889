import { ExportError, quoted } from '../errors.ts';
import type { ExportFile } from '../model/export-file.ts';
import type { Issue } from '../model/issue.ts';
import type { Export } from '../model/post.ts';
import type { ExportFormat } from './format.ts';
import { HOW_TO_ASK } from './how-to-ask.ts';
import { withoutOtherApps } from './other-apps.ts';
import { withBudget } from './text-file.ts';
import { tiktokJson } from './tiktok-json.ts';
import { tiktokTxt } from './tiktok-txt.ts';

/** All export formats. The first that matches is used, so the format with more information comes first. */
export const formats: readonly ExportFormat[] = [tiktokJson, tiktokTxt];

/**
 * Reads the posts from the files of one export, in whichever format.
 * @param given the value of `--account`, used for exports without an account name
 * @throws ExportError with a message for the user: no export among the files, no posts in it, or not readable
 */
export async function readExport(files: readonly ExportFile[], given: string | null = null): Promise<Export> {
  const { own: all, issues } = withoutOtherApps(files);
  const own = withBudget(all);
  const failures: ExportError[] = [];
  for (const format of formats) {
    try {
      const found = await format.read(own, given);
      if (found !== null) return { ...found, setAside: [...found.setAside, ...issues, ...failures.map(skipped)] };
    } catch (error) {
      // A format that cannot be read must not block the other: some people request both.
      if (!(error instanceof ExportError)) throw error;
      failures.push(error);
    }
  }
  if (failures[0] !== undefined) throw failures[0];
  const [other] = issues;
  if (other) {
    throw new ExportError(
      `No posts of TikTok were found here, only data of ${other.limit} (${other.actual}). ${HOW_TO_ASK}`,
    );
  }
  if (files.length > 0 && files.every(({ name }) => TABLE.test(name)))
    throw new ExportError(aboutTable(files[0]?.name ?? ''));
  throw new ExportError(
    `No TikTok export was found here: there is neither a JSON file of TikTok nor a Posts.txt. ${HOW_TO_ASK}`,
  );
}

const TABLE = /\.(?:csv|tsv|xlsx?|xlsm|ods|numbers)$/i;

/** The message for a spreadsheet of captions that was given instead of an export. */
function aboutTable(path: string): string {
  const name = path.split('/').at(-1) ?? path;
  const save = /\.[ct]sv$/i.test(name) ? '' : 'save it as CSV (UTF-8), ';
  return `${quoted(name)} is a table and no export: name the ZIP, JSON or folder that came from TikTok, and if this table has your captions, ${save}add it with --captions.`;
}

function skipped(error: ExportError): Issue {
  return { code: 'entry-skipped', severity: 'warning', actual: error.message, limit: null };
}
