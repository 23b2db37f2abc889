import { parseAudience, withoutDirectionMarks } from './audience.ts';
import { parseDate } from './date.ts';
import { disclosureField, type LabelledLine, unreadDisclosures } from './disclosures.ts';
import { type Fields, fieldOf, isBlank } from './row.ts';

/** ASCII colon and the wide colons of East Asian languages. */
const COLON = /[:\uff1a\ufe55\ufe13]/;
const MAX_LABEL = 60;
const ADDRESS = /^\s*https?:\/\//i;
/** Likes and other counts, in the digits of any script: `12`, `1.234`, `1,2 K`, `00:15`. */
const COUNT = /^\p{Nd}[\p{Nd}\s.,:'\u2019\u066b\u066c]*[kmb\u5343\u4e07\u842c\u5104\ub9cc\ucc9c]?$/iu;

/**
 * Splits a line into label and value; null for a line without a label (a further photo, the second line of a title).
 */
export function readLine(line: string): { readonly label: string; readonly value: string } | null {
  const text = withoutDirectionMarks(line);
  const colon = text.search(COLON);
  if (colon < 1 || ADDRESS.test(text)) return null;
  // Some languages put a space before the colon.
  const label = text.slice(0, colon).trim();
  return label === '' || label.length > MAX_LABEL ? null : { label, value: text.slice(colon + 1).trim() };
}

/**
 * Reads the posts of a TXT export, block by block. Labels are in the account's language, so a block is read by its
 * structure: a date, then the first address, the likes, the audience. Known labels (English, some Dutch and Italian)
 * add the rest. An empty section has no blocks in any language.
 */
export function readBlocks(text: string): readonly Fields[] {
  const lines = text.split(/\r\n|\n|\r/);
  const starts = blockStarts(lines);
  const blocks = starts.map((start, index) => lines.slice(start, starts[index + 1] ?? lines.length).map(toLine));
  const isAudience = audienceLabel(blocks);
  return blocks.map((block) => readBlock(block, isAudience));
}

interface Line {
  readonly text: string;
  /** Null for a line without a label. */
  readonly label: string | null;
  readonly value: string;
}

function toLine(text: string): Line {
  return { text: withoutDirectionMarks(text).trim(), ...(readLine(text) ?? { label: null, value: '' }) };
}

/** Indexes of the lines that start a block: those with the label of the first date. */
function blockStarts(lines: readonly string[]): readonly number[] {
  const label = firstDated(lines);
  const starts: number[] = [];
  for (const [index, text] of lines.entries()) {
    const line = readLine(text);
    if (line === null) continue;
    // A block with a broken date still starts after an empty line: it must become an issue, not part of the previous
    // block.
    const begins = label === undefined ? fieldOf(line.label) === 'date' : line.label === label;
    if (begins && (readDate(line.value) !== null || (lines[index - 1] ?? '').trim() === '')) starts.push(index);
  }
  return starts;
}

function firstDated(lines: readonly string[]): string | undefined {
  for (const text of lines) {
    const line = readLine(text);
    if (line !== null && readDate(line.value) !== null) return line.label;
  }
  return undefined;
}

function readDate(value: string): number | null {
  return parseDate(asciiDigits(value));
}

/**
 * Returns a predicate for the label of the audience line; null if no block has one, as in the layouts of 2020 and 2023.
 * Uses a known label, else the label at the audience's position in most blocks, whatever its value: a post with unknown
 * audience words must be held.
 */
function audienceLabel(blocks: readonly (readonly Line[])[]): ((label: string) => boolean) | null {
  const isKnown = (label: string) => fieldOf(label) === 'audience';
  if (blocks.some((block) => block.some(({ label }) => label !== null && isKnown(label)))) return isKnown;
  const places = new Map<string, number>();
  for (const block of blocks) {
    const label = audienceByPlace(block);
    if (label !== null) places.set(label, (places.get(label) ?? 0) + 1);
  }
  const [likeliest] = [...places].sort(([, one], [, other]) => other - one);
  return likeliest === undefined ? null : (label) => label === likeliest[0];
}

/** The label of the first line after the addresses that is not a count, an address or another known field. */
function audienceByPlace(block: readonly Line[]): string | null {
  const first = block.findIndex(({ text, value }, index) => index > 0 && (ADDRESS.test(text) || ADDRESS.test(value)));
  // Without an address, the line after the date is the label of the missing address.
  for (const { label, value } of block.slice(first < 0 ? 2 : first + 1)) {
    if (label === null) continue;
    const field = fieldOf(label);
    if (field === 'likes' || field === 'cover' || isBlank(value) || COUNT.test(value)) continue;
    if (ADDRESS.test(value) || readDate(value) !== null) continue;
    return field === undefined ? label : null;
  }
  return null;
}

function readBlock(lines: readonly Line[], isAudience: ((label: string) => boolean) | null): Fields {
  const links: string[] = [];
  const said: Fields = { date: asciiDigits(lines[0]?.value ?? ''), link: links };
  let hasAudience = false;
  const behind: LabelledLine[] = [];
  /** The field that a line without a label continues. */
  let open: 'title' | 'links' | 'cover' | null = 'links';
  for (const { text, label, value } of lines.slice(1)) {
    if (label === null) {
      if (text === '') open = null;
      else if (ADDRESS.test(text) && open !== 'cover') links.push(text);
      else if (open === 'title') said.title = `${said.title}\n${text}`;
      continue;
    }
    const known = isAudience?.(label) ? 'audience' : fieldOf(label);
    const field = known ?? (hasAudience && !ADDRESS.test(value) ? disclosureField(label, value) : null) ?? undefined;
    if (ADDRESS.test(value)) {
      // Further photos are on lines without labels. An address with a label of its own is the cover, not a photo.
      const isLink = field === 'link' || (field !== 'cover' && links.length === 0);
      open = isLink ? 'links' : 'cover';
      if (isLink) links.push(value);
      else if (isBlank(said.cover)) said.cover = value;
      continue;
    }
    open = field === 'title' ? field : null;
    if (hasAudience && !isBlank(value))
      behind.push({ label, value, isKnown: field !== undefined, isSound: field === 'sound' });
    const count = asciiDigits(value);
    if (field === 'audience') {
      // Of two audience lines, the one that is not "everyone" wins.
      if (!hasAudience || parseAudience(String(said.audience)) === 'everyone') said.audience = value;
      hasAudience = true;
    } else if (isBlank(said.likes) && /^\d+$/.test(count) && (field === undefined || field === 'likes')) {
      said.likes = count;
    } else if (field !== undefined && field !== 'link' && isBlank(said[field])) said[field] = value;
  }
  return {
    ...said,
    unread: unreadDisclosures(behind),
    ...(isAudience !== null && isBlank(said.audience) && { isAudienceUnsaid: true }),
  };
}

/** Converts digits of any script to ASCII. */
function asciiDigits(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text : text.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

/** Every script has its ten digits in consecutive code points; compatibility forms become ASCII by NFKC. */
function digitValue(digit: string): number {
  const code = digit.normalize('NFKC').codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code - zero;
}
