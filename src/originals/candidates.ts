import { idsInName } from '../captions/tiktok-id.ts';
import type { PostKind } from '../model/post.ts';
import { isCameraName } from './camera-name.ts';
import type { Candidate } from './evidence.ts';
import { minutesInName, type NamedTime, timesInName } from './name-time.ts';
import type { Sidecar } from './sidecar.ts';

/** A video, or the photos of one post, among the files of an archive. */
export interface LocalCandidate<File> extends Candidate {
  /** By the index of the photo, from 0; a video has one file. A gap in the numbers means that a photo is missing. */
  readonly files: ReadonlyMap<number, File>;
  readonly watermarked: boolean;
}

interface Named {
  /** With `/` as separator. */
  readonly name: string;
  /** Set for an original in an account folder of `port`: its name is always a key. */
  readonly keptBy?: object | undefined;
}

const video = /\.(?:mp4|m4v|mov|qt|webm|mkv|avi|flv|f4v|3gp|3g2|m?ts|m2ts|mpe?g|m2v|wmv|og[vm])$/i;
const photo = /\.(?:jpe?g|jfif|png|webp|gif|heic|heif|avif|tiff?|bmp|jxl)$/i;

/**
 * The kind of a media file by its name; null for other files, hidden files, macOS resource forks, and covers, which
 * downloaders and port save next to the photos of a post.
 */
export function kindOfName(name: string): PostKind | null {
  if (isIgnoredName(name)) return null;
  return video.test(name) ? 'video' : photo.test(name) ? 'photos' : null;
}

/** Whether a name is that of a hidden file, a macOS resource fork, or a cover. */
export function isIgnoredName(name: string): boolean {
  return /(?:^|\/)(?:\.|__MACOSX\/)|(?:^|[/.])cover\.\w+$/i.test(name);
}

/** `x_2` before `x_10`: photos without recognised numbers are in this order. */
const byName = new Intl.Collator('en', { numeric: true });

/**
 * The media files of an archive as candidates. Each video is one; photos are grouped by the key, id or time in their
 * names or their folder's name, and ordered by the number next to it.
 * @param posts the times of all known posts, by key
 * @param watermarked whether a name says that the file has a watermark
 * @param shift seconds to add to times in names (`--media-shift`)
 */
export function candidatesOf<File extends Named>(
  files: readonly File[],
  sidecars: ReadonlyMap<string, Sidecar | null>,
  posts: ReadonlyMap<string, number>,
  watermarked: (name: string) => boolean,
  shift = 0,
): readonly LocalCandidate<File>[] {
  const photos = new Map<string, Photo<File>[]>();
  const candidates: LocalCandidate<File>[] = [];
  for (const file of [...files].sort((a, b) => byName.compare(a.name, b.name) || (a.name < b.name ? -1 : 1))) {
    const kind = kindOfName(file.name);
    if (kind === null) continue;
    const sidecar = sidecars.get(file.name) ?? null;
    const isWatermarked = sidecar?.watermarked === true || watermarked(file.name.split('/').at(-1) ?? '');
    const isKept = file.keptBy !== undefined;
    const own = nameFactsOf(file.name, sidecar, posts, shift, isKept);
    // The original of an unknown post must not be matched to a post of about the same time.
    if (isKept && own.key === null && own.isStoreName) continue;
    const facts = {
      ...own,
      ...(isKept && { isUniqueKey: own.key !== null, isKeyForm: false }),
      ...{ kind, sidecar, fileTime: null, isCamera: isCameraName(file.name) },
    };
    if (kind === 'video') candidates.push({ ...facts, files: new Map([[0, file]]), watermarked: isWatermarked });
    else photos.set(facts.group, [...(photos.get(facts.group) ?? []), { ...facts, file, watermarked: isWatermarked }]);
  }
  return [...candidates, ...[...photos.values()].flatMap(groupPhotos)];
}

interface Photo<File> extends Candidate {
  readonly file: File;
  readonly number: number | null;
  readonly watermarked: boolean;
}

/**
 * Photos of one group as one candidate, each at its number. If numbers occur twice, there are several candidates, and the
 * matching refuses all of them.
 */
