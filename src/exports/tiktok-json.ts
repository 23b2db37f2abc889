import { ExportError, NoPostsError, quoted } from '../errors.ts';
import type { ExportFile } from '../model/export-file.ts';
import type { Issue } from '../model/issue.ts';
import type { Export } from '../model/post.ts';
import { bareName, baseName, filesNamed, JSON_NAME } from './candidates.ts';
import { collectPosts } from './collect.ts';
import type { ExportFormat } from './format.ts';
import { HOW_TO_ASK } from './how-to-ask.ts';
import { parseJson } from './json.ts';
import { type Document, readDocument } from './json-document.ts';
import { type Found, oneExport } from './one-export.ts';
import { storiesLeft } from './stories.ts';
import { readTextFile } from './text-file.ts';

/** Limits the search for an export under an unusual name in a folder with many JSON files. */
const MAX_SEARCHED = 500;
/** Sidecars of other programs, one for each video. They are never exports. */
const SIDECAR = /\.info\.json$/i;
const USUAL_NAME = /^user_data/i;

/** JSON exports since 2021, recognised by content, because people rename the files. */
export const tiktokJson: ExportFormat = {
  name: 'tiktok-json',
  async read(files, given) {
    const all = filesNamed(files, JSON_NAME).filter((file) => !SIDECAR.test(file.name));
    const usual = all.filter((file) => USUAL_NAME.test(baseName(file)));
    const others = all.filter((file) => !usual.includes(file)).slice(0, MAX_SEARCHED);
    const read: ReadFiles = { found: [], setAside: [], partial: [], profiles: [], failure: null };
    await readInto(read, usual);
    // Files with unusual names are opened only if necessary: they may be anything.
    const isNameless = read.profiles.length === 0 && read.found.every(({ export: { account } }) => account === null);
    if (read.found.length === 0) await readInto(read, others);
    else if (isNameless) await readInto(read, others, { profilesOnly: true });
    if (read.found.length > 0) return oneExport(read.found, { profiles: read.profiles, given }, read.setAside);
    if (read.failure !== null) throw read.failure;
    if (read.partial[0] === undefined) return null;
    throw new NoPostsError(`No posts in this export: ${read.partial[0]}. ${HOW_TO_ASK}`, read.profiles[0] ?? null);
  },
};

interface ReadFiles {
  readonly found: Found[];
  readonly setAside: Issue[];
  /** Descriptions of what files without posts contain. */
  readonly partial: string[];
  /** User names in files without posts. */
  readonly profiles: string[];
  failure: ExportError | null;
}

async function readInto(read: ReadFiles, files: readonly ExportFile[], { profilesOnly = false } = {}): Promise<void> {
  for (const file of files) {
    try {
      const document = await readFile(file);
      if (document === null) continue;
      const { sections, account, holds } = document;
      if (sections !== null) {
        if (!profilesOnly) read.found.push({ name: bareName(file), export: exportOf(document, sections) });
        continue;
      }
      read.partial.push(`${quoted(file.name)} holds only ${holds}`);
      if (account !== null) read.profiles.push(account);
    } catch (error) {
      if (!(error instanceof ExportError)) throw error;
      if (profilesOnly) continue;
      read.failure ??= error;
      read.setAside.push({ code: 'entry-skipped', severity: 'warning', actual: error.message, limit: null });
    }
  }
}

function exportOf({ generation, account, stories }: Document, sections: NonNullable<Document['sections']>): Export {
  const posts = collectPosts(sections);
  const left: Issue[] = stories === 0 ? [] : [storiesLeft(stories)];
  return { format: 'tiktok-json', generation, account, ...posts, setAside: [...posts.setAside, ...left] };
}

async function readFile(file: ExportFile) {
  const text = await readTextFile(file);
  if (isWebPage(text)) {
    throw new ExportError(
      `${quoted(file.name)} is a web page, perhaps TikTok's log-in page, and no export. Log in to TikTok and download the export again.`,
    );
  }
  const parsed = parseJson(text);
  if ('value' in parsed) return readDocument(parsed.value);
  const { line, column, problem } = parsed.fault;
  throw new ExportError(
    `${quoted(file.name)} is not valid JSON: line ${line}, column ${column}: ${problem}. If it was edited or cut off, take it from the ZIP again.`,
  );
}

function isWebPage(text: string): boolean {
  return /^\s*<(?:!doctype html|html|head)\b/i.test(text.slice(0, 1000));
}
