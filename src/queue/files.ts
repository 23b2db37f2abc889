import { createHash, randomBytes } from 'node:crypto';
import type * as z from 'zod';
import { fromJson, noneIfTooLarge } from '../state/documents.ts';
import { outcomeFile, outFile, queueFolder, runFile } from '../state/queue-paths.ts';
import type { Files } from '../tools/files.ts';
import { type Outcome, outcome, outDocument, type RunDocument, runDocument } from './documents.ts';

/** More than the texts of a hundred thousand posts. */
const maxRunBytes = 200_000_000;
const maxOutcomeBytes = 5_000_000;
const idLength = 16;

/** A document before parsing: options as a person writes them. */
type Written = Omit<z.input<typeof runDocument>, 'run'>;

/** Writes the run's document into the account's folder. An equal document is the same run. */
export async function writeRun(folder: string, about: Written, files: Files): Promise<string> {
  const run = createHash('sha256').update(JSON.stringify(about)).digest('hex').slice(0, idLength);
  await files.write(runFile(folder), JSON.stringify({ ...about, run }));
  return run;
}

/** null if there is none, or it cannot be read. */
export async function readRun(folder: string, files: Files): Promise<RunDocument | null> {
  return fromJson(await files.readText(runFile(folder), maxRunBytes).catch(noneIfTooLarge), runDocument);
}

export async function writeOutcome(folder: string, made: z.input<typeof outcome>, files: Files): Promise<void> {
  await files.write(outcomeFile(folder, made.key), JSON.stringify(made));
}

/** null if the post has none yet, or it cannot be read, or it belongs to another post. */
export async function readOutcome(folder: string, key: string, files: Files): Promise<Outcome | null> {
  const text = await files.readText(outcomeFile(folder, key), maxOutcomeBytes).catch(noneIfTooLarge);
  const read = fromJson(text, outcome);
  return read?.key === key && read.rows.every(({ row }) => row.key === key) ? read : null;
}

/** The posts with an outcome, of this run or an earlier one. */
export async function outcomesIn(folder: string, files: Files): Promise<string[]> {
  const names = (await files.list(queueFolder(folder))).map(({ name }) => name);
  return names.flatMap((name) => /^(\d{4}-.*)\.json$/.exec(name)?.[1] ?? []);
}

/** The id of an output folder; null if it has none. */
export async function readOutId(out: string, files: Files): Promise<string | null> {
  return fromJson(await files.readText(outFile(out), 1000).catch(noneIfTooLarge), outDocument)?.id ?? null;
}

/** The id of an output folder; creates one if it has none. */
export async function ensureOutId(out: string, files: Files): Promise<string> {
  const known = await readOutId(out, files);
  if (known !== null) return known;
  const id = randomBytes(idLength / 2).toString('hex');
  await files.write(outFile(out), JSON.stringify({ schemaVersion: 1, id }));
  return id;
}

/** The id by which an account's run is found again in Redis. */
export function runIdOf(outId: string, folder: string): string {
  return createHash('sha256').update(`${outId}/${folder}`).digest('hex').slice(0, idLength);
}
