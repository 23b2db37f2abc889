/** Subtitles as cues, and SubRip (.srt), the one format of them that every platform with subtitles takes. */

/** What is said in a stretch of a video. */
export interface Cue {
  /** Milliseconds from the start of the video. */
  readonly from: number;
  readonly to: number;
  /** One or several lines, none of them empty. */
  readonly text: string;
}

/** More than a day of speech has. */
export const maxCues = 20_000;
const longestCue = 1000;
/** A hundred hours, the most that the two digits of a subtitle's hours can say. */
const latest = 100 * 3600_000;

const timing =
  /^\s*\[?((?:\d{1,2}:)?\d{1,2}:\d\d[,.]\d{1,3})\s*-->\s*((?:\d{1,2}:)?\d{1,2}:\d\d[,.]\d{1,3})(\]?)[^\S\n]*(.*)$/;

/**
 * Reads SubRip, the cues of WebVTT, and the lines that whisper prints (`[00:00.000 --> 00:02.500]  Hello`).
 * @returns the cues in the order of their times; empty if there is none
 */
export function readCues(text: string): Cue[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n?|\n/);
  const cues: Cue[] = [];
  for (let index = 0; index < lines.length && cues.length < maxCues; index++) {
    const [, from, to, bracket, rest = ''] = timing.exec(lines[index] ?? '') ?? [];
    if (from === undefined || to === undefined) continue;
    // Behind the times, whisper writes the words, and WebVTT where the cue is shown.
    const said = bracket === ']' ? [rest] : [];
    const isOver = (next = '') => next.trim() === '' || timing.test(next);
    if (bracket !== ']') while (!isOver(lines[index + 1])) said.push(lines[++index] ?? '');
    // Without a blank line between, the number of the next cue.
    const isNumber = bracket !== ']' && timing.test(lines[index + 1] ?? '') && /^\s*\d+\s*$/.test(said.at(-1) ?? '');
    if (isNumber) said.pop();
    cues.push({ from: milliseconds(from), to: milliseconds(to), text: said.join('\n') });
  }
  return tidyCues(cues);
}

/** The cues that can be shown: with words, a beginning before their end, without markup and control characters. */
export function tidyCues(cues: readonly Cue[]): Cue[] {
  return cues
    .map(({ from, to, text }) => ({ from: Math.round(from), to: Math.round(to), text: plainWords(text) }))
    .filter(({ from, to, text }) => from >= 0 && to > from && to < latest && /[\p{L}\p{N}]/u.test(text))
    .slice(0, maxCues)
    .sort(byTime);
}

const byTime = (one: Cue, other: Cue) => one.from - other.from || one.to - other.to;

/** SubRip. @param cues tidy ones, in their order */
export function srtText(cues: readonly Cue[]): string {
  return cues.map(({ from, to, text }, index) => `${index + 1}\n${clock(from)} --> ${clock(to)}\n${text}\n`).join('\n');
}

/** The cues of a part of a video, in the part's own time; a cue across a cut is in both parts. */
export function cuesWithin(cues: readonly Cue[], seconds: { readonly from: number; readonly to: number }): Cue[] {
  const [start, end] = [Math.round(seconds.from * 1000), Math.round(seconds.to * 1000)];
  return cues
    .map(({ from, to, text }) => ({ from: Math.max(from, start) - start, to: Math.min(to, end) - start, text }))
    .filter(({ from, to }) => from < to)
    .sort(byTime);
}

/** What is said, as a text. Recognisers repeat a line while nobody speaks: repeated lines are there once. */
export function spokenText(cues: readonly Cue[]): string {
  const lines = cues.map(({ text }) => text.replaceAll('\n', ' '));
  return lines.filter((line, index) => line !== lines[index - 1]).join(' ');
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };
/** Control characters, those that turn the direction of writing, and others that are not seen. */
const unseen =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/g;

/** Until nothing is left to remove: `&amp;lt;b&gt;` holds markup that holds nothing. */
function plainWords(text: string): string {
  let [before, plain] = ['', text.slice(0, 10 * longestCue)];
  for (let turn = 0; turn < 20 && plain !== before; turn++) [before, plain] = [plain, withoutMarkup(plain)];
  return plain === before ? plain : '';
}

function withoutMarkup(text: string): string {
  const lines = text
    // Markup of SubRip and WebVTT, of SubStation, and the tokens of whisper.
    .replace(/<[^<>\n]{0,200}>|\{\\[^{}\n]{0,200}\}|\[(?:_[A-Z]+_\d*|BLANK_AUDIO)\]/g, '')
    .replace(/&(amp|lt|gt|quot|nbsp);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(unseen, '')
    // An arrow would be read as the times of another cue.
    .replaceAll('-->', '→')
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter(Boolean)
    .join('\n');
  return lines.length > longestCue
    ? `${lines
        .slice(0, longestCue - 1)
        .replace(/[\ud800-\udbff]$/, '')
        .trim()}…`
    : lines;
}

function milliseconds(time: string): number {
  const [whole = '', fraction = ''] = time.split(/[,.]/);
  const seconds = whole.split(':').reduce((sum, part) => 60 * sum + Number(part), 0);
  return 1000 * seconds + Number(fraction.padEnd(3, '0'));
}

function clock(time: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const seconds = time / 1000;
  const digits = String(time % 1000).padStart(3, '0');
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)},${digits}`;
}
