import { artificial, branded, disclosing, no, ownBrand, yes } from './disclosure-words.ts';

const plain = (words: string) => words.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
const wordsOf = (list: string) => new Set(list.split('|').map(plain));
const [yesWords, noWords, ownWords, brandedWords] = [yes, no, ownBrand, branded].map(wordsOf);

/** Translates a disclosure from any known language into TikTok's English words; null for unknown words. */
export function disclosureNamed(words: string): 'Your Brand' | 'Branded Content' | null {
  if (ownWords?.has(plain(words))) return 'Your Brand';
  return brandedWords?.has(plain(words)) ? 'Branded Content' : null;
}

export function isYes(value: string): boolean {
  return yesWords?.has(plain(value)) === true;
}

export function isNo(value: string): boolean {
  return noWords?.has(plain(value)) === true;
}

/** Splits `Your Brand, Branded Content` at commas, including East Asian ones. */
export function disclosureParts(value: string): readonly string[] {
  return value
    .split(/[,，、،]/)
    .map((part) => part.trim())
    .filter((part) => part !== '' && !/^(?:N\/A|None|null|-)$/i.test(part));
}

/** Which disclosure field a line with an unknown label stands for, judged by its label or value. */
export function disclosureField(label: string, value: string): 'aiGenerated' | 'disclosure' | null {
  if (artificial.test(label)) return 'aiGenerated';
  const parts = disclosureParts(value);
  const isNamed = parts.length > 0 && parts.every((part) => disclosureNamed(part) !== null);
  return isNamed || disclosing.test(label) ? 'disclosure' : null;
}

/** A line of a post in a TXT export. */
export interface LabelledLine {
  readonly label: string;
  readonly value: string;
  /** Whether the label is known, and its value is therefore already read as a field. */
  readonly isKnown: boolean;
  readonly isSound: boolean;
}

/** A post of 2025 has five permissions: comments, stitches, duets, stickers, sharing to story. */
const usualPermissions = 5;

/**
 * Lines that may be disclosures in a language whose labels are unknown: those between the permissions and the sound,
 * where `Content disclosure` and `AI-generated content` appear if they are not empty. Permissions are recognised by
 * their values: `Yes` or `No`, or a value that several lines share.
 * @param lines the lines after the audience line that are not blank
 */
export function unreadDisclosures(lines: readonly LabelledLine[]): readonly string[] {
  const times = new Map<string, number>();
  for (const { value } of lines) times.set(plain(value), (times.get(plain(value)) ?? 0) + 1);
  const isAnswer = (value: string) => isYes(value) || isNo(value) || (times.get(plain(value)) ?? 0) > 1;
  const end = lines.findIndex(({ isSound }) => isSound);
  const sound = end >= 0 ? end : lines.findIndex(({ value }) => / [-–] /.test(value));
  const before = sound >= 0 ? lines.slice(0, sound) : lines;
  const unread: LabelledLine[] = [];
  const permissions: LabelledLine[] = [];
  for (const line of before) {
    if (line.isKnown) continue;
    const hasRoom = permissions.length < usualPermissions;
    if (isLike(line, permissions) || (hasRoom && isAnswer(line.value))) {
      if (hasRoom) permissions.push(line);
    } else if (!isNo(line.value)) unread.push(line);
  }
  // Layouts before 2024 have neither permissions nor disclosures.
  return permissions.length === 0 ? [] : unread.map(({ label, value }) => `${label}: ${value}`);
}

/**
 * Labels of permissions share a word (`Allow`, `toestaan`), or a prefix or suffix in languages without spaces between
 * words.
 */
function isLike({ label }: LabelledLine, permissions: readonly LabelledLine[]): boolean {
  const words = (text: string) => plain(text).split(/[^\p{L}\p{M}]+/u);
  const shared = (other: string) =>
    words(label).some((word) => word.length >= 4 && words(other).includes(word)) ||
    (/[^\u0000-\u052f]/.test(label) &&
      (label.slice(0, 2) === other.slice(0, 2) || label.slice(-2) === other.slice(-2)));
  return permissions.length > 1 && permissions.filter((each) => shared(each.label)).length * 2 > permissions.length;
}
