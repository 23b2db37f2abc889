import { ExportError } from '../errors.ts';
import type { ExportFile } from '../model/export-file.ts';
import { JSON_NAME, TXT_NAME } from './candidates.ts';
import { parseJson } from './json.ts';
import { isSchemaWord } from './schema-words.ts';
import { describe, drawShape, newShape, observe } from './shape.ts';
import { readTextFile, withBudget } from './text-file.ts';
import { readLine } from './txt-lines.ts';

const MAX_FILES = 100;

/**
 * The structure of an export with every value blanked, as indented JSON: keys, types, lengths, counts. It is meant for
 * public bug reports: it contains no name, text, address or number of the person. File names and keys that are not
 * TikTok's own words are blanked as well, because chats are keyed by people's names.
 */
export async function skeletonOf(files: readonly ExportFile[]): Promise<string> {
  const readable = files.filter((file) => JSON_NAME.test(file.name) || TXT_NAME.test(file.name));
  const shown: object[] = [];
  // One at a time: each file may be as large as port can read.
  for (const file of withBudget(readable.slice(0, MAX_FILES))) shown.push(await drawFile(file));
  const others: Record<string, number> = {};
  for (const file of files) {
    if (readable.includes(file)) continue;
    const ending = blankName(file.name).replace(/^.*(?=\.)/, '*');
    others[ending] = (others[ending] ?? 0) + 1;
  }
  return `${JSON.stringify({ schemaVersion: 1, files: shown, moreFiles: readable.length - shown.length, others }, null, 2)}\n`;
}

async function drawFile(file: ExportFile): Promise<object> {
  const name = blankName(file.name);
  try {
    const text = await readTextFile(file);
    return { name, bytes: file.bytes, shape: TXT_NAME.test(file.name) ? drawText(text) : drawJson(text) };
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    return { name, bytes: file.bytes, shape: 'cannot be read' };
  }
}

function drawJson(text: string): unknown {
  const parsed = parseJson(text);
  if ('fault' in parsed) return `not JSON: line ${parsed.fault.line}, column ${parsed.fault.column}`;
  const shape = newShape();
  observe(shape, parsed.value);
  return drawShape(shape);
}

/** Labels are in the account's language: unknown ones are blanked and counted. */
function drawText(text: string): object {
  const lines = text.split(/\r\n|\n|\r/);
  const labels = new Map<string, { times: number; values: Set<string> }>();
  for (const line of lines) {
    const read = readLine(line);
    if (read === null) continue;
    const label = isSchemaWord(read.label) ? read.label : `*(${read.label.length})`;
    const entry = labels.get(label) ?? { times: 0, values: new Set<string>() };
    entry.times++;
    if (entry.values.size < 5) entry.values.add(describe(read.value));
    labels.set(label, entry);
  }
  const shown = [...labels]
    .slice(0, 60)
    .map(([label, { times, values }]) => [label, `${times} times: ${[...values].join(' | ')}`]);
  return {
    lines: lines.length,
    emptyLines: lines.filter((line) => line.trim() === '').length,
    labels: Object.fromEntries(shown),
  };
}

const ENDINGS = new Set([
  'json',
  'txt',
  'mp4',
  'mov',
  'jpg',
  'jpeg',
  'png',
  'webp',
  'heic',
  'zip',
  'html',
  'csv',
  'm4a',
  'mp3',
  'webm',
  'mkv',
  'gif',
]);

function blankName(name: string): string {
  const parts = name.split('/');
  return parts
    .map((part, index) => {
      const ending = index === parts.length - 1 ? (/\.([a-z0-9]{1,5})$/i.exec(part)?.[1] ?? '') : '';
      const stem = ending === '' ? part : part.slice(0, -ending.length - 1);
      const shown = isSchemaWord(stem) ? stem : `*(${stem.length})`;
      if (ending === '') return shown;
      return `${shown}.${ENDINGS.has(ending.toLowerCase()) ? ending : `*(${ending.length})`}`;
    })
    .join('/');
}
