import { disclosureField, type LabelledLine, unreadDisclosures } from './disclosures.ts';
import { type Fields, fieldOf, isBlank } from './row.ts';
import { type AudienceLayout, audienceLayout } from './txt-audience.ts';
import { asciiDigits, isAddress, type Line, readDate, readLine, toLine } from './txt-lines.ts';

/**
 * Reads the posts of a TXT export, block by block. Labels are in the account's language, so a block is read by its
 * structure: a date, then the first address, the likes, the audience. Known labels (English, some Dutch and Italian)
 * add the rest. An empty section has no blocks in any language.
 */
export function readBlocks(text: string): readonly Fields[] {
  const lines = text.split(/\r\n|\n|\r/);
  const starts = blockStarts(lines);
  const blocks = starts.map((start, index) => lines.slice(start, starts[index + 1] ?? lines.length).map(toLine));
  const audience = audienceLayout(blocks);
  return blocks.map((block) => readBlock(block, audience));
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

function readBlock(lines: readonly Line[], audience: AudienceLayout | null): Fields {
  const links: string[] = [];
  const said: Fields = { date: asciiDigits(lines[0]?.value ?? ''), link: links };
  let hasAudience = false;
  const behind: LabelledLine[] = [];
  /** The field that a line without a label continues. */
  let open: 'title' | 'links' | 'cover' | null = 'links';
  for (const { text, label, value } of lines.slice(1)) {
    if (label === null) {
      if (text === '') open = null;
      else if (isAddress(text) && open !== 'cover') links.push(text);
      else if (open === 'title') said.title = `${said.title}\n${text}`;
      continue;
    }
    const known = audience?.isLabel(label) ? 'audience' : fieldOf(label);
    const field = known ?? (hasAudience && !isAddress(value) ? disclosureField(label, value) : null) ?? undefined;
    if (isAddress(value)) {
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
      hasAudience = true;
    } else if (isBlank(said.likes) && /^\d+$/.test(count) && (field === undefined || field === 'likes')) {
      said.likes = count;
    } else if (field !== undefined && field !== 'link' && isBlank(said[field])) said[field] = value;
  }
  const words = audience?.wordsOf(lines);
  return {
    ...said,
    unread: unreadDisclosures(behind),
    audience: words,
    ...(audience !== null && words === undefined && { isAudienceUnsaid: true }),
  };
}
