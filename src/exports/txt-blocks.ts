import { parseAudience } from './audience.ts';
import { parseDate } from './date.ts';
import { type Field, type Fields, fieldOf, isBlank } from './row.ts';

/** East Asia has a wide colon of its own. */
const COLON = /[:\uff1a]/;
const MAX_LABEL = 60;
const ADDRESS = /^\s*https?:\/\//i;

/** A label and its value; null for a line that has no label (a further photo, the second line of a title). */
export function readLine(line: string): { readonly label: string; readonly value: string } | null {
  const colon = line.search(COLON);
  if (colon < 1 || ADDRESS.test(line)) return null;
  // Some languages put a space before the colon.
  const label = line.slice(0, colon).trim();
  return label === '' || label.length > MAX_LABEL ? null : { label, value: line.slice(colon + 1).trim() };
}

/**
 * The posts of a TXT export, block by block. Labels are in the account's language, so a block is read by its structure:
 * it begins with a date, then comes the first address, then the likes, then who can view; labels that are known
 * (English, some Dutch and Italian) add the rest. An empty section, in any language, has no blocks.
 */
export function readBlocks(text: string): readonly Fields[] {
  const lines = text.split(/\r\n|\n|\r/);
  const starts = blockStarts(lines);
  return starts.map((start, index) => readBlock(lines.slice(start, starts[index + 1] ?? lines.length)));
}

/** Numbers of the lines with which blocks begin: those with the label of the first date. */
function blockStarts(lines: readonly string[]): readonly number[] {
  const label = firstDated(lines);
  const starts: number[] = [];
  for (const [index, text] of lines.entries()) {
    const line = readLine(text);
    if (line === null) continue;
    // A block whose date is broken still begins after an empty line: it must become an issue, not part of the one before.
    const begins = label === undefined ? fieldOf(line.label) === 'date' : line.label === label;
    if (begins && (parseDate(line.value) !== null || (lines[index - 1] ?? '').trim() === '')) starts.push(index);
  }
  return starts;
}

function firstDated(lines: readonly string[]): string | undefined {
  for (const text of lines) {
    const line = readLine(text);
    if (line !== null && parseDate(line.value) !== null) return line.label;
  }
  return undefined;
}

function readBlock(lines: readonly string[]): Fields {
  const links: string[] = [];
  const fields: Fields = { date: readLine(lines[0] ?? '')?.value, link: links };
  /** What a line without a label goes on with. */
  let open: 'title' | 'links' | 'cover' | null = null;
  let afterLikes = false;
  for (const text of lines.slice(1)) {
    const line = readLine(text);
    if (line === null) {
      if (text.trim() === '') open = null;
      else if (ADDRESS.test(text) && open !== 'cover') links.push(text.trim());
      else if (open === 'title') fields.title = `${fields.title}\n${text.trim()}`;
      continue;
    }
    const { value } = line;
    // In a language whose labels are not known, likes are the first bare number and who can view follows them.
    const field: Field | undefined =
      fieldOf(line.label) ?? (afterLikes && parseAudience(value) !== null ? 'audience' : undefined);
    const isLikes: boolean =
      fields.likes === undefined && /^\d+$/.test(value) && (field === undefined || field === 'likes');
    open = field === 'title' || field === 'cover' ? field : null;
    if (isLikes) fields.likes = value;
    else if (field !== 'cover' && ADDRESS.test(value)) {
      links.push(value);
      open = 'links';
    } else if (field !== undefined && field !== 'link' && isBlank(fields[field])) fields[field] = value;
    afterLikes = isLikes;
  }
  return fields;
}
