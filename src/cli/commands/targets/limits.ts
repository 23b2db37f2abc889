import { type CountingUnit, countingUnits } from '../../../model/caption.ts';
import { unitWords } from '../../../report/counting-units.ts';
import type { Limit, Target } from '../../../targets/target.ts';

/** A figure of a platform, for people and for `port targets --json`. */
export interface LimitRow {
  readonly what: string;
  readonly value: string;
  readonly kind: Limit<unknown>['kind'];
  readonly confidence: Limit<unknown>['confidence'];
  readonly source: string;
  readonly date: string;
}

/**
 * Every figure that a platform's file cites, in the order of the file. They are found by their type, so that a new figure
 * is listed without a change here.
 */
export function limitsOf(target: Target): LimitRow[] {
  return [...found(target, [])].map(({ path, limit, unit }) => {
    const { kind, confidence, source, date } = limit;
    return { what: nameOf(path), value: written(path.at(-1) ?? '', limit.value, unit), kind, confidence, source, date };
  });
}

interface Found {
  readonly path: readonly string[];
  readonly limit: Limit<unknown>;
  /** The unit of a text's length; null for other figures. */
  readonly unit: CountingUnit | null;
}

function* found(value: unknown, path: readonly string[]): Iterable<Found> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [name, inside] of Object.entries(value)) {
    const unit = 'unit' in value ? unitOf(value.unit) : null;
    if (isLimit(inside)) yield { path: [...path, name], limit: inside, unit };
    else yield* found(inside, [...path, name]);
  }
}

function unitOf(value: unknown): CountingUnit | null {
  return countingUnits.find((unit) => unit === value) ?? null;
}

function isLimit(value: unknown): value is Limit<unknown> {
  return typeof value === 'object' && value !== null && 'confidence' in value && 'source' in value && 'value' in value;
}

const names: Readonly<Record<string, string>> = {
  containers: 'container',
  moovFirst: 'index at the start',
  oneIndex: 'not in fragments',
  codecs: 'video codec',
  profiles: 'video profile',
  hevcTag: 'tag of video codec',
  pixelFormats: 'pixel format',
  sdr: 'standard dynamic range',
  squarePixels: 'square pixels',
  progressive: 'progressive',
  maxFps: 'frame rate',
  minFps: 'frame rate, at least',
  maxWidth: 'width',
  minWidth: 'width, at least',
  minShortSide: 'shorter side, at least',
  maxShortSide: 'shorter side',
  maxLongSide: 'longer side',
  minAspect: 'width by height, at least',
  maxAspect: 'width by height',
  minSeconds: 'duration, at least',
  maxSeconds: 'duration',
  maxBytes: 'size',
  audioCodecs: 'audio codec',
  maxChannels: 'audio channels',
  maxSampleRate: 'audio sample rate',
  audioTracks: 'audio tracks',
  formats: 'format',
  maxCount: 'photos',
  oneShape: 'shape of the first',
  size: 'size',
  title: 'title',
  body: 'body',
  maxHashtags: 'hashtags',
  forbidden: 'refused characters',
  maxTagRoom: 'all tags together',
  noContacts: 'not in a post',
  wording: 'hashtags reworded',
  absolute: 'absolutes, warned of',
  medical: 'medical words, warned of',
  finance: 'money words, warned of',
  bait: 'bait, warned of',
  contact: 'contact words, warned of',
  platform: 'platforms, warned of',
  feature: 'foreign features, warned of',
  restricted: 'not to promote, warned of',
  fold: 'seen without a tap',
  language: 'language of its readers',
  paidAndAi: 'if paid and machine made',
  promotion: 'promotions, warned of',
  'ai-generated': 'if made by a machine',
  'your-brand': 'if for your brand',
  'ai-asked': 'if perhaps made by a machine',
  'branded-asked': 'if perhaps paid by a brand',
  'branded-content': 'if paid by a brand',
  'library-sound': 'if with a library track',
  uploadBatch: 'videos at a drop',
};

function nameOf(path: readonly string[]): string {
  const [area = '', ...rest] = path;
  // `words.title.max` is the title; `photos.accept.maxBytes` the size of a photo.
  const last = rest.at(-1) ?? area;
  const key = last === 'max' || last === 'aim' ? (rest.at(-2) ?? last) : last;
  const name = names[key] ?? key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  if (area === 'photos' && key !== 'maxCount') return `photo ${name}`;
  return area === 'cover' ? `cover ${name}` : name;
}

function written(name: string, value: unknown, unit: CountingUnit | null): string {
  if (value === true) return 'required';
  if (Array.isArray(value)) return shortList(value);
  if (typeof value === 'object' && value !== null && 'width' in value && 'height' in value) {
    return `${value.width}x${value.height}`;
  }
  if (name === 'forbidden') return [...String(value)].join(' ');
  if (typeof value === 'object' && value !== null) return shortList(Object.keys(value));
  if (typeof value !== 'number') return String(value);
  if (/Seconds$/.test(name)) return `${value} s`;
  if (/Bytes$/.test(name)) return bytes(value);
  if (/Fps$/.test(name)) return `${value} fps`;
  if (/Width$|Side$/.test(name)) return `${value} px`;
  if (/SampleRate$/.test(name)) return `${value} Hz`;
  if (/Aspect$/.test(name)) return `${Math.round(value * 1000) / 1000}:1`;
  return unit === null ? String(value) : `${value} ${unitWords[unit].name}`;
}

/** A shortened list, because a list of words is too long for a line. */
function shortList(values: readonly unknown[]): string {
  const shown = [...new Set(values.map(readable).filter((word) => word !== null))];
  if (values.length <= 5 && shown.length === values.length) return shown.join(', ');
  const first = shown.slice(0, 2);
  return `${first.join(', ')} and ${values.length - first.length} more`;
}

/** A word, or what a pattern matches first, without its lookarounds; null if that is not a plain word. */
function readable(value: unknown): string | null {
  if (!(value instanceof RegExp)) return String(value);
  const bare = value.source.replace(/\(\?<?[=!](?:[^()]|\([^()]*\))*\)/g, '').replace(/\[(.)[^\]]*\]/gu, '$1');
  return /^[\p{L}\p{N}]{2,}$/u.test(bare) ? bare : null;
}

function bytes(value: number): string {
  return value % 1_000_000_000 === 0 ? `${value / 1_000_000_000} GB` : `${value / 1_000_000} MB`;
}
