import { ExportError, quoted } from '../errors.ts';
import type { Export, Issue } from '../model.ts';
import { baseName, filesEnding } from './candidates.ts';
import { collectPosts } from './collect.ts';
import type { ExportFile, ExportFormat } from './format.ts';
import { HOW_TO_ASK } from './how-to-ask.ts';
import { parseJson } from './json.ts';
import { readDocument } from './json-document.ts';
import { oneExport } from './one-export.ts';
import { readTextFile } from './text-file.ts';

/** In a folder of many other JSON files the search for an export under another name ends somewhere. */
const MAX_SEARCHED = 500;
/** Sidecars of other programs, one for each video: never exports. */
const SIDECAR = /\.info\.json$/i;
const USUAL_NAME = /^user_data/i;

/** JSON exports of 2021 on, found by what is in a file: people rename them. */
export const tiktokJson: ExportFormat = {
  name: 'tiktok-json',
  async read(files) {
    const all = filesEnding(files, '.json').filter((file) => !SIDECAR.test(file.name));
    const usual = all.filter((file) => USUAL_NAME.test(baseName(file)));
    // Files with other names are opened only if need be: they may be anything.
    return (
      (await readFirst(usual)) ?? (await readFirst(all.filter((file) => !usual.includes(file)).slice(0, MAX_SEARCHED)))
    );
  },
};

async function readFirst(files: readonly ExportFile[]): Promise<Export | null> {
  const found: Export[] = [];
  const setAside: Issue[] = [];
  const partial: string[] = [];
  let trouble: ExportError | null = null;
  let account: string | null = null;
  for (const file of files) {
    try {
      const document = await readFile(file);
      if (document === null) continue;
      account ??= document.account;
      if (document.sections === null) partial.push(`${quoted(file.name)} holds only ${document.holds}`);
      else
        found.push({
          format: 'tiktok-json',
          generation: document.generation,
          account: document.account,
          ...collectPosts(document.sections),
        });
    } catch (error) {
      if (!(error instanceof ExportError)) throw error;
      trouble ??= error;
      setAside.push({ code: 'entry-skipped', severity: 'warning', actual: error.message, limit: null });
    }
  }
  if (found.length > 0) return oneExport(found, account, setAside);
  if (trouble !== null) throw trouble;
  if (partial[0] !== undefined) throw new ExportError(`No posts in this export: ${partial[0]}. ${HOW_TO_ASK}`);
  return null;
}

async function readFile(file: ExportFile) {
  const text = await readTextFile(file);
  const parsed = parseJson(text);
  if ('value' in parsed) return readDocument(parsed.value);
  const { line, column, problem } = parsed.fault;
  throw new ExportError(
    `${quoted(file.name)} is not valid JSON: line ${line}, column ${column}: ${problem}. If it was edited or cut off, take it from the ZIP again.`,
  );
}