function groupPhotos<File extends Named>(photos: readonly Photo<File>[]): LocalCandidate<File>[] {
  const numbers = photos.map(({ number }) => number).filter((number) => number !== null);
  // Unless all names have numbers, photos are in the order of their names. Some programs count from 0.
  const counted = numbers.length === photos.length;
  const first = numbers.includes(0) ? 0 : 1;
  const layered: Map<number, Photo<File>>[] = [];
  for (const [place, each] of photos.entries()) {
    const index = counted ? (each.number ?? 0) - first : place;
    const free = layered.find((layer) => !layer.has(index));
    if (free) free.set(index, each);
    else layered.push(new Map([[index, each]]));
  }
  return layered.flatMap((layer) => {
    const ordered = [...layer].sort(([a], [b]) => a - b);
    const watermarked = ordered.some(([, each]) => each.watermarked);
    const files = new Map(ordered.map(([index, { file }]) => [index, file]));
    return ordered.slice(0, 1).map(([, first]) => ({ ...first, files, watermarked }));
  });
}

interface NameFacts
  extends Pick<Candidate, 'key' | 'isUniqueKey' | 'isKeyForm' | 'tiktokIds' | 'nameTimes' | 'nameMinutes'> {
  /** The name has the form that the store uses. */
  readonly isStoreName: boolean;
  readonly number: number | null;
  /** Photos with the same group belong to one post. */
  readonly group: string;
}

/** Key, ids, times and photo number in a file's name or, if it has none, in its folder's name. */
function nameFactsOf(
  path: string,
  sidecar: Sidecar | null,
  posts: ReadonlyMap<string, number>,
  shift: number,
  isKept: boolean,
): NameFacts {
  const parts = path.split('/');
  const stem = (parts.pop() ?? '').replace(/\.\w+$/, '');
  const folder = parts.at(-1) ?? '';
  const place = parts.join('/');
  // A key consists of a time only, so there is no id to search for.
  const times = (key: string) => ({ tiktokIds: [], nameTimes: [posts.get(key) ?? 0] });
  // A shift given by the user also applies to names that have the form of a key.
  const isTime = (name: string) => shift !== 0 && !isKept && keyForm.test(name);
  const forms = (name: string) => ({ isKeyForm: keyForm.test(name), isStoreName: storeForm.test(name) });
  // Photos that end in `-1`, `-2` are slides of one post.
  const byStem = isTime(stem) ? null : keyIn(stem, posts, video.test(path));
  if (byStem) return { ...times(byStem.key), ...forms(stem), ...byStem, number: null, group: `${place}/${stem}` };
  const byFolder = isTime(folder) ? null : keyIn(folder, posts, true);
  if (byFolder)
    return { ...times(byFolder.key), ...forms(folder), ...byFolder, number: lastNumber(stem), group: place };
  const own = idsAndTimesOf(stem, shift);
  const fact = own.tiktokIds.at(-1) ?? own.nameTimes[0] ?? own.nameMinutes[0] ?? sidecar?.tiktokId ?? sidecar?.time;
  if (fact != null)
    return { ...own, ...forms(stem), key: null, number: numberBeside(stem), group: `${place}/ ${fact}` };
  return { ...idsAndTimesOf(folder, shift), ...forms(folder), key: null, number: lastNumber(stem), group: place };
}

/** A time in the form of a key. Other programs use this form as well, also for local times. */
const keyForm = /^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d$/;
/** A key, possibly with the number of a post that has the same second as another. */
const storeForm = /^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(?:-\d+)?$/;

/** The post whose key is this name. A key with `-1` means the first of several posts of one second. */
function keyIn(name: string, posts: ReadonlyMap<string, number>, mayBeFirst: boolean) {
  if (posts.has(name)) return { key: name };
  const first = name.endsWith('-1') ? name.slice(0, -2) : '';
  return mayBeFirst && posts.has(first) && posts.has(`${first}-2`) ? { key: first, isUniqueKey: true } : null;
}

function idsAndTimesOf(name: string, shift: number) {
  const shifted = (times: readonly NamedTime[]) => times.map(({ time }) => time + shift);
  return {
    tiktokIds: idsInName(name),
    nameTimes: shifted(timesInName(name)),
    nameMinutes: shifted(minutesInName(name)),
  };
}

/** The photo number in a name with an id or time: the first number after that, else the last one before it. */
function numberBeside(stem: string): number | null {
  const id = idsInName(stem).at(-1);
  const [time] = [...timesInName(stem), ...minutesInName(stem)];
  const start = id === undefined ? (time?.start ?? 0) : stem.lastIndexOf(id);
  const end = id === undefined ? (time?.end ?? 0) : start + id.length;
  const after = /^[^\p{L}\d]*(?:(?:index|image|img|photo|slide|p|no)[^\p{L}\d]*)?(\d{1,3})(?!\d)/iu.exec(
    stem.slice(end),
  );
  return after?.[1] === undefined ? lastNumber(stem.slice(0, start)) : Number(after[1]);
}

function lastNumber(text: string): number | null {
  const digits = /(?<!\d)(\d{1,3})\D*$/.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}
